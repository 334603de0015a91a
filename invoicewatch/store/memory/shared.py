"""Which records in review bear the marks of one record's seller."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlmodel import col, func, select

from invoicewatch.records import Status
from invoicewatch.store.tables.looks import LookMarkRow, SketchRow
from invoicewatch.store.tables.record import InvoiceRow

if TYPE_CHECKING:
    from sqlmodel import Session

# A mark on more looks than this is a bank's, a portal's, or the buyer's.
_MOST_LOOKS = 8


def list_sharing(session: Session, invoice_id: int) -> list[int]:
    """The numbers of the records that wait for a review, can be judged again, and share a mark; in order."""
    own = session.get(SketchRow, invoice_id)
    if own is None:
        return []
    marks = set(json.loads(own.marks)) - _list_common(session)
    waiting = (
        select(SketchRow.invoice_id, SketchRow.marks)
        .join(InvoiceRow, col(InvoiceRow.id) == col(SketchRow.invoice_id))
        .where(
            InvoiceRow.status == str(Status.NEEDS_REVIEW),
            col(SketchRow.readings).is_not(None),
            SketchRow.invoice_id != invoice_id,
        )
    )
    return sorted(number for number, theirs in session.exec(waiting).all() if not marks.isdisjoint(json.loads(theirs)))


def _list_common(session: Session) -> set[str]:
    often = select(LookMarkRow.mark).group_by(LookMarkRow.mark).having(func.count() > _MOST_LOOKS)
    return set(session.exec(often).all())
