"""Find records by words and filters, best first, in bounded time.

A query is asked in tiers, from its strictest meaning (the words, one of them in seller or number) to its loosest (one
reading error away), until the page is full. Inside a tier the newest record comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from invoicewatch.store.database.reader import Rows
from invoicewatch.store.index.vocabulary import is_mostly_digits
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.match import Tier, make_tiers, match_filters
from invoicewatch.store.search.matches import find_matches
from invoicewatch.store.search.query_text import Query
from invoicewatch.store.search.scope import make_scope
from invoicewatch.store.search.snippet import Snippet, find_snippet
from invoicewatch.store.search.summary import SUMMARY_COLUMNS, Summary, make_summary

MAX_SORTED = 5_000

SortKey = Literal["best", "newest", "oldest", "date", "due", "total", "seller"]
_ORDERS: dict[str, str] = {
    "best": "id DESC",
    "newest": "id DESC",
    "oldest": "id",
    "date": "issue_date DESC, id DESC",
    "due": "due_date, id DESC",
    "total": "total DESC, id DESC",
    "seller": "seller_key, id DESC",
}
# Ascending orders, in which records that lack the value come last: asked for apart, so that the index gives the order.
_LACKING = {"due": "due_date", "seller": "seller_key"}


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the results: ``limit`` of them after the first ``offset``."""

    limit: int = 25
    offset: int = 0
    sort: SortKey = "best"

    @property
    def end(self) -> int:
        """How many results must be known: one more than shown, to tell whether there are more."""
        return self.offset + self.limit + 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: in which tier (``filter`` without words), and the line that matches."""

    summary: Summary
    tier: str
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results; ``more`` says that further ones follow, ``complete`` that all matches were looked at."""

    hits: tuple[Hit, ...]
    more: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The numbers of the records in order, and the tier in which each was found."""

    ids: list[int]
    tiers: dict[int, Tier]
    complete: bool = True


def search(reader: Rows, query: Query, page: Page) -> Found:
    """Find records.

    Args:
        reader: The database.
        query: What to look for; without words it lists what passes the filters.
        page: Which part of the results.

    Raises:
        StoreError: The database is damaged.
    """
    fixed = match_filters(reader, query.filters)
    ranking = _rank(reader, query, fixed, page) if query.clauses else _list(reader, query.filters, fixed, page)
    ids = ranking.ids[page.offset : page.offset + page.limit]
    return Found(_read_hits(reader, ids, ranking.tiers), len(ranking.ids) >= page.end, ranking.complete)


def list_ids(reader: Rows, query: Query) -> list[int]:
    """The numbers of all records that a query finds, newest first, misread words left out: for export."""
    fixed = match_filters(reader, query.filters)
    scope = make_scope(reader, query.filters, with_ids=False)
    where, parameters = scope.where, [*scope.parameters]
    source = "invoice" if scope.is_everything else scope.source
    if query.clauses:
        # Each tier holds what the stricter ones hold.
        tiers = [tier for tier in make_tiers(reader, query.clauses, fixed) if tier.name != "misread"]
        fixed = [tiers[-1].expression]
    if fixed:
        where += " AND id IN (SELECT rowid FROM word_index WHERE word_index MATCH ?)"
        parameters.append(" AND ".join(fixed))
    rows = reader.rows(f"SELECT id FROM {source} WHERE {where} ORDER BY id DESC", parameters)  # noqa: S608 - own text
    return [row["id"] for row in rows]


def _rank(reader: Rows, query: Query, fixed: Sequence[str], page: Page) -> _Ranking:
    """Ask tier after tier until the page is full; a sorted page needs all matches, as far as they are bounded."""
    scope = make_scope(reader, query.filters, with_ids=True)
    wanted = page.end if page.sort == "best" else MAX_SORTED
    tiers: dict[int, Tier] = {}
    complete = True
    for tier in make_tiers(reader, query.clauses, fixed):
        found = find_matches(reader, tier.expression, scope, wanted, tiers.keys())
        tiers |= dict.fromkeys(found.ids, tier)
        complete = complete and found.complete
        if len(tiers) >= wanted or (scope.ids is not None and len(tiers) == len(scope.ids)):
            break
        # A number that was found is found: its neighbours are other numbers.
        if tier.name == "word" and tiers and all(is_mostly_digits("".join(c.words)) for c in query.clauses):
            break
    if page.sort == "best":
        return _Ranking(list(tiers), tiers, complete)
    return _Ranking(_sort(reader, list(tiers), page), tiers, complete and len(tiers) < wanted)


def _sort(reader: Rows, ids: Sequence[int], page: Page) -> list[int]:
    marks = ", ".join("?" * len(ids))
    select = f"SELECT id FROM invoice WHERE id IN ({marks})"  # noqa: S608 - own text and question marks
    return _walk_in_order(reader, select, ids, page)


def _list(reader: Rows, filters: Filters, fixed: Sequence[str], page: Page) -> _Ranking:
    """What passes the filters, in order."""
    scope = make_scope(reader, filters, with_ids=False)
    where, parameters = scope.where, [*scope.parameters]
    in_order_of_number = _ORDERS[page.sort] in {"id", "id DESC"}
    source = scope.source
    if scope.is_everything or fixed or (scope.is_unled and not in_order_of_number):
        source = "invoice"  # left to itself, SQLite walks along the index that gives the order
    elif scope.is_dense and in_order_of_number:
        source = "invoice NOT INDEXED"
        where += " AND id BETWEEN ? AND ?"
        parameters += [scope.low, scope.high]
    if fixed:
        where += " AND id IN (SELECT rowid FROM word_index WHERE word_index MATCH ?)"
        parameters.append(" AND ".join(fixed))
    ids = _walk_in_order(reader, f"SELECT id FROM {source} WHERE {where}", parameters, page)  # noqa: S608 - own text
    return _Ranking(ids, {})


def _walk_in_order(reader: Rows, select: str, parameters: Sequence[Any], page: Page) -> list[int]:
    column = _LACKING.get(page.sort)
    if column is None:
        rows = reader.rows(f"{select} ORDER BY {_ORDERS[page.sort]} LIMIT ?", (*parameters, page.end))
        return [row["id"] for row in rows]
    ids: list[int] = []
    for some in (f"{column} IS NOT NULL", f"{column} IS NULL"):
        sql = f"{select} AND {some} ORDER BY {_ORDERS[page.sort]} LIMIT ?"
        ids += [row["id"] for row in reader.rows(sql, (*parameters, page.end - len(ids)))]
    return ids


def _read_hits(reader: Rows, ids: Sequence[int], tiers: dict[int, Tier]) -> tuple[Hit, ...]:
    marks = ", ".join("?" * len(ids))
    rows = reader.rows(f"SELECT {SUMMARY_COLUMNS} FROM invoice WHERE id IN ({marks})", ids)  # noqa: S608 - own text and question marks
    summaries = {row["id"]: make_summary(row) for row in rows}
    texts = _read_texts(reader, ids) if tiers else {}
    return tuple(_make_hit(summaries[number], texts.get(number, ""), tiers.get(number)) for number in ids)


def _make_hit(summary: Summary, text: str, tier: Tier | None) -> Hit:
    if tier is None:
        return Hit(summary, "filter", None)
    return Hit(summary, tier.name, find_snippet(summary, text, tier.words))


def _read_texts(reader: Rows, ids: Sequence[int]) -> dict[int, Any]:
    """The text as it was enhanced, then as it was read, so that what only one of them holds is found too."""
    marks = ", ".join("?" * len(ids))
    rows = reader.rows(f"SELECT invoice_id, raw, enhanced FROM text WHERE invoice_id IN ({marks})", ids)  # noqa: S608 - question marks
    return {row["invoice_id"]: "\n".join(filter(None, (row["enhanced"], row["raw"]))) for row in rows}
