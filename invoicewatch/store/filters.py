"""What a search may be narrowed by, and the SQL of it; values always travel as parameters."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from invoicewatch.store.schema import money_to_integer
from invoicewatch.store.times import format_utc


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


def build_conditions(filters: Filters) -> tuple[list[str], list[Any]]:
    """Conditions on ``invoice`` (to be joined by AND) and their parameters, without seller and number."""
    bounds: list[tuple[str, Any]] = [
        ("issue_date >= ?", _iso(filters.date_from)),
        ("issue_date <= ?", _iso(filters.date_to)),
        ("due_date >= ?", _iso(filters.due_from)),
        ("due_date <= ?", _iso(filters.due_to)),
        ("total >= ?", _units(filters.total_min)),
        ("total <= ?", _units(filters.total_max)),
        ("total > ?", _units(filters.total_above)),
        ("total < ?", _units(filters.total_below)),
        ("arrived >= ?", None if filters.since is None else format_utc(filters.since)),
        ("currency = ?", filters.currency.upper() or None),
        ("verified = ?", None if filters.verified is None else int(filters.verified)),
    ]
    conditions = [sql for sql, value in bounds if value is not None]
    parameters = [value for _, value in bounds if value is not None]
    if filters.status:
        conditions.append(f"status IN ({', '.join('?' * len(filters.status))})")
        parameters += filters.status
    if filters.inbox:
        conditions.append("(inbox = ? OR substr(inbox, -length(?)) = ?)")
        parameters += [filters.inbox, f"/{filters.inbox}", f"/{filters.inbox}"]
    return conditions, parameters


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _units(amount: Decimal | None) -> int | None:
    return None if amount is None else money_to_integer(amount)
