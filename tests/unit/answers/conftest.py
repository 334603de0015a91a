"""A state folder with a few records whose originals are real files."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicewatch.records import Field, Invoice, Part, Source, Status
from invoicewatch.store.database.deed import Doer
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.records.invoices import save_invoice

ARRIVED = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


class Shelf:
    """Where records are kept, with a shorthand for one more."""

    now = datetime(2026, 4, 1, 12, tzinfo=UTC)
    doer = Doer("anna", now)

    def __init__(self, folder):
        self.folder = folder
        self.archive = folder / "archive"
        self.archive.mkdir()
        self.state = folder / "state"
        open_database(self.state).close()

    def save(self, name, *, status=Status.ACCEPTED, engine="tesseract 5.3.0 eng", part=None, lines=(), **values):
        """A record of the file ``name``, which holds its own name; its number."""
        original = self.archive / name
        original.write_bytes(name.encode())
        values = {"seller_name": "Acme Ltd", "issue_date": date(2024, 3, 5), "total": Decimal("12.50")} | values
        invoice = Invoice(
            path=str(self.folder / "inbox" / name),
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            media_type="application/pdf",
            status=status,
            engine=engine,
            raw_text="Total 12.50",
            lines=lines,
            fields={key: None if value is None else make_field(key, value) for key, value in values.items()},
            part=part,
        )
        database = open_database(self.state)
        with database.begin() as session:
            number = save_invoice(session, invoice, arrived=ARRIVED, stored_path=str(original))
        database.close()
        return number

    def save_parts(self, name):
        """Two records of one file, a page each; their numbers."""
        return [self.save(name, part=Part(number, 2, (number,))) for number in (1, 2)]


def make_field(name, value):
    return Field(name, value, 0.7, False, 1, None, Source.OCR, "label beside it", str(value))


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)
