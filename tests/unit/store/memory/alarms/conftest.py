"""A seller with a few accepted documents, and one more that comes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicewatch.records import Field, FieldValue, Invoice, Source, Status
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.store.records.recording import record_parts

ARRIVED = datetime(2026, 3, 1, tzinfo=UTC)
ACCOUNT = "DE89370400440532013000"
VAT_ID = "DE136695976"

USUAL: dict[str, FieldValue] = {
    "seller_name": "Eichenhof Bürobedarf KG",
    "iban": ACCOUNT,
    "seller_vat_id": VAT_ID,
    "currency": "EUR",
    "document_type": "invoice",
    "issue_date": date(2026, 1, 5),
}


class Books:
    """Records documents as the daemon does; each has a number and a total of its own unless told otherwise."""

    def __init__(self, database):
        self.database = database
        self.count = 0

    def add(self, *, status=Status.ACCEPTED, text="", confidence=0.95, verified=False, **values):
        """The record as it was kept, and its number; a value of None is a field that was not found."""
        self.count += 1
        own: dict[str, FieldValue] = {"invoice_number": f"RE-2026-{self.count:05d}", "total": Decimal(100 + self.count)}
        mine = {**own, **USUAL, **values}
        fields = {
            name: None
            if value is None
            else Field(name, value, confidence, verified, 1, None, Source.OCR, "test", str(value))
            for name, value in mine.items()
        }
        sha256 = f"{self.count:064d}"
        invoice = Invoice(f"/in/{self.count}.pdf", sha256, "application/pdf", status, raw_text=text, fields=fields)
        with self.database.begin() as session:
            ((number, kept),) = record_parts(session, [invoice], arrived=ARRIVED)
        return kept, number

    def add_many(self, count, **values):
        return [self.add(**values)[1] for _ in range(count)]

    def codes(self, **values):
        """What alarms one more document raises."""
        kept, _ = self.add(**values)
        assert all(alarm.words in kept.reasons for alarm in kept.alarms)
        assert kept.status is (Status.NEEDS_REVIEW if kept.alarms else Status.ACCEPTED)
        return [str(alarm.code) for alarm in kept.alarms]

    def accept(self, number, **values):
        """A person says that all is right, or what is."""
        entries = {name: Entry(value) for name, value in values.items()} | {"status": Entry("accepted")}
        with self.database.begin() as session:
            enter_values(session, number, entries, who="anna", when=ARRIVED)


@pytest.fixture
def books(tmp_path):
    database = open_database(tmp_path)
    yield Books(database)
    database.close()
