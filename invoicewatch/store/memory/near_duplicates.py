"""The same invoice from another scan: flagged and linked, never merged, because two papers may still differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from invoicewatch.records import Alarm, AlarmCode, FieldValue, Invoice, Status
from invoicewatch.store.database.reader import ask
from invoicewatch.store.database.schema import money_to_integer
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.database.sql import list_values, sql
from invoicewatch.store.memory.keys import fold_name

if TYPE_CHECKING:
    from sqlmodel import Session

# Two engines, or two scans, spell one seller this much alike.
_SAME_SELLER_RATIO = 80.0
# A number of one digit is a table or a counter.
_MIN_NUMBER_CHARS = 2
_LONG_NUMBER_CHARS = 6
_LIVE = (str(Status.ACCEPTED), str(Status.NEEDS_REVIEW))


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that looks like another scan; ``alike`` is what it shares besides seller and total."""

    id: int
    sha256: str
    part: int
    alike: str


def link_near_duplicates(session: Session, invoice: Invoice) -> list[Twin]:
    """Link ``invoice`` with the records that look like other scans of it; returns them, the oldest first.

    Call it before the record is saved, in the same transaction. Links are kept by content, so they outlive another
    run over the same file; links that no longer hold are taken away.
    """
    sha256, part = invoice.sha256, invoice.part_number
    rows = SessionRows.open(session)
    rows.execute("DELETE FROM near_duplicate WHERE sha256 = ? AND part = ?", (sha256, part))
    twins = find_near_duplicates(session, invoice)
    rows.executemany(
        "INSERT INTO near_duplicate (sha256, part, other_sha256, other_part) VALUES (?, ?, ?, ?)",
        [(sha256, part, twin.sha256, twin.part) for twin in twins],
    )
    return twins


def describe_twins(twins: Sequence[Twin]) -> list[Alarm]:
    """One alarm for all twins that are alike in the same; none without twins."""
    alike = dict.fromkeys(twin.alike for twin in twins)
    return [_describe([twin for twin in twins if twin.alike == each], each) for each in alike]


def _describe(twins: Sequence[Twin], alike: str) -> Alarm:
    numbers = ", ".join(f"#{twin.id}" for twin in twins)
    words = f"looks like another scan of {numbers}: same seller, {alike} and total"
    return Alarm(AlarmCode.NEAR_DUPLICATE, words, record=twins[0].id)


def find_near_duplicates(session: Session, invoice: Invoice) -> list[Twin]:
    """The records with the total of ``invoice``, a seller of the same name and the same number, oldest first.

    Where one of the two has no number, the same day stands for it.
    """
    total, seller = (_value_of(invoice, name) for name in ("total", "seller_name"))
    if invoice.status not in {Status.ACCEPTED, Status.NEEDS_REVIEW} or not isinstance(total, Decimal) or not seller:
        return []
    alike = sql(
        "SELECT id, sha256, part, seller_name, invoice_number, issue_date FROM invoice"
        " WHERE total = ? AND NOT (sha256 = ? AND part = ?) AND status IN ({live}) ORDER BY id",
        money_to_integer(total),
        invoice.sha256,
        invoice.part_number,
        live=list_values(_LIVE),
    )
    rows = ask(SessionRows.open(session), alike)
    said = [(row, _find_alike(row, invoice)) for row in rows if _is_same_seller(row, str(seller))]
    return [Twin(row["id"], row["sha256"], row["part"], alike) for row, alike in said if alike]


def _find_alike(row: Any, invoice: Invoice) -> str:
    """In what two records of one seller and total are one document: ``number`` or ``date``; empty where in neither."""
    mine = fold_name(str(_value_of(invoice, "invoice_number") or ""))
    theirs = fold_name(row["invoice_number"] or "")
    issued = _value_of(invoice, "issue_date")
    days = {issued.isoformat() if isinstance(issued, date) else None, row["issue_date"]} - {None}
    if mine and theirs:
        # Tills and small offices count from one again: there, two days are two documents.
        enough = len(mine) >= _LONG_NUMBER_CHARS or (len(mine) >= _MIN_NUMBER_CHARS and len(days) <= 1)
        return "number" if mine == theirs and enough else ""
    return "date" if len(days) == 1 and isinstance(issued, date) and row["issue_date"] else ""


def _value_of(invoice: Invoice, name: str) -> FieldValue | None:
    field = invoice.fields.get(name)
    return field.value if field is not None else None


def _is_same_seller(row: Any, seller: str) -> bool:
    return fuzz.ratio(fold_name(row["seller_name"] or ""), fold_name(seller)) >= _SAME_SELLER_RATIO
