"""What is saved comes back as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from invoicewatch.records import FIELD_NAMES, Alternative, Box, Edit, Field, Invoice, PageSize, Source, Status, Timings
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.records.invoices import save_invoice
from invoicewatch.store.records.recall import find_records

BOX = Box(0.1, 0.2, 0.3, 0.4)
INVOICE = Invoice(
    path="/in/a.pdf",
    sha256="ab" * 32,
    media_type="application/pdf",
    status=Status.NEEDS_REVIEW,
    page_sizes=(PageSize(800, 1200, 150),),
    engine="tesseract 5 eng",
    model="m.gguf",
    raw_text="T0TAL 12.50",
    enhanced_text="TOTAL 12.50",
    edits=(Edit(1, 0, 0, 1, "T0TAL", "TOTAL", BOX, "known word", -9.5, -2.25, "spelling"),),
    fields={
        "total": Field("total", Decimal("12.50"), 0.9, True, 1, BOX, Source.OCR, "label", "TOTAL 12.50"),
        "issue_date": Field(
            "issue_date",
            date(2025, 4, 3),
            0.5,
            False,
            1,
            None,
            Source.OCR,
            "label",
            "03/04/2025",
            (Alternative(date(2025, 3, 4), 0.4, 1, BOX, "03/04/2025"),),
        ),
    },
    reasons=("issue_date could be 2025-03-04",),
    notes=("page 2 left out",),
    timings=Timings(0.1, 0.2, 0.3, 0.4, 1.0),
    versions={"invoicewatch": "1"},
)


def test_a_record_comes_back_whole(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.begin() as session:
        save_invoice(session, INVOICE, arrived=datetime(2026, 1, 1, tzinfo=UTC))
    with database.begin() as session:
        (stored,) = find_records(session, INVOICE.sha256)
        missing = find_records(session, "00")
    database.close()

    back = stored.invoice
    assert replace(back, fields={}) == replace(INVOICE, fields={})
    assert {name: field for name, field in back.fields.items() if field} == dict(INVOICE.fields)
    assert set(back.fields) <= set(FIELD_NAMES)
    assert missing == []
