"""A state directory with a few records, and the real command line over it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from invoicewatch.records import Alternative, Box, Edit, Field, Invoice, PageSize, Source, Status, Timings
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.records.invoices import save_invoice

ARRIVED = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
PLACE = Box(0.1, 0.2, 0.3, 0.25)
ESCAPE = "\x1b[2J\x1b]0;owned\x07\u202e"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Office:
    """A configuration with its folders, and `invoicewatch` run on it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.config = folder / "config.toml"
        self.config.write_text(f'[paths]\ninboxes = ["inbox"]\n[model]\npath = "{folder}/none.gguf"\n')
        (folder / "inbox").mkdir()
        self.state = folder / "state"

    def run(self, *arguments, timeout=60, **env):
        command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", str(self.config), *arguments]
        environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", **env}
        done = subprocess.run(command, capture_output=True, timeout=timeout, env=environment, check=False)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def save(self, name, text, fields, **changes):
        original = self.folder / "archive" / name
        original.parent.mkdir(exist_ok=True)
        original.write_bytes(name.encode("utf-8", "surrogateescape"))
        invoice = Invoice(
            path=str(original),
            sha256=hashlib.sha256(original.read_bytes()).hexdigest(),
            media_type="application/pdf",
            status=changes.pop("status", Status.ACCEPTED),
            page_sizes=(PageSize(1240, 1754, 150),),
            engine="tesseract 5.3.0 eng",
            raw_text=text,
            fields={name: _field(name, value) for name, value in fields.items()},
            timings=Timings(total_s=1.5),
            **changes,
        )
        database = open_database(self.state)
        with database.begin() as session:
            number = save_invoice(
                session, invoice, arrived=ARRIVED, inbox=str(self.folder / "inbox"), stored_path=str(original)
            )
        database.close()
        return number


def _field(name, value):
    others = (Alternative(date(2024, 5, 3), 0.4, 1, PLACE, "05/03/2024"),) if name == "issue_date" else ()
    if value is None:
        return None
    return Field(name, value, 0.97, True, 1, PLACE, Source.OCR, "label beside it", f"{name}: {value}", others)


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


@pytest.fixture
def filled(office):
    """Three records: an accepted one with an edit, one to review, one that is hostile."""
    edit = Edit(1, 1, 0, 1, "Inv0ice", "Invoice", PLACE, "a known word", -9.0, -2.0, "spelling")
    acme = {"seller_name": "Acme Ltd", "invoice_number": "INV-2024/0012", "issue_date": date(2024, 3, 5)}
    office.save(
        "acme.pdf",
        "Acme Ltd\nInv0ice INV-2024/0012\nTotal Due: $1,250.00",
        {**acme, "currency": "USD", "total": Decimal("1250.00")},
        enhanced_text="Acme Ltd\nInvoice INV-2024/0012\nTotal Due: $1,250.00",
        edits=(edit,),
    )
    office.save(
        "mueller.pdf",
        "Müller & Söhne AG\nRechnung 77-B",
        {"seller_name": "Müller & Söhne AG", "total": Decimal("480.00"), "currency": "EUR", "issue_date": None},
        status=Status.NEEDS_REVIEW,
        reasons=("no issue date was found",),
    )
    office.save(
        "evil.pdf",
        f"Evil {ESCAPE} text",
        {"seller_name": f'=HYPERLINK("http://evil"){ESCAPE}', "invoice_number": "@SUM(1)", "total": Decimal("-5.00")},
    )
    return office
