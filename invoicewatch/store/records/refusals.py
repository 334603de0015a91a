"""Changes of a text that people refused: kept apart from what the machine finds, and respected by every later run."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from invoicewatch.records import Edit, Refusal
from invoicewatch.records.as_json import make_encodable
from invoicewatch.store.database.chain import write_down
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.records.refused import read_refusals, read_refused
from invoicewatch.store.tables.pages import RefusedEditRow
from invoicewatch.store.tables.record import InvoiceRow

if TYPE_CHECKING:
    from sqlmodel import Session


def keep_refusal(session: Session, invoice_id: int, edit: Edit, *, who: str, when: datetime) -> None:
    """Refuse an edit of a record, unless that was done already; nothing is read again here."""
    known = read_refusals(SessionRows.open(session), invoice_id)
    if any(each.stands and each.refusal.meets(edit) for each in known):
        return
    x0, y0, x1, y1 = edit.box
    session.add(
        RefusedEditRow(
            invoice_id=invoice_id,
            page=edit.page,
            before=edit.before,
            after=edit.after,
            x0=x0,
            y0=y0,
            x1=x1,
            y1=y1,
            who=make_encodable(who),
            entered=when,
        )
    )
    _write_down(session, invoice_id, Deed.REFUSE, (edit.after, edit.before), Doer(who, when))


def withdraw_refusal(session: Session, invoice_id: int, refusal_id: int, *, who: str, when: datetime) -> bool:
    """Allow an edit again; False if there is no such refusal of that record."""
    row = session.get(RefusedEditRow, refusal_id)
    if row is None or row.invoice_id != invoice_id:
        return False
    if row.withdrawn is None:
        row.withdrawn, row.withdrawn_by = when, make_encodable(who)
        _write_down(session, invoice_id, Deed.ALLOW, (row.before, row.after), Doer(who, when))
    return True


def _write_down(session: Session, invoice_id: int, what: Deed, texts: tuple[str, str], doer: Doer) -> None:
    invoice = session.get(InvoiceRow, invoice_id)
    if invoice is not None:
        before, after = texts
        change = Change(what, invoice_id, invoice.sha256, invoice.part, before=before, after=after)
        write_down(session, [change], doer)


def list_refused(session: Session, sha256: str) -> tuple[Refusal, ...]:
    """What `read_refused` reads, within a transaction."""
    return read_refused(SessionRows.open(session), sha256)
