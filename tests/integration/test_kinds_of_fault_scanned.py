"""What once went wrong on a page is right on scans of others like it, too, through the whole road."""

import io
from datetime import UTC, date, datetime
from hashlib import sha256

import msgspec
import pytest

from invoicewatch.config import Config
from invoicewatch.pipeline import process
from invoicewatch.records import Document, Memory, format_value
from invoicewatch.wiring import build_tools
from tests.kinds.pages import PAGES
from tests.kinds.scan import scan_askew, scan_picture

NAMES = list(PAGES)


@pytest.fixture(scope="module")
def read():
    """The record of a picture."""
    tools = build_tools(msgspec.convert({"correct": {"mode": "off"}}, Config))

    def read(picture):
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        content = buffer.getvalue()
        seen = datetime(2026, 3, 1, tzinfo=UTC)
        document = Document("page.png", content, sha256(content).hexdigest(), "image/png", seen)
        (record,) = process(document, tools, Memory(), date(2026, 3, 1))
        return record

    return read


@pytest.mark.parametrize("name", NAMES)
def test_the_fields_of_a_scanned_page(read, name):
    page = PAGES[name]
    record = read(scan_picture(page.picture, NAMES.index(name)))
    values = {each: format_value(field.value) for each in page.fields if (field := record.fields[each]) is not None}
    assert page.fields == values, record.raw_text


@pytest.mark.parametrize("degrees", [-2.3, -1.4, 1.6, 2.5])
@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("rows-slip")])
def test_the_rows_of_a_sparse_page_hold_together_however_it_lay(read, name, degrees):
    page = PAGES[name]
    record = read(scan_askew(page.picture, degrees, NAMES.index(name)))
    values = {each: format_value(field.value) for each in page.fields if (field := record.fields[each]) is not None}
    assert page.fields == values, record.raw_text
