"""What Tesseract is told of a page before it reads it."""

import numpy as np
import pytest

from invoicewatch.config.settings import OcrSettings
from invoicewatch.ocr.tesseract import program as tesseract_program
from invoicewatch.ocr.tesseract.engine import TesseractEngine
from invoicewatch.records import Page, PageSize, Transform


def make_page(height):
    return Page(1, np.full((height, 400), 255, np.uint8), PageSize(400, height, 200), Transform.scale(400, height))


@pytest.fixture
def engine(monkeypatch):
    monkeypatch.setattr(tesseract_program, "list_languages", lambda: ("eng", "deu", "osd"))
    return TesseractEngine(OcrSettings(languages=("eng", "deu")))


def test_the_language_of_a_sheet_is_told_by_lines_that_another_engine_reads(engine):
    lines = iter(("Wir danken und bitten um Zahlung", "please"))
    assert ("deu",) == engine.find_languages(make_page(560), lines)
    assert ["please"] == list(lines)


def test_a_receipt_is_not_worth_a_line(engine):
    lines = iter(("Wir danken und bitten um Zahlung",))
    assert ("eng",) == engine.find_languages(make_page(1200), lines)
    assert 1 == len(list(lines))


def test_a_sheet_without_lines_is_read_in_the_first_language(engine):
    assert ("eng",) == engine.find_languages(make_page(560))
