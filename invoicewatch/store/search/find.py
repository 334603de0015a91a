"""Find records by words and filters, best first, in bounded time.

A query is asked in tiers, from its strictest meaning (the words, one of them in seller or number) to its loosest (one
reading error away), until the page is full. Inside a tier the newest record comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import Sql, list_values, sql
from invoicewatch.store.index.vocabulary import is_mostly_digits
from invoicewatch.store.search.filters import Filters
from invoicewatch.store.search.match import Tier, make_tiers, match_filters, match_query
from invoicewatch.store.search.matches import find_matches
from invoicewatch.store.search.query_text import Query
from invoicewatch.store.search.scope import keep_matching, make_scope
from invoicewatch.store.search.snippet import Snippet, find_snippet
from invoicewatch.store.search.summary import SUMMARY_COLUMNS, Summary, make_summary

MAX_SORTED = 5_000

SortKey = Literal[
    "best", "newest", "oldest", "date", "earliest", "due", "latest", "total", "smallest", "seller", "seller-z"
]
_ORDERS: dict[SortKey, Sql] = {
    "best": sql("id DESC"),
    "newest": sql("id DESC"),
    "oldest": sql("id"),
    "date": sql("issue_date DESC, id DESC"),
    "earliest": sql("issue_date, id"),
    "due": sql("due_date, id DESC"),
    "latest": sql("due_date DESC, id DESC"),
    "total": sql("total DESC, id DESC"),
    "smallest": sql("total, id"),
    "seller": sql("seller_key, id DESC"),
    "seller-z": sql("seller_key DESC, id DESC"),
}
_BY_NUMBER = frozenset({"best", "newest", "oldest"})
# Ascending orders, in which records that lack the value come last: asked for apart, so that the index gives the order.
_LACKING: dict[SortKey, Sql] = {
    "earliest": sql("issue_date"),
    "due": sql("due_date"),
    "smallest": sql("total"),
    "seller": sql("seller_key"),
}
_ALL = sql("invoice")


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of the results to show: ``limit`` of them after the first ``offset``.

    A list by number (``newest``, ``oldest``) may go on ``beyond`` a number instead, however long it is.
    """

    limit: int = 25
    offset: int = 0
    sort: SortKey = "best"
    beyond: int | None = None

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
    """Some of the results; ``more`` says that further ones follow, ``complete`` that all matches were looked at."""

    hits: tuple[Hit, ...]
    more: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The numbers of the records in order, and the tier in which each was found."""

    ids: list[int]
    tiers: dict[int, Tier]
    complete: bool = True


def search(reader: Rows, query: Query, window: Window) -> Found:
    """Find records.

    Args:
        reader: The database.
        query: What to look for; without words it lists what passes the filters.
        window: Which part of the results.

    Raises:
        StoreError: The database is damaged.
    """
    fixed = match_filters(reader, query.filters)
    ranking = _rank(reader, query, fixed, window) if query.clauses else _list(reader, query.filters, fixed, window)
    ids = ranking.ids[window.offset : window.offset + window.limit]
    return Found(_read_hits(reader, ids, ranking.tiers), len(ranking.ids) >= window.end, ranking.complete)


def list_ids(reader: Rows, query: Query) -> list[int]:
    """The numbers of all records that a query finds, newest first, misread words left out: for export."""
    fixed = match_query(reader, query)
    scope = make_scope(reader, query.filters, with_ids=False)
    source = _ALL if scope.is_everything else scope.source
    where = keep_matching(scope.where, " AND ".join(fixed)) if fixed else scope.where
    rows = ask(reader, sql("SELECT id FROM {source} WHERE {where} ORDER BY id DESC", source=source, where=where))
    return [row["id"] for row in rows]


def _rank(reader: Rows, query: Query, fixed: Sequence[str], window: Window) -> _Ranking:
    """Ask tier after tier until the window is full; a sorted one needs all matches, as far as they are bounded."""
    scope = make_scope(reader, query.filters, with_ids=True)
    wanted = window.end if window.sort == "best" else MAX_SORTED
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
    if window.sort == "best":
        return _Ranking(list(tiers), tiers, complete)
    return _Ranking(_sort(reader, list(tiers), window), tiers, complete and len(tiers) < wanted)


def _sort(reader: Rows, ids: Sequence[int], window: Window) -> list[int]:
    return _walk_in_order(reader, sql("SELECT id FROM invoice WHERE id IN ({ids})", ids=list_values(ids)), window)


def _list(reader: Rows, filters: Filters, fixed: Sequence[str], window: Window) -> _Ranking:
    """What passes the filters, in order."""
    scope = make_scope(reader, filters, with_ids=False)
    source, where = scope.source, scope.where
    if fixed:
        where = keep_matching(where, " AND ".join(fixed))
    if scope.is_everything or fixed or (scope.is_unled and window.sort not in _BY_NUMBER):
        source = _ALL  # left to itself, SQLite walks along the index that gives the order
    elif scope.is_dense and window.sort in _BY_NUMBER:
        source = sql("invoice NOT INDEXED")
        where = sql("{where} AND id BETWEEN ? AND ?", scope.low, scope.high, where=where)
    if window.beyond is not None:
        sign = sql(">") if window.sort == "oldest" else sql("<")
        where = sql("{where} AND id {sign} ?", window.beyond, where=where, sign=sign)
    select = sql("SELECT id FROM {source} WHERE {where}", source=source, where=where)
    return _Ranking(_walk_in_order(reader, select, window), {})


def _walk_in_order(reader: Rows, select: Sql, window: Window) -> list[int]:
    column = _LACKING.get(window.sort)
    if column is None:
        return _take(reader, select, window, window.end)
    having = _take(reader, sql("{select} AND {column} IS NOT NULL", select=select, column=column), window, window.end)
    lacking = sql("{select} AND {column} IS NULL", select=select, column=column)
    return having + _take(reader, lacking, window, window.end - len(having))


def _take(reader: Rows, select: Sql, window: Window, limit: int) -> list[int]:
    query = sql("{select} ORDER BY {order} LIMIT ?", limit, select=select, order=_ORDERS[window.sort])
    return [row["id"] for row in ask(reader, query)]


def _read_hits(reader: Rows, ids: Sequence[int], tiers: dict[int, Tier]) -> tuple[Hit, ...]:
    query = sql(
        "SELECT {columns} FROM invoice WHERE id IN ({ids})",
        columns=SUMMARY_COLUMNS,
        ids=list_values(ids),
    )
    summaries = {row["id"]: make_summary(row) for row in ask(reader, query)}
    texts = _read_texts(reader, ids) if tiers else {}
    return tuple(_make_hit(summaries[number], texts.get(number, ""), tiers.get(number)) for number in ids)


def _make_hit(summary: Summary, text: str, tier: Tier | None) -> Hit:
    if tier is None:
        return Hit(summary, "filter", None)
    return Hit(summary, tier.name, find_snippet(summary, text, tier.words))


def _read_texts(reader: Rows, ids: Sequence[int]) -> dict[int, Any]:
    """The text as enhanced, then as read, then the goods of e-invoices: what only one of them holds is found too."""
    query = sql("SELECT invoice_id, raw, enhanced FROM text WHERE invoice_id IN ({ids})", ids=list_values(ids))
    rows = ask(reader, query)
    texts = {row["invoice_id"]: [row["enhanced"], row["raw"]] for row in rows}
    query = sql(
        "SELECT invoice_id, description FROM invoice_line"
        " WHERE invoice_id IN ({ids}) AND source = 'e-invoice' ORDER BY invoice_id, position",
        ids=list_values(ids),
    )
    for row in ask(reader, query):
        texts[row["invoice_id"]].append(row["description"])
    return {number: "\n".join(filter(None, parts)) for number, parts in texts.items()}
