"""The same invoice from another scan: flagged and linked, never merged, because two papers may still differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rapidfuzz import fuzz
from sqlmodel import Session, col, or_, select

from invoicewatch.records import FieldValue, Invoice, Status
from invoicewatch.store.memory.lessons import fold_name
from invoicewatch.store.tables.memory import NearDuplicateRow
from invoicewatch.store.tables.record import InvoiceRow

# Two engines, or two scans, spell one seller this much alike.
_SAME_SELLER_RATIO = 80.0
# A number of one digit is a table or a counter.
_MIN_NUMBER_CHARS = 2
_LIVE = (str(Status.ACCEPTED), str(Status.NEEDS_REVIEW))


def flag_near_duplicates(session: Session, invoice: Invoice) -> Invoice:
    """Link ``invoice`` with records of the same seller, number and total; return it with the reason for a review.

    Call it before the record is saved, in the same transaction. Links are kept by content, so they outlive another
    run over the same file; links that no longer hold are taken away.
    """
    sha256, part = invoice.sha256, invoice.part_number
    known = select(NearDuplicateRow).where(NearDuplicateRow.sha256 == sha256, NearDuplicateRow.part == part)
    for old in session.exec(known).all():
        session.delete(old)
    session.flush()
    twins = find_near_duplicates(session, invoice)
    session.add_all(
        NearDuplicateRow(sha256=sha256, part=part, other_sha256=twin.sha256, other_part=twin.part) for twin in twins
    )
    return add_reason(invoice, twins)


def add_reason(invoice: Invoice, twins: Sequence[InvoiceRow]) -> Invoice:
    """The record with the reason for a review, if there are ``twins``; nothing is written."""
    if not twins:
        return invoice
    numbers = ", ".join(f"#{twin.id}" for twin in twins)
    reason = f"looks like another scan of {numbers}: same seller, number and total"
    return replace(invoice, status=Status.NEEDS_REVIEW, reasons=(*invoice.reasons, reason))


def find_near_duplicates(session: Session, invoice: Invoice) -> list[InvoiceRow]:
    """The records with the same number and total as ``invoice`` and a seller of the same name, oldest first."""
    number, total, seller = (_value_of(invoice, name) for name in ("invoice_number", "total", "seller_name"))
    if invoice.status not in {Status.ACCEPTED, Status.NEEDS_REVIEW} or not isinstance(total, Decimal):
        return []
    folded = fold_name(str(number or ""))
    if len(folded) < _MIN_NUMBER_CHARS or not seller:
        return []
    alike = select(InvoiceRow).where(
        InvoiceRow.total == total,
        or_(InvoiceRow.sha256 != invoice.sha256, InvoiceRow.part != invoice.part_number),
        col(InvoiceRow.invoice_number).is_not(None),
        col(InvoiceRow.status).in_(_LIVE),
    )
    rows = session.exec(alike.order_by(col(InvoiceRow.id))).all()
    return [row for row in rows if fold_name(row.invoice_number or "") == folded and _is_same_seller(row, str(seller))]


def _value_of(invoice: Invoice, name: str) -> FieldValue | None:
    field = invoice.fields.get(name)
    return field.value if field is not None else None


def _is_same_seller(row: InvoiceRow, seller: str) -> bool:
    return fuzz.ratio(fold_name(row.seller_name or ""), fold_name(seller)) >= _SAME_SELLER_RATIO
