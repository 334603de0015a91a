"""All that recording a document means, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from invoicewatch.records import Invoice
from invoicewatch.store.memory.alarms.raising import raise_alarms
from invoicewatch.store.memory.learning import learn
from invoicewatch.store.records.invoices import save_invoice
from invoicewatch.store.records.parts import make_room
from invoicewatch.store.records.recall import find_records

if TYPE_CHECKING:
    from sqlmodel import Session


def record_parts(
    session: Session, parts: Sequence[Invoice], *, arrived: datetime, inbox: str = "", recorded: datetime | None = None
) -> list[tuple[int, Invoice]]:
    """Keep all that a file was read as: compare each record with earlier ones, save it, learn from it.

    Arguments are those of ``save_invoice``; ``parts`` are the records of one file in order: one for the whole of it,
    or one for each of its parts.

    Returns:
        Of each the record's number, and the record as it was kept: what earlier records speak against goes to review.

    Raises:
        SplitChangedError: The file was split otherwise before, and people entered values since.
    """
    again = make_room(session, parts)
    kept = [_record(session, invoice, arrived=arrived, inbox=inbox, recorded=recorded) for invoice in parts]
    if not again:
        for _, invoice in kept:
            learn(session, invoice)
        return kept
    for stored in find_records(session, parts[0].sha256):
        # A later run must not unlearn what a person said of this document.
        learn(session, stored.invoice)
    return kept


def _record(
    session: Session, invoice: Invoice, *, arrived: datetime, inbox: str, recorded: datetime | None
) -> tuple[int, Invoice]:
    flagged = raise_alarms(session, invoice)
    return save_invoice(session, flagged, arrived=arrived, inbox=inbox, recorded=recorded), flagged
