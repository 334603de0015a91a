"""An engine that fails costs its own reading, never the document."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import msgspec
import pytest
from PIL import Image, ImageDraw, ImageFont

from invoicewatch.config import Config
from invoicewatch.errors import TransientError
from invoicewatch.pipeline import process
from invoicewatch.reading.first import PageReader
from invoicewatch.reading.second import SecondReader
from invoicewatch.records import Document, Doubt, Doubts, Memory
from invoicewatch.wiring import Toolbox, build_tools


class SlowEngine:
    """An engine that always runs into its time limit."""

    name = "slow"
    version = "slow 1"

    def read(self, page):
        raise TransientError("it took more than 60 s", code="timeout")

    def read_regions(self, page, boxes):
        return self.read(page)

    def close(self):
        pass


class DoubtingReader(SecondReader):
    """Takes the first page to be in doubt, whatever was read."""

    def find_doubts(self, fields, readings):
        return Doubts((Doubt(1, None, "total", "missing"),))


def draw_receipt() -> Document:
    image = Image.new("L", (800, 500), 255)
    text = "Corner Shop Ltd\nDate: 25/12/2018\nCoffee      4.00\nTotal GBP   4.00\n"
    ImageDraw.Draw(image).multiline_text((60, 40), text, 0, ImageFont.load_default(40), spacing=30)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    content = buffer.getvalue()
    return Document("a.png", content, sha256(content).hexdigest(), "image/png", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def tools():
    config = Config()
    languages = msgspec.structs.replace(config.ocr, languages=("eng",))
    tools = build_tools(msgspec.structs.replace(config, ocr=languages), use_model=False)
    yield tools
    tools.close()


def run(tools: Toolbox):
    return process(draw_receipt(), tools, Memory(), date(2026, 1, 1))[0]


def test_the_second_engine_reads_a_page_on_which_the_first_takes_too_long(tools):
    invoice = run(replace(tools, first=PageReader(SlowEngine(), tools.engines.second, is_stack=False)))

    assert "4.00" in invoice.raw_text
    assert "page 1 read by rapidocr alone: it took more than 60 s" == invoice.notes[0]


def test_a_second_engine_that_takes_too_long_costs_its_opinion(tools):
    invoice = run(replace(tools, second=DoubtingReader(SlowEngine())))

    assert "4.00" in invoice.raw_text
    assert "no second opinion on page 1: it took more than 60 s" == invoice.notes[0]


def test_with_one_engine_alone_a_time_limit_is_a_reason_to_try_again(tools):
    alone = replace(tools, first=PageReader(SlowEngine(), None, is_stack=False), second=SecondReader(None))

    with pytest.raises(TransientError):
        run(alone)
