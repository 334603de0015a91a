"""Keep a record: everything about it, in the caller's transaction, or nothing."""

from __future__ import annotations

import json
import os
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import col, select, update

from invoicewatch.records import Invoice, Status, format_value
from invoicewatch.records.as_json import make_encodable
from invoicewatch.store.database.schema import money_to_integer
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.database.times import format_utc
from invoicewatch.store.index.full_text import add_entries, read_entry, remove_entry
from invoicewatch.store.index.words import cut_words, fold_sound
from invoicewatch.store.records.effective import Effective, decide_values
from invoicewatch.store.records.item_rows import make_line_rows, make_tax_rows
from invoicewatch.store.records.page_rows import make_page_rows
from invoicewatch.store.records.rows import (
    make_edit_rows,
    make_field_rows,
    make_run_row,
    make_sketch_rows,
    make_text_row,
)
from invoicewatch.store.tables.inserting import delete_rows, insert_row, insert_rows, update_row
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
    rows = SessionRows.open(session)
    known = _find_known(rows, invoice)
    if known is not None and invoice.status is Status.DUPLICATE:
        return int(known["id"])
    counted = decide_values(str(invoice.status), _list_machine_values(invoice), _read_entries(rows, known))
    columns = {**_describe(invoice), **_list_columns(counted), "total": _to_integer(counted)}
    places = {"inbox": make_encodable(inbox), "stored_path": make_encodable(stored_path)}
    if known is None:
        new = {"sha256": invoice.sha256, "part": invoice.part_number, "arrived": format_utc(arrived), "run": 1}
        invoice_id = insert_row(rows, InvoiceRow, {**new, **columns, **places})
    else:
        invoice_id = known["id"]
        unindex_invoice(session, invoice_id)
        for table in _MACHINE_TABLES:
            delete_rows(rows, table, invoice_id)
        kept = {name: place or known[name] for name, place in places.items()}
        update_row(rows, InvoiceRow, invoice_id, {**columns, **kept, "run": known["run"] + 1})
        session.expire_all()
    _insert_machine_rows(rows, invoice_id, invoice, recorded or arrived, counted.status)
    index_invoice(session, invoice_id)
    return invoice_id


def refresh_invoice(session: Session, row: InvoiceRow) -> None:
    """Decide again which values count, the machine's or a person's, and keep them where they can be searched."""
    assert row.id is not None, "a row that was read has its number"
    invoice_id = row.id
    fields = session.exec(select(FieldRow).where(FieldRow.invoice_id == invoice_id)).all()
    entries = select(HumanValueRow).where(HumanValueRow.invoice_id == invoice_id).order_by(col(HumanValueRow.id))
    status = session.exec(select(RunRow.status).where(RunRow.invoice_id == invoice_id)).one()
    counted = decide_values(status, fields, session.exec(entries).all())
    for name, value in _list_columns(counted).items():
        setattr(row, name, value)
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


def _find_known(rows: SessionRows, invoice: Invoice) -> Any | None:
    found = rows.rows(
        "SELECT id, run, inbox, stored_path FROM invoice WHERE sha256 = ? AND part = ?",
        (invoice.sha256, invoice.part_number),
    )
    return found[0] if found else None


class _MachineValue(NamedTuple):
    """What decides whether a field of a machine run counts."""

    name: str
    value: str
    verified: bool
    doubtful: bool


def _list_machine_values(invoice: Invoice) -> list[_MachineValue]:
    found = (field for field in invoice.fields.values() if field is not None)
    return [
        _MachineValue(each.name, make_encodable(format_value(each.value)), each.verified, each.doubtful)
        for each in found
    ]


class _Entered(NamedTuple):
    """What a person entered."""

    name: str
    value: str | None
    withdrawn: bool


def _read_entries(rows: SessionRows, known: Any | None) -> list[_Entered]:
    if known is None:
        return []
    found = rows.rows("SELECT name, value, withdrawn FROM human_value WHERE invoice_id = ? ORDER BY id", (known["id"],))
    return [_Entered(row["name"], row["value"], bool(row["withdrawn"])) for row in found]


def _describe(invoice: Invoice) -> dict[str, Any]:
    printable = make_encodable(invoice.path)
    return {
        "path": printable,
        "path_bytes": os.fsencode(invoice.path) if printable != invoice.path else None,
        "file_name": PurePath(printable).name,
        "media_type": invoice.media_type,
        "page_count": len(invoice.page_sizes),
        "part_count": 0 if invoice.part is None else invoice.part.count,
        "part_pages": json.dumps([] if invoice.part is None else invoice.part.pages),
    }


def _insert_machine_rows(rows: SessionRows, invoice_id: int, invoice: Invoice, recorded: datetime, status: str) -> None:
    with_readings = status == Status.NEEDS_REVIEW  # else it need not be judged again, and its words take room
    for table, made in (
        (RunRow, [make_run_row(invoice_id, invoice, recorded)]),
        (TextRow, [make_text_row(invoice_id, invoice)]),
        (FieldRow, make_field_rows(invoice_id, invoice.fields)),
        (EditRow, make_edit_rows(invoice_id, invoice.edits)),
        (SketchRow, make_sketch_rows(invoice_id, invoice, with_readings=with_readings)),
        (InvoiceLineRow, make_line_rows(invoice_id, invoice.lines)),
        (TaxByRateRow, make_tax_rows(invoice_id, invoice.taxes)),
        (PageWordsRow, make_page_rows(invoice_id, invoice.words)),
    ):
        insert_rows(rows, table, made)


def _list_columns(counted: Effective) -> dict[str, Any]:
    """The columns of a record that hold what counts."""
    seller, total = counted.values.get("seller_name"), counted.values.get("total")
    return {
        "status": counted.status,
        "verified": counted.verified,
        "doubtful_fields": make_encodable(" ".join(sorted(counted.doubtful))),
        "seller_name": seller,
        "seller_key": fold_key(seller) if seller else None,
        "invoice_number": counted.values.get("invoice_number"),
        "issue_date": counted.values.get("issue_date"),
        "due_date": counted.values.get("due_date"),
        "currency": counted.values.get("currency"),
        "total": None if total is None else Decimal(total),
    }


def _to_integer(counted: Effective) -> int | None:
    total = counted.values.get("total")
    return None if total is None else money_to_integer(Decimal(total))


def fold_key(name: str) -> str:
    """What all ways to write a name have in common; sellers are grouped and sorted by it."""
    return " ".join(fold_sound(word) for word in cut_words(name))
