"""A file that is split otherwise than before: its records take over from one another in their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlmodel import and_, col, delete, or_, update

from invoicewatch.errors import DocumentError
from invoicewatch.records import Invoice
from invoicewatch.store.memory.learning import unlearn
from invoicewatch.store.records.invoices import unindex_invoice
from invoicewatch.store.records.recall import find_records
from invoicewatch.store.tables.ledger import FileRow
from invoicewatch.store.tables.memory import NearDuplicateRow
from invoicewatch.store.tables.record import InvoiceRow

if TYPE_CHECKING:
    from sqlmodel import Session


class SplitChangedError(DocumentError):
    """The pages of a record would change under the values that a person entered for it."""

    default_code = "split_changed"


def make_room(session: Session, parts: Sequence[Invoice]) -> bool:
    """Fit the records that a file has to the parts it is to have, so that each part finds its record.

    Where the pages are the same, nothing is done. Else the first record becomes the first part and so on, keeping its
    number; records that are too many go.

    Returns:
        Whether the file has records.

    Raises:
        SplitChangedError: People entered values, which cannot be known to hold for other pages.
    """
    sha256 = parts[0].sha256
    wanted = [_pages(part) for part in parts]
    known = find_records(session, sha256)
    if not known or [_pages(each.machine) for each in known] == wanted:
        return bool(known)
    if any(each.entries for each in known):
        name = known[0].machine.path
        raise SplitChangedError(
            f"{name} would be split into {len(parts)}, which was {len(known)}, but values were entered for it",
            remedy="Set [pages] split as it was, or `invoicewatch forget` its records first.",
        )
    for each in known:
        forget_traces(session, sha256, each.machine.part_number)
    for each in known[len(parts) :]:
        unindex_invoice(session, each.id)
        delete_record(session, each.id, keep=known[0].id)
    for each, part in zip(known, parts, strict=False):
        session.exec(update(InvoiceRow).where(col(InvoiceRow.id) == each.id).values(part=part.part_number))
    session.expire_all()
    return True


def _pages(invoice: Invoice) -> tuple[int, tuple[int, ...]]:
    return invoice.part_number, () if invoice.part is None else invoice.part.pages


def forget_traces(session: Session, sha256: str, part: int) -> None:
    """Take back what a record taught, and its links with other scans."""
    unlearn(session, sha256, part)
    mine = and_(col(NearDuplicateRow.sha256) == sha256, col(NearDuplicateRow.part) == part)
    others = and_(col(NearDuplicateRow.other_sha256) == sha256, col(NearDuplicateRow.other_part) == part)
    session.exec(delete(NearDuplicateRow).where(or_(mine, others)))


def delete_record(session: Session, invoice_id: int, *, keep: int) -> None:
    """Delete a record's row, out of the index by now, of a file that has others; the ledger then names ``keep``."""
    session.exec(update(FileRow).where(col(FileRow.invoice_id) == invoice_id).values(invoice_id=keep))
    session.exec(delete(InvoiceRow).where(col(InvoiceRow.id) == invoice_id))
