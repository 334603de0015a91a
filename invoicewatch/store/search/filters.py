"""What a search may be narrowed by, and the SQL of it; values always travel as parameters."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from invoicewatch.store.database.schema import money_to_integer
from invoicewatch.store.database.sql import Sql, join_conditions, list_values, sql
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


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on ``invoice``, and the index that answers it, if there is one."""

    where: Sql
    index: Sql | None = None


@dataclass(frozen=True, slots=True)
class _Column:
    """A column that has an index of its own."""

    name: Sql
    index: Sql


_ISSUED = _Column(sql("issue_date"), sql("ix_invoice_issue_date"))
_DUE = _Column(sql("due_date"), sql("ix_invoice_due_date"))
_TOTAL = _Column(sql("total"), sql("ix_invoice_total"))
_ARRIVED = _Column(sql("arrived"), sql("ix_invoice_arrived"))
_AT_LEAST, _AT_MOST, _ABOVE, _BELOW = sql(">="), sql("<="), sql(">"), sql("<")


def build_conditions(filters: Filters) -> list[Condition]:
    """The conditions, to be joined by AND; seller and number are words and not among them."""
    spans = [
        (_ISSUED, _AT_LEAST, _iso(filters.date_from), _AT_MOST, _iso(filters.date_to)),
        (_DUE, _AT_LEAST, _iso(filters.due_from), _AT_MOST, _iso(filters.due_to)),
        (_TOTAL, _AT_LEAST, _units(filters.total_min), _AT_MOST, _units(filters.total_max)),
        (_TOTAL, _ABOVE, _units(filters.total_above), _BELOW, _units(filters.total_below)),
        (_ARRIVED, _AT_LEAST, None if filters.since is None else format_utc(filters.since), _AT_MOST, None),
    ]
    found = [_span(*span) for span in spans if span[2] is not None or span[4] is not None]
    if filters.status:
        among = sql("status IN ({values})", values=list_values(filters.status))
        found.append(Condition(among, sql("ix_invoice_status")))
    if filters.currency:
        found.append(Condition(sql("currency = ?", filters.currency.upper())))
    if filters.verified is not None:
        found.append(Condition(sql("verified = ?", int(filters.verified)), sql("ix_invoice_verified")))
    if filters.inbox:
        end = f"/{filters.inbox}"
        found.append(Condition(sql("(inbox = ? OR substr(inbox, -length(?)) = ?)", filters.inbox, end, end)))
    return found


def _span(column: _Column, above: Sql, low: Any, below: Sql, high: Any) -> Condition:
    """A range of one column as one condition, so that the index is asked for both ends."""
    sides = [
        sql("{column} {sign} ?", value, column=column.name, sign=sign)
        for sign, value in ((above, low), (below, high))
        if value is not None
    ]
    return Condition(join_conditions(sides), column.index)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _units(amount: Decimal | None) -> int | None:
    return None if amount is None else money_to_integer(amount)
