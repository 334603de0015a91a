"""The earlier records of one seller, with the values that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, or_, select

from invoicewatch.records import Invoice, Status
from invoicewatch.store.index.words import cut_words, fold_sound
from invoicewatch.store.memory.alarms.names import is_same_seller
from invoicewatch.store.tables.memory import SellerMemoryRow
from invoicewatch.store.tables.record import FieldRow, HumanValueRow, InvoiceRow, TextRow

# So many of a seller's latest records say what is usual of it.
_LATEST = 60
_LIVE = (str(Status.ACCEPTED), str(Status.NEEDS_REVIEW))
_NAMES = ("iban", "seller_vat_id", "document_type")


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier record. ``values`` are the texts that count of account, VAT id and kind of document."""

    id: int
    accepted: bool
    number: str
    total: Decimal | None
    currency: str
    issued: date | None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of document: sums and numbers of one kind are compared."""
        return self.values.get("document_type", "")


def find_history(session: Session, invoice: Invoice) -> list[Earlier]:
    """The latest other records of the seller of ``invoice``, the latest first; those that failed do not count."""
    keys = list(_find_keys(session, invoice))
    if not keys:
        return []
    mine = select(InvoiceRow).where(
        col(InvoiceRow.seller_key).in_(keys),
        col(InvoiceRow.status).in_(_LIVE),
        or_(InvoiceRow.sha256 != invoice.sha256, InvoiceRow.part != invoice.part_number),
    )
    rows = session.exec(mine.order_by(col(InvoiceRow.id).desc()).limit(_LATEST)).all()
    values = _read_values(session, [row.id for row in rows if row.id is not None])
    return [_make_earlier(row, values.get(row.id or 0, {})) for row in rows]


def read_texts(session: Session, earlier: Iterable[Earlier]) -> dict[int, str]:
    """What stands on the pages of earlier records, by their number."""
    ids = [each.id for each in earlier]
    rows = session.exec(select(TextRow).where(col(TextRow.invoice_id).in_(ids))).all()
    return {row.invoice_id: row.raw for row in rows}


def find_text(invoice: Invoice, name: str) -> str:
    """A field's text; empty where it is missing or no text."""
    found = invoice.fields.get(name)
    return found.value if found is not None and isinstance(found.value, str) else ""


def _find_keys(session: Session, invoice: Invoice) -> set[str]:
    """The folded names under which records of this seller are kept.

    Only names with the same first letter are compared: an engine that misreads it makes a new seller, which the VAT id
    still tells.
    """
    names = [name for name in (find_text(invoice, "seller_name"), *_find_names(session, invoice)) if name]
    keys: set[str] = set()
    for name in names:
        first = " ".join(fold_sound(word) for word in cut_words(name))[:1]
        if first:
            key = col(InvoiceRow.seller_key)
            alike = select(key).where(key >= first, key < chr(ord(first) + 1)).distinct()
            keys |= {each for each in session.exec(alike).all() if each and is_same_seller(each, name)}
    return keys


def _find_names(session: Session, invoice: Invoice) -> Sequence[str]:
    """The names of sellers that are remembered with this VAT id."""
    vat_id = find_text(invoice, "seller_vat_id")
    if not vat_id:
        return ()
    return session.exec(select(SellerMemoryRow.name).where(SellerMemoryRow.vat_id == vat_id)).all()


def _read_values(session: Session, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """By record and field: what a person entered last, else what the machine found."""
    found = select(FieldRow).where(col(FieldRow.invoice_id).in_(ids), col(FieldRow.name).in_(_NAMES))
    machine = {(row.invoice_id, row.name): row.value for row in session.exec(found).all()}
    entered = select(HumanValueRow).where(col(HumanValueRow.invoice_id).in_(ids), col(HumanValueRow.name).in_(_NAMES))
    latest = {(row.invoice_id, row.name): row for row in session.exec(entered.order_by(col(HumanValueRow.id))).all()}
    human = {place: row.value or "" for place, row in latest.items() if not row.withdrawn}
    values: dict[int, dict[str, str]] = {}
    for (number, name), value in (machine | human).items():
        values.setdefault(number, {})[name] = value
    return values


def _make_earlier(row: InvoiceRow, values: Mapping[str, str]) -> Earlier:
    assert row.id is not None, "a row that was read has its number"
    return Earlier(
        id=row.id,
        accepted=row.status == str(Status.ACCEPTED),
        number=row.invoice_number or "",
        total=row.total,
        currency=row.currency or "",
        issued=date.fromisoformat(row.issue_date) if row.issue_date else None,
        values=values,
    )
