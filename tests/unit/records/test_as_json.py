import json
import os
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.records import (
    FIELD_NAMES,
    Alternative,
    Box,
    Code,
    Edit,
    Failure,
    Field,
    Invoice,
    PageSize,
    Source,
    Status,
)
from invoicewatch.records.as_json import dump_json, invoice_to_json, make_encodable, restore_path

PLACE = Box(0.123456789, 0.2, 0.3, 0.4)
FIELDS = {
    "total": Field("total", Decimal("1250.00"), 0.97, True, 1, PLACE, Source.OCR, "label", "Total Due: $1,250.00"),
    "issue_date": Field(
        "issue_date", date(2024, 3, 4), 0.5, False, None, None, Source.E_INVOICE, "xml", "20240304",
        (Alternative(date(2024, 4, 3), 0.4, 1, PLACE, "03/04/2024"),),
    ),
}  # fmt: skip
INVOICE = Invoice(
    "/in/scan.pdf", "ab" * 32, "application/pdf", Status.NEEDS_REVIEW, (PageSize(10, 20, 150),), fields=FIELDS
)


def test_the_schema_has_its_keys_in_order():
    assert list(invoice_to_json(INVOICE))[:12] == [
        "schema", "path", "sha256", "media_type", "status", "error", "page_sizes", "engine", "model",
        "raw_text", "enhanced_text", "edits",
    ]  # fmt: skip
    assert list(invoice_to_json(INVOICE)["fields"]) == list(FIELD_NAMES)


def test_a_code_has_its_text_and_what_it_was_taken_for():
    code = Code("BCD\n002", "QRCode", 1, PLACE, "EPC069-12", "it has more or fewer lines than a transfer")
    assert invoice_to_json(replace(INVOICE, codes=(code,)))["codes"] == [
        {
            "page": 1,
            "box": [0.12346, 0.2, 0.3, 0.4],
            "format": "QRCode",
            "text": "BCD\n002",
            "taken_for": "EPC069-12",
            "fault": "it has more or fewer lines than a transfer",
        }
    ]


def test_values_are_plain():
    fields = invoice_to_json(INVOICE)["fields"]
    assert fields["total"] == {
        "value": "1250.00",
        "confidence": 0.97,
        "verified": True,
        "page": 1,
        "box": [0.12346, 0.2, 0.3, 0.4],
        "source": "ocr",
        "method": "label",
        "text": "Total Due: $1,250.00",
        "alternatives": [],
        "xpath": None,
        "doubtful": False,
    }
    issue_date = fields["issue_date"]
    assert issue_date is not None
    assert (issue_date["value"], issue_date["box"]) == ("2024-03-04", None)
    assert issue_date["alternatives"][0]["value"] == "2024-04-03"
    assert fields["iban"] is None


def test_fields_of_plug_ins_come_last():
    extra = Field("order_number", "7", 0.5, False, None, None, Source.OCR, "", "")
    found = invoice_to_json(replace(INVOICE, fields={"order_number": extra, **FIELDS}))
    assert list(found["fields"])[-1] == "order_number"


def test_edits_and_errors_are_told():
    edit = Edit(1, 0, 0, 1, "Inv0ice", "Invoice", PLACE, "known word", -9.0, -2.5, "spelling")
    found = invoice_to_json(replace(INVOICE, edits=(edit,), error=Failure("encrypted", "no key", "Remove it.")))
    assert found["edits"][0]["score"] == 6.5
    assert found["error"] == {"code": "encrypted", "message": "no key", "remedy": "Remove it."}


@given(st.text(alphabet=st.characters()))
def test_any_text_becomes_one_ascii_line(text):
    line = dump_json(invoice_to_json(replace(INVOICE, path=text, raw_text=text, notes=(text,))))
    assert line.isascii()
    assert line.isprintable()
    assert "\n" not in line
    json.loads(line)["path"].encode("utf-8")


def test_the_order_of_versions_does_not_matter():
    one = replace(INVOICE, versions={"b": "2", "a": "1"})
    other = replace(INVOICE, versions={"a": "1", "b": "2"})
    assert dump_json(invoice_to_json(one)) == dump_json(invoice_to_json(other))


@given(st.binary().filter(lambda name: b"\\" not in name))
def test_a_path_of_any_bytes_comes_back_from_its_encodable_form(name):
    path = os.fsdecode(name)
    assert path == restore_path(make_encodable(path))
    make_encodable(path).encode("utf-8")
