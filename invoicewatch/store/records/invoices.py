"""Keep a record: everything about it, in the caller's transaction, or nothing."""

from __future__ import annotations

import json
import os
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sqlmodel import col, delete, select, update

from invoicewatch.records import Invoice, Status
from invoicewatch.records.as_json import make_encodable
from invoicewatch.store.index.full_text import add_entries, read_entry, remove_entry
from invoicewatch.store.index.words import cut_words, fold_sound
from invoicewatch.store.records.effective import Effective, decide_values
from invoicewatch.store.records.item_rows import make_line_rows, make_tax_rows
from invoicewatch.store.records.page_rows import make_page_rows
from invoicewatch.store.records.rows import (
    make_edit_rows,
    make_field_rows,
    make_run_row,
    make_sketch_row,
    make_text_row,
)
from invoicewatch.store.tables.items import InvoiceLineRow, TaxByRateRow
from invoicewatch.store.tables.looks import SketchRow
from invoicewatch.store.tables.pages import PageWordsRow
from invoicewatch.store.tables.record import EditRow, FieldRow, HumanValueRow, InvoiceRow, RunRow, TextRow

if TYPE_CHECKING:
    from sqlmodel import Session

_MACHINE_TABLES: tuple[Any, ...] = (
    RunRow,
    FieldRow,
    EditRow,
    TextRow,
    SketchRow,
    InvoiceLineRow,
    TaxByRateRow,
    PageWordsRow,
)


def save_invoice(
    session: Session,
    invoice: Invoice,
    *,
    arrived: datetime,
    inbox: str = "",
    stored_path: str = "",
    recorded: datetime | None = None,
) -> int:
    """Keep a record with its texts, fields, edits and index entry.

    The same bytes again (and the same part of them) replace what the machine found (``run`` counts up) and leave what
    people entered, and what they entered keeps winning. A record that says 'duplicate' never replaces the one it is a
    duplicate of.

    Args:
        session: The transaction; nothing is committed here.
        invoice: The record.
        arrived: When the document came, timezone-aware; kept from the first time.
        inbox: The inbox it came from, empty if from elsewhere.
        stored_path: Where the original lies now, empty if it was not moved.
        recorded: When the machine run ended, timezone-aware; ``arrived`` if None.

    Returns:
        The record's number, which never changes.
    """
    row = find_row(session, invoice.sha256, invoice.part_number)
    if row is not None and invoice.status is Status.DUPLICATE:
        return _id_of(row)
    if row is None:
        row = InvoiceRow(
            sha256=invoice.sha256,
            part=invoice.part_number,
            media_type="",
            path="",
            file_name="",
            status="",
            arrived=arrived,
            run=0,
        )
        session.add(row)
        session.flush()
    else:
        unindex_invoice(session, _id_of(row))
    _describe(row, invoice, inbox, stored_path)
    _replace_machine_rows(session, _id_of(row), invoice, recorded or arrived)
    refresh_invoice(session, row)
    index_invoice(session, _id_of(row))
    return _id_of(row)


def find_row(session: Session, sha256: str, part: int) -> InvoiceRow | None:
    """The row of one part of a file, part 0 being the whole of it; None if there is none."""
    return session.exec(select(InvoiceRow).where(InvoiceRow.sha256 == sha256, InvoiceRow.part == part)).first()


def refresh_invoice(session: Session, row: InvoiceRow) -> None:
    """Decide again which values count, the machine's or a person's, and keep them where they can be searched."""
    invoice_id = _id_of(row)
    fields = session.exec(select(FieldRow).where(FieldRow.invoice_id == invoice_id)).all()
    entries = select(HumanValueRow).where(HumanValueRow.invoice_id == invoice_id).order_by(col(HumanValueRow.id))
    status = session.exec(select(RunRow.status).where(RunRow.invoice_id == invoice_id)).one()
    _apply(row, decide_values(status, fields, session.exec(entries).all()))
    if row.status != Status.NEEDS_REVIEW:  # it need not be judged again, and its words take room
        session.exec(update(SketchRow).where(col(SketchRow.invoice_id) == invoice_id).values(readings=None))
    session.flush()


def index_invoice(session: Session, invoice_id: int) -> None:
    """Put a record's words into the index, from which it must be missing."""
    connection = session.connection()
    session.flush()
    entry = read_entry(connection, invoice_id)
    if entry is not None:
        add_entries(connection, {invoice_id: entry})


def unindex_invoice(session: Session, invoice_id: int) -> None:
    """Take a record's words out of the index; must come before any of its values changes."""
    connection = session.connection()
    entry = read_entry(connection, invoice_id)
    if entry is not None:
        remove_entry(connection, invoice_id, entry)


def _describe(row: InvoiceRow, invoice: Invoice, inbox: str, stored_path: str) -> None:
    printable = make_encodable(invoice.path)
    row.path = printable
    row.path_bytes = os.fsencode(invoice.path) if printable != invoice.path else None
    row.file_name = PurePath(printable).name
    row.inbox = make_encodable(inbox) or row.inbox
    row.stored_path = make_encodable(stored_path) or row.stored_path
    row.media_type = invoice.media_type
    row.page_count = len(invoice.page_sizes)
    row.part_count = 0 if invoice.part is None else invoice.part.count
    row.part_pages = json.dumps([] if invoice.part is None else invoice.part.pages)
    row.run += 1


def _replace_machine_rows(session: Session, invoice_id: int, invoice: Invoice, recorded: datetime) -> None:
    for table in _MACHINE_TABLES:
        session.exec(delete(table).where(table.invoice_id == invoice_id))
    session.add(make_run_row(invoice_id, invoice, recorded))
    session.add(make_text_row(invoice_id, invoice))
    session.add_all(make_field_rows(invoice_id, invoice.fields))
    session.add_all(make_edit_rows(invoice_id, invoice.edits))
    session.add_all(make_sketch_row(invoice_id, invoice))
    session.add_all(make_line_rows(invoice_id, invoice.lines))
    session.add_all(make_tax_rows(invoice_id, invoice.taxes))
    session.add_all(make_page_rows(invoice_id, invoice.words))
    session.flush()


def _apply(row: InvoiceRow, counted: Effective) -> None:
    row.status = counted.status
    row.verified = counted.verified
    row.doubtful_fields = make_encodable(" ".join(sorted(counted.doubtful)))
    row.seller_name = counted.values.get("seller_name")
    row.seller_key = fold_key(row.seller_name) if row.seller_name else None
    row.invoice_number = counted.values.get("invoice_number")
    row.issue_date = counted.values.get("issue_date")
    row.due_date = counted.values.get("due_date")
    row.currency = counted.values.get("currency")
    total = counted.values.get("total")
    row.total = None if total is None else Decimal(total)


def fold_key(name: str) -> str:
    """What all ways to write a name have in common; sellers are grouped and sorted by it."""
    return " ".join(fold_sound(word) for word in cut_words(name))


def _id_of(row: InvoiceRow) -> int:
    assert row.id is not None, "flushed rows have their number"
    return row.id
