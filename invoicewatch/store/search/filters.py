"""What a search may be narrowed by, and the SQL of it; values always travel as parameters."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from invoicewatch.store.database.schema import money_to_integer
from invoicewatch.store.database.times import format_utc


@dataclass(frozen=True, slots=True)
class Filters:
    """Every bound is inclusive unless its name says otherwise; None and empty mean any.

    ``seller`` and ``number`` are words (or parts of them); ``inbox`` a path or its last name.
    """

    date_from: date | None = None
    date_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    total_min: Decimal | None = None
    total_max: Decimal | None = None
    total_above: Decimal | None = None
    total_below: Decimal | None = None
    since: datetime | None = None
    currency: str = ""
    seller: str = ""
    number: str = ""
    status: tuple[str, ...] = ()
    verified: bool | None = None
    inbox: str = ""

    def merged(self, other: Filters) -> Filters:
        """Both; where both set the same bound, the other's."""
        theirs = {field.name: getattr(other, field.name) for field in fields(other)}
        return replace(self, **{name: value for name, value in theirs.items() if value not in (None, "", ())})


class Condition(NamedTuple):
    """One condition on ``invoice``, its parameters, and the index that answers it, if there is one."""

    sql: str
    parameters: tuple[Any, ...]
    index_name: str = ""


def build_conditions(filters: Filters) -> list[Condition]:
    """The conditions, to be joined by AND; seller and number are words and not among them."""
    spans = [
        ("issue_date", ">=", _iso(filters.date_from), "<=", _iso(filters.date_to)),
        ("due_date", ">=", _iso(filters.due_from), "<=", _iso(filters.due_to)),
        ("total", ">=", _units(filters.total_min), "<=", _units(filters.total_max)),
        ("total", ">", _units(filters.total_above), "<", _units(filters.total_below)),
        ("arrived", ">=", None if filters.since is None else format_utc(filters.since), "<=", None),
    ]
    found = [_span(*span) for span in spans if span[2] is not None or span[4] is not None]
    if filters.status:
        marks = ", ".join("?" * len(filters.status))
        found.append(Condition(f"status IN ({marks})", filters.status, "ix_invoice_status"))
    if filters.currency:
        found.append(Condition("currency = ?", (filters.currency.upper(),)))
    if filters.verified is not None:
        found.append(Condition("verified = ?", (int(filters.verified),), "ix_invoice_verified"))
    if filters.inbox:
        end = f"/{filters.inbox}"
        found.append(Condition("(inbox = ? OR substr(inbox, -length(?)) = ?)", (filters.inbox, end, end)))
    return found


def _span(column: str, above: str, low: Any, below: str, high: Any) -> Condition:
    """A range of one column as one condition, so that the index is asked for both ends."""
    sides = [(f"{column} {sign} ?", value) for sign, value in ((above, low), (below, high)) if value is not None]
    sql = " AND ".join(side for side, _ in sides)
    return Condition(sql, tuple(value for _, value in sides), f"ix_invoice_{column}")


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _units(amount: Decimal | None) -> int | None:
    return None if amount is None else money_to_integer(amount)
