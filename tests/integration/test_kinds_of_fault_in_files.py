"""What once went wrong because of the file itself is right on others like it, as they came and scanned."""

import io
from datetime import UTC, date, datetime
from hashlib import sha256

import msgspec
import pytest

from invoicewatch.config import Config
from invoicewatch.pages.formats.media_type import detect_media_type
from invoicewatch.pipeline import process
from invoicewatch.records import Document, Memory, format_value
from invoicewatch.wiring import build_tools
from tests.kinds.files import FILES
from tests.kinds.scan import scan_pdf

NAMES = list(FILES)


@pytest.fixture(scope="module")
def read():
    """The records of a file's bytes."""
    tools = build_tools(msgspec.convert({"correct": {"mode": "off"}}, Config))

    def read(content):
        seen = datetime(2026, 3, 1, tzinfo=UTC)
        document = Document("file", content, sha256(content).hexdigest(), detect_media_type(content) or "", seen)
        return process(document, tools, Memory(), date(2026, 3, 1))

    return read


def list_values(record, names):
    return {name: format_value(field.value) for name in names if (field := record.fields.get(name)) is not None}


@pytest.mark.parametrize("name", NAMES)
def test_the_fields_of_a_file_as_it_came(read, name):
    file = FILES[name]
    records = read(file.content)
    found = [list_values(record, fields) for record, fields in zip(records, file.records, strict=True)]
    assert list(file.records) == found


@pytest.mark.parametrize("name", [name for name in NAMES if FILES[name].printed])
def test_the_fields_of_the_same_page_scanned(read, name):
    file = FILES[name]
    buffer = io.BytesIO()
    scan_pdf(file.content, NAMES.index(name)).save(buffer, "PNG")
    (record,) = read(buffer.getvalue())
    (fields,) = file.records
    assert fields == list_values(record, fields), record.raw_text
