"""Records that are to be judged again, because an answer taught something about their seller: a queue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import col, delete, select

from invoicewatch.records import Invoice, Status
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.memory.alarms.raising import raise_alarms
from invoicewatch.store.memory.learning import learn
from invoicewatch.store.memory.packing import unpack_readings
from invoicewatch.store.memory.shared import list_sharing
from invoicewatch.store.records import query
from invoicewatch.store.records.invoices import save_invoice
from invoicewatch.store.records.page_rows import read_page_words
from invoicewatch.store.tables.looks import JudgeAgainRow, SketchRow
from invoicewatch.store.tables.record import InvoiceRow

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record as the machine left it in its ``run``-th run, with its readings."""

    id: int
    run: int
    machine: Invoice


def ask_again(session: Session, invoice_id: int, when: datetime) -> int:
    """Queue the records in review that bear a mark of this one's seller; how many, this one not among them.

    A mark that many sellers' papers bear tells nobody apart and does not count.
    """
    found = list_sharing(session, invoice_id)
    for number in found:
        session.merge(JudgeAgainRow(invoice_id=number, since=when))
    return len(found)


def count_queued(session: Session) -> int:
    """How many records wait to be judged again."""
    return session.exec(select(func.count()).select_from(JudgeAgainRow)).one()


def list_queued(session: Session, limit: int) -> list[int]:
    """The numbers of the records to judge again, those asked for first coming first."""
    rows = select(JudgeAgainRow.invoice_id).order_by(col(JudgeAgainRow.since), col(JudgeAgainRow.invoice_id))
    return list(session.exec(rows.limit(limit)).all())


def take_kept(session: Session, invoice_id: int) -> KeptRecord | None:
    """A queued record with its readings; None, and out of the queue, where it was settled or erased meanwhile."""
    sketch = session.get(SketchRow, invoice_id)
    stored = query.find_invoice(SessionRows.open(session), invoice_id)
    if stored is None or sketch is None or sketch.readings is None or stored.invoice.status is not Status.NEEDS_REVIEW:
        drop_queued(session, invoice_id)
        return None
    words = read_page_words(SessionRows.open(session), invoice_id)
    readings = unpack_readings(sketch.readings)
    return KeptRecord(invoice_id, stored.run, replace(stored.machine, readings=readings, words=words))


def record_again(session: Session, kept: KeptRecord, judged: Invoice, recorded: datetime) -> Invoice | None:
    """Keep the new judgement of a record and take it out of the queue.

    Returns:
        The record with the values that count; None where it was read again, or erased, meanwhile: then nothing is kept.
    """
    row = session.get(InvoiceRow, kept.id)
    drop_queued(session, kept.id)
    if row is None or row.run != kept.run:
        return None
    flagged = raise_alarms(session, judged)
    save_invoice(session, flagged, arrived=row.arrived, recorded=recorded)
    stored = query.find_invoice(SessionRows.open(session), kept.id)
    assert stored is not None, "it was saved a moment ago"
    learn(session, stored.invoice)
    return stored.invoice


def drop_queued(session: Session, invoice_id: int) -> None:
    """Take a record out of the queue."""
    session.exec(delete(JudgeAgainRow).where(col(JudgeAgainRow.invoice_id) == invoice_id))
