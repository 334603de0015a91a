"""Hand-written records and a database to keep them in."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicewatch.records import Alternative, Box, Edit, Field, Invoice, PageSize, Source, Status, Timings
from invoicewatch.store.database.deed import Doer
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.records.invoices import save_invoice
from invoicewatch.store.records.query import find_invoice

ARRIVED = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
RAW = "Acme Widgets Ltd\nInv0ice No. INV-2024/0012\nDate: 05/03/2024\nTotal Due: $1,250.00"
ENHANCED = RAW.replace("Inv0ice", "Invoice")


def make_field(name, value, *, verified=True, confidence=0.97, text="", alternatives=()):
    box = Box(0.1, 0.2, 0.3, 0.25)
    return Field(
        name, value, confidence, verified, 1, box, Source.OCR, "label beside it", text or str(value), alternatives
    )


def make_invoice(name="scan.pdf", **changes):
    fields = {
        "seller_name": make_field("seller_name", "Acme Widgets Ltd"),
        "invoice_number": make_field("invoice_number", "INV-2024/0012"),
        "issue_date": make_field(
            "issue_date",
            date(2024, 3, 5),
            alternatives=(Alternative(date(2024, 5, 3), 0.4, 1, Box(0.1, 0.2, 0.3, 0.25), "05/03/2024"),),
        ),
        "currency": make_field("currency", "USD"),
        "total": make_field("total", Decimal("1250.00"), text="Total Due: $1,250.00"),
        "due_date": None,
    }
    invoice = Invoice(
        path=f"/inbox/{name}",
        sha256=hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest(),
        media_type="application/pdf",
        status=Status.ACCEPTED,
        page_sizes=(PageSize(1240, 1754, 150),),
        engine="tesseract 5.3.0 eng",
        model="small.gguf",
        raw_text=RAW,
        enhanced_text=ENHANCED,
        edits=(
            Edit(1, 1, 0, 1, "Inv0ice", "Invoice", Box(0.1, 0.1, 0.2, 0.15), "a known word", -9.5, -2.25, "spelling"),
        ),
        fields=fields,
        notes=("page 2 left out",),
        timings=Timings(0.1, 0.5, 0.25, 0.0625, 1.0),
        versions={"program": "0.1.0"},
    )
    return replace(invoice, **changes)


def with_fields(invoice, **values):
    changed = {name: None if value is None else make_field(name, value) for name, value in values.items()}
    return replace(invoice, fields={**invoice.fields, **changed})


class Store:
    """A database with a shorthand for what most tests do."""

    arrived = ARRIVED
    doer = Doer("anna", ARRIVED)
    make_invoice = staticmethod(make_invoice)
    with_fields = staticmethod(with_fields)

    def __init__(self, state_dir):
        self.state_dir = state_dir
        self.database = open_database(state_dir)

    def save(self, invoice, **options):
        with self.database.begin() as session:
            return save_invoice(session, invoice, **{"arrived": ARRIVED, **options})

    def load(self, number):
        with self.reader() as reader:
            return find_invoice(reader, number)

    def reader(self):
        return open_reader(self.state_dir)


@pytest.fixture(scope="session")
def make_state(tmp_path_factory):
    """Make a state directory with an empty database: a copy of one that is made once, as the migrations take long."""
    made = database_path(tmp_path_factory.mktemp("made"))
    open_database(made.parent).close()

    def make(folder):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(made, database_path(folder))
        return folder

    return make


@pytest.fixture
def store(tmp_path, make_state):
    store = Store(make_state(tmp_path / "state"))
    yield store
    store.database.close()
