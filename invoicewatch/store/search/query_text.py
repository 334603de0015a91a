"""Read what a person typed into the search: words, "phrases", and filters such as ``total:>500``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import reduce

from invoicewatch.errors import ConfigError
from invoicewatch.records import Status
from invoicewatch.store.index.words import cut_words
from invoicewatch.store.search.filters import Filters

_PART = re.compile(r'(?:(\w+):)?(?:"([^"]*)"?|(\S+))')
_AGE = re.compile(r"(\d{1,5})([dwmy])")
_YEAR_OR_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2}))?")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_STATUS = {"review": Status.NEEDS_REVIEW, "ok": Status.ACCEPTED} | {str(s): s for s in Status}


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that must stand together, in this order; ``exact`` where the person put them in quotation marks."""

    words: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a query as it was typed: a filter, or words where ``key`` is empty."""

    typed: str
    key: str
    value: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: every clause, within the filters."""

    clauses: tuple[Clause, ...]
    filters: Filters


class QueryError(ConfigError):
    """A filter in the query that cannot be understood."""

    default_code = "query"


def parse_query(text: str, today: date) -> Query:
    """Read a query; whatever is no filter is words, so that no text is ever an error by itself.

    >>> query = parse_query('acme "total due" total:>500 date:2024-03', date(2024, 5, 1))
    >>> [(clause.words, clause.exact) for clause in query.clauses]
    [(('acme',), False), (('total', 'due'), True)]
    >>> query.filters.date_from, query.filters.date_to
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 31))

    Args:
        text: As typed.
        today: What ``due:<30d`` and ``since:7d`` count from.

    Raises:
        QueryError: A filter whose value means nothing (``total:>abc``).
    """
    clauses: list[Clause] = []
    filters: list[Filters] = []
    for part in split_query(text):
        if part.key:
            filters.append(_read_filter(_READERS[part.key], part.typed, part.value, today))
        elif words := cut_words(part.value):
            clauses.append(Clause(tuple(words), exact=part.quoted))
    return Query(tuple(clauses), reduce(Filters.merged, filters, Filters()))


def split_query(text: str) -> list[Part]:
    """The parts of a query, in order; what stands before a colon and is no filter's name is words.

    >>> [(part.key, part.value) for part in split_query('acme seller:"b c" Ref:7')]
    [('', 'acme'), ('seller', 'b c'), ('', 'Ref:7')]
    """
    parts = []
    for match in _PART.finditer(text):
        key, quoted, bare = match.groups()
        value = quoted if quoted is not None else bare
        known = (key or "").lower() in _READERS
        words = match.group() if key and not known else value
        parts.append(Part(match.group(), key.lower() if known else "", words, quoted is not None))
    return parts


def _read_filter(reader: Callable[[str, date], Filters], typed: str, value: str, today: date) -> Filters:
    try:
        return reader(value, today)
    except (ValueError, InvalidOperation, OverflowError) as exc:
        remedy = "Examples: total:>500 date:2024-01..2024-03 due:<30d since:7d status:review verified:no"
        raise QueryError(f"cannot understand {typed!r}", remedy=remedy) from exc


def parse_day(text: str, today: date, *, last: bool = False) -> date:
    """A day: ``2024-03-05``, the first (or last) day of ``2024-03`` or ``2024``, ``today``, or ``30d`` ago.

    >>> today = date(2024, 5, 1)
    >>> [parse_day(text, today).isoformat() for text in ("2024-02", "30d")], parse_day("2024-02", today, last=True)
    (['2024-02-01', '2024-04-01'], datetime.date(2024, 2, 29))
    """
    if text == "today":
        return today
    age = _AGE.fullmatch(text)
    if age:
        return today - timedelta(days=int(age[1]) * _DAYS[age[2]])
    span = _YEAR_OR_MONTH.fullmatch(text)
    if span is None:
        return date.fromisoformat(text)
    year, month = int(span[1]), int(span[2] or (12 if last else 1))
    return date(year, month, monthrange(year, month)[1] if last else 1)


def parse_amount(text: str) -> Decimal:
    """An amount with a point or a comma before its cents, and no other signs in it. Raises InvalidOperation."""
    amount = Decimal(text.replace(",", "."))
    if not amount.is_finite():
        raise InvalidOperation(text)
    return amount


def parse_status(text: str) -> str:
    """A status by its name or its short form. Raises ValueError."""
    name = text.lower().replace("-", "_")
    if name not in _STATUS:
        raise ValueError(text)
    return str(_STATUS[name])


def parse_since(text: str, today: date) -> datetime:
    """The first moment (UTC) of a day, written as for :func:`parse_day`."""
    return datetime.combine(parse_day(text, today), time(), UTC)


def _read_total(text: str, _today: date) -> Filters:
    low, dots, high = text.partition("..")
    if dots:
        return Filters(
            total_min=parse_amount(low) if low else None,
            total_max=parse_amount(high) if high else None,
        )
    if text.startswith(">="):
        return Filters(total_min=parse_amount(text[2:]))
    if text.startswith("<="):
        return Filters(total_max=parse_amount(text[2:]))
    if text.startswith(">"):
        return Filters(total_above=parse_amount(text[1:]))
    if text.startswith("<"):
        return Filters(total_below=parse_amount(text[1:]))
    amount = parse_amount(text)
    return Filters(total_min=amount, total_max=amount)


def _read_span(text: str, parse: Callable[..., date]) -> tuple[date | None, date | None]:
    low, dots, high = text.partition("..")
    if dots:
        return (parse(low) if low else None), (parse(high, last=True) if high else None)
    if text.startswith(">="):
        return parse(text[2:]), None
    if text.startswith("<="):
        return None, parse(text[2:], last=True)
    if text.startswith(">"):
        return parse(text[1:], last=True) + timedelta(days=1), None
    if text.startswith("<"):
        return None, parse(text[1:]) - timedelta(days=1)
    return parse(text), parse(text, last=True)


def _read_date(text: str, today: date) -> Filters:
    low, high = _read_span(text, lambda day, last=False: parse_day(day, today, last=last))
    return Filters(date_from=low, date_to=high)


def _read_due(text: str, today: date) -> Filters:
    """``due:<30d`` looks ahead, unlike an issue date; ``due:overdue`` is due before today."""
    if text == "overdue":
        return Filters(due_to=today - timedelta(days=1))

    def parse(day: str, *, last: bool = False) -> date:
        age = _AGE.fullmatch(day)
        return today + timedelta(days=int(age[1]) * _DAYS[age[2]]) if age else parse_day(day, today, last=last)

    low, high = _read_span(text, parse)
    return Filters(due_from=low, due_to=high)


def _read_since(text: str, today: date) -> Filters:
    return Filters(since=parse_since(text, today))


def _read_truth(text: str) -> bool:
    if text.lower() in {"yes", "true", "1"}:
        return True
    if text.lower() in {"no", "false", "0"}:
        return False
    raise ValueError(text)


_READERS: dict[str, Callable[[str, date], Filters]] = {
    "total": _read_total,
    "date": _read_date,
    "due": _read_due,
    "since": _read_since,
    "verified": lambda text, _today: Filters(verified=_read_truth(text)),
    "status": lambda text, _today: Filters(status=tuple(parse_status(part) for part in text.split(","))),
    "seller": lambda text, _today: Filters(seller=text),
    "number": lambda text, _today: Filters(number=text),
    "currency": lambda text, _today: Filters(currency=text),
    "inbox": lambda text, _today: Filters(inbox=text),
}
