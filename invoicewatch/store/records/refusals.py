"""Changes of a text that people refused: kept apart from what the machine finds, and respected by every later run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from invoicewatch.records import Box, Edit, Refusal
from invoicewatch.records.as_json import make_encodable
from invoicewatch.store.database.chain import write_down
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.database.times import parse_utc
from invoicewatch.store.tables.pages import RefusedEditRow
from invoicewatch.store.tables.record import InvoiceRow

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class KeptRefusal:
    """A refusal with who entered it, and who withdrew it; it stands while nobody has."""

    id: int
    refusal: Refusal
    who: str
    entered: datetime
    withdrawn_by: str | None = None
    withdrawn: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether it is respected."""
        return self.withdrawn is None


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


def read_refusals(reader: Rows, invoice_id: int) -> tuple[KeptRefusal, ...]:
    """All refusals of a record in the order of entry, the withdrawn ones too."""
    rows = reader.rows("SELECT * FROM refused_edit WHERE invoice_id = ? ORDER BY id", (invoice_id,))
    return tuple(
        KeptRefusal(
            row["id"],
            Refusal(row["page"], row["before"], row["after"], Box(row["x0"], row["y0"], row["x1"], row["y1"])),
            row["who"],
            parse_utc(row["entered"]),
            row["withdrawn_by"],
            None if row["withdrawn"] is None else parse_utc(row["withdrawn"]),
        )
        for row in rows
    )


def list_refused(session: Session, sha256: str) -> tuple[Refusal, ...]:
    """What stands refused in all records of a file."""
    reader = SessionRows.open(session)
    rows = reader.rows(
        "SELECT DISTINCT invoice_id FROM refused_edit JOIN invoice ON invoice.id = invoice_id"
        " WHERE sha256 = ? AND withdrawn IS NULL",
        (sha256,),
    )
    kept = (each for row in rows for each in read_refusals(reader, row["invoice_id"]))
    return tuple(each.refusal for each in kept if each.stands)
