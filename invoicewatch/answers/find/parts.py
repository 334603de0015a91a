"""A query as the parts that were typed: what each is, what stands without it, and filters chosen in a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from invoicewatch.store.search.query_text import QueryError, parse_query, split_query


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter of a query: its name, as it was typed, the query without it, and why it means nothing, if it does."""

    key: str
    typed: str
    without: str
    wrong: str = ""


def list_chips(text: str, today: date) -> list[Chip]:
    """The filters of a query, in order; words are none."""
    parts = split_query(text)
    found = []
    for place, part in enumerate(parts):
        if part.key:
            without = " ".join(other.typed for other in parts[:place] + parts[place + 1 :])
            found.append(Chip(part.key, part.typed, without, _find_fault(part.typed, today)))
    return found


def put_filters(text: str, chosen: Mapping[str, str]) -> str:
    """The query with these filters, each instead of those of its name; an empty one is passed over.

    >>> put_filters("acme date:2024 total:>5", {"date": "2024-03..", "seller": "b c", "status": ""})
    'acme total:>5 date:2024-03.. seller:"b c"'
    """
    wanted = {key: value.replace('"', " ").strip() for key, value in chosen.items() if value.strip(' "')}
    kept = [part.typed for part in split_query(text) if part.key not in wanted]
    added = [f'{key}:"{value}"' if len(value.split()) > 1 else f"{key}:{value}" for key, value in wanted.items()]
    return " ".join(kept + added)


def drop_filters(text: str, key: str) -> str:
    """The query without the filters of a name."""
    return " ".join(part.typed for part in split_query(text) if part.key != key)


def write_span(low: str, high: str) -> str:
    """A span as queries are typed; nothing where neither end is given.

    >>> write_span("5", ""), write_span("", "9"), write_span(" ", "")
    ('5..', '..9', '')
    """
    low, high = low.strip(), high.strip()
    return f"{low}..{high}" if low or high else ""


def _find_fault(typed: str, today: date) -> str:
    try:
        parse_query(typed, today)
    except QueryError as exc:
        return exc.message
    return ""
