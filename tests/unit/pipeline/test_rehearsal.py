"""The rehearsal finds what a page holds, so that it really loads what finding takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from invoicewatch.config import Config
from invoicewatch.pipeline import rehearsal
from invoicewatch.wiring import build_judge


def test_the_made_up_page_has_all_that_extraction_looks_for(monkeypatch):
    judge, found = build_judge(Config()), []
    monkeypatch.setattr(rehearsal, "judge_fields", lambda fields, *_: found.append(fields))
    rehearsal.rehearse(judge)
    (fields,) = found
    values = {name: field.value for name, field in fields.items() if field is not None}
    assert values["total"] == Decimal("119.00")
    assert values["due_date"] == date(2024, 4, 17)
    assert {"issue_date", "seller_name", "buyer_name", "invoice_number", "iban", "seller_vat_id"} <= values.keys()
