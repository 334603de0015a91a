"""What a person types to narrow a search down, one text a filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import InvalidOperation
from typing import TypeVar

from invoicewatch.errors import ConfigError
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.query_text import Query, parse_amount, parse_day, parse_query, parse_since, parse_status

T = TypeVar("T")


class FilterError(ConfigError):
    """A filter that cannot be understood; ``name`` is the one of :class:`Typed`."""

    default_code = "filter"

    def __init__(self, message: str, *, name: str = "", remedy: str = "", code: str | None = None) -> None:
        super().__init__(message, remedy=remedy, code=code)
        self.name = name


@dataclass(frozen=True, slots=True)
class Typed:
    """The filters as typed; an empty text narrows nothing. Dates may be short (``2024-03``) or an age (``30d``)."""

    date_from: str = ""
    date_to: str = ""
    minimum: str = ""
    maximum: str = ""
    currency: str = ""
    seller: str = ""
    status: tuple[str, ...] = ()
    verified: bool | None = None
    inbox: str = ""
    since: str = ""


def parse_filters(typed: Typed, today: date) -> Filters:
    """The filters that are meant; ages count from ``today``. Raises FilterError, which names the filter."""
    return Filters(
        date_from=_parse("date_from", typed.date_from, lambda text: parse_day(text, today)),
        date_to=_parse("date_to", typed.date_to, lambda text: parse_day(text, today, last=True)),
        total_min=_parse("minimum", typed.minimum, parse_amount),
        total_max=_parse("maximum", typed.maximum, parse_amount),
        since=_parse("since", typed.since, lambda text: parse_since(text, today)),
        currency=typed.currency,
        seller=typed.seller,
        status=tuple(filter(None, (_parse("status", each, parse_status) for each in typed.status))),
        verified=typed.verified,
        inbox=typed.inbox,
    )


def make_query(text: str, filters: Filters, today: date) -> Query:
    """A search text, narrowed down further by filters that stand beside it. Raises QueryError."""
    query = parse_query(text, today)
    return replace(query, filters=query.filters.merged(filters))


def today_here() -> date:
    """Today, where the person is."""
    return datetime.now().astimezone().date()


def _parse(name: str, text: str, parse: Callable[[str], T]) -> T | None:
    if not text:
        return None
    try:
        return parse(text)
    except (ValueError, InvalidOperation, OverflowError) as exc:
        raise FilterError(f"cannot understand {text!r}", name=name) from exc
