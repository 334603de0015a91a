"""What people enter: kept apart from what the machine finds, and winning over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from invoicewatch.errors import ConfigError
from invoicewatch.records import FieldValue, Status, format_value
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.looks.paper import is_from_look
from invoicewatch.store.database.chain import write_down
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.memory.learning import contradict, learn
from invoicewatch.store.records import query
from invoicewatch.store.records.again import ask_again
from invoicewatch.store.records.effective import STATUS
from invoicewatch.store.records.invoices import index_invoice, refresh_invoice, unindex_invoice
from invoicewatch.store.records.rows import kind_of
from invoicewatch.store.tables.record import HumanValueRow, InvoiceRow

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person says of one field: its value, or None for 'there is none'; ``withdrawn`` takes it all back."""

    value: FieldValue | None = None
    withdrawn: bool = False


def enter_values(session: Session, invoice_id: int, entries: Mapping[str, Entry], *, who: str, when: datetime) -> int:
    """Keep entries by field name (``status`` among them), write them down, decide anew what counts, and learn from it.

    Where that taught anything, the records of the same seller that wait for a review are queued to be judged again.

    Args:
        session: The transaction; nothing is committed here.
        invoice_id: The record.
        entries: By field name; an entry never replaces an earlier one, it is added to it.
        who: Who says so.
        when: When, timezone-aware.

    Returns:
        How many records were queued.

    Raises:
        ConfigError: There is no such record, or ``status`` is no status.
    """
    row = session.get(InvoiceRow, invoice_id)
    before = query.find_invoice(SessionRows.open(session), invoice_id)
    if row is None or before is None:
        raise ConfigError(f"no invoice {invoice_id}", remedy="`invoicewatch list` shows the IDs there are.")
    counted = _list_counted(before)
    unindex_invoice(session, invoice_id)
    for name, entry in entries.items():
        session.add(_make_row(invoice_id, name, entry, before=counted.get(name), who=who, when=when))
    session.flush()
    refresh_invoice(session, row)
    index_invoice(session, invoice_id)
    after = query.find_invoice(SessionRows.open(session), invoice_id)
    assert after is not None, "it was there a moment ago"
    write_down(session, _describe(after, entries, counted), Doer(who, when))
    taught = learn(session, after.invoice)
    taught |= contradict(session, after.invoice.sha256, after.invoice.part_number, _list_wrong_places(after))
    return ask_again(session, invoice_id, when) if taught else 0


def _list_counted(stored: query.StoredInvoice) -> dict[str, str]:
    """What counts, as canonical texts."""
    found = {name: format_value(field.value) for name, field in stored.invoice.fields.items() if field is not None}
    return {**found, STATUS: str(stored.invoice.status)}


def _describe(stored: query.StoredInvoice, entries: Mapping[str, Entry], before: Mapping[str, str]) -> list[Change]:
    """The entries as the log has them; ``stored`` is the record with them, ``before`` what counted without."""
    after = _list_counted(stored)
    return [
        Change(
            Deed.UNDO if entry.withdrawn else Deed.SET,
            stored.id,
            stored.machine.sha256,
            stored.machine.part_number,
            field=name,
            before=before.get(name),
            after=after.get(name),
        )
        for name, entry in entries.items()
    ]


def _list_wrong_places(stored: query.StoredInvoice) -> list[str]:
    """The fields that the seller's look put where a person says they are not."""
    return [
        name
        for name, field in stored.machine.fields.items()
        if field is not None and is_from_look(field) and _counted(stored, name) != field.value
    ]


def _counted(stored: query.StoredInvoice, name: str) -> FieldValue | None:
    field = stored.invoice.fields.get(name)
    return None if field is None else field.value


def _make_row(
    invoice_id: int, name: str, entry: Entry, *, before: str | None, who: str, when: datetime
) -> HumanValueRow:
    if name == STATUS and not entry.withdrawn and entry.value not in set(Status):
        raise ConfigError(f"{entry.value!r} is no status", remedy=f"One of {', '.join(Status)}.")
    return HumanValueRow(
        invoice_id=invoice_id,
        name=name,
        kind="text" if entry.value is None else kind_of(entry.value),
        value=None if entry.value is None else make_encodable(format_value(entry.value)),
        withdrawn=entry.withdrawn,
        before=before,
        who=make_encodable(who),
        entered=when,
    )
