"""Find records by words and filters, best first, in bounded time.

A query is asked in tiers, from its strictest meaning (the words, one of them in seller or number) to its loosest (one
reading error away), until the page is full. Inside a tier the newest record comes first. No tier looks at more than
``MAX_SCANNED`` matches: beyond that a word is so common that only the newest matter, and ``complete`` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from invoicewatch.store.filters import Filters, build_conditions
from invoicewatch.store.index_terms import Mark
from invoicewatch.store.match import Tier, make_tiers, match_head
from invoicewatch.store.query_text import Query
from invoicewatch.store.reader import Reader
from invoicewatch.store.snippet import Snippet, find_snippet
from invoicewatch.store.summary import SUMMARY_COLUMNS, Summary, make_summary
from invoicewatch.store.words import cut_words

MAX_SCANNED = 20_000
MAX_SORTED = 5_000

SortKey = Literal["best", "newest", "oldest", "date", "due", "total", "seller"]
_ORDERS: dict[str, str] = {
    "best": "id DESC",
    "newest": "id DESC",
    "oldest": "id",
    "date": "issue_date DESC, id DESC",
    "due": "due_date IS NULL, due_date, id DESC",
    "total": "total DESC, id DESC",
    "seller": "seller_key IS NULL, seller_key, id DESC",
}


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
    """A record that was found: in which tier, and the line that matches."""

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
class _Matches:
    rows: list[Any]
    tiers: dict[int, Tier]
    complete: bool


def search(reader: Reader, query: Query, page: Page) -> Found:
    """Find records.

    Args:
        reader: The database.
        query: What to look for; without words it lists what passes the filters.
        page: Which part of the results.

    Raises:
        StoreError: The database is damaged.
    """
    fixed = _match_filters(reader, query.filters)
    matches = _collect(reader, query, fixed, page) if query.clauses else _list(reader, query.filters, fixed, page)
    shown = matches.rows[page.offset : page.offset + page.limit]
    words = {row["id"]: matches.tiers[row["id"]].words for row in shown if row["id"] in matches.tiers}
    texts = _read_texts(reader, list(words))
    hits = tuple(
        Hit(
            summary := make_summary(row),
            matches.tiers[row["id"]].name if row["id"] in matches.tiers else "filter",
            find_snippet(summary, texts.get(row["id"], ""), words[row["id"]]) if row["id"] in words else None,
        )
        for row in shown
    )
    return Found(hits, more=len(matches.rows) > page.offset + page.limit, complete=matches.complete)


def _match_filters(reader: Reader, filters: Filters) -> list[str]:
    """Seller and number are words too: their expressions in the word index."""
    heads = ((Mark.SELLER, filters.seller), (Mark.NUMBER, filters.number))
    return [match_head(reader, mark, words) for mark, text in heads if (words := cut_words(text))]


def _collect(reader: Reader, query: Query, fixed: Sequence[str], page: Page) -> _Matches:
    """Ask tier after tier until the page is full; a sorted page needs all matches, as far as they are bounded."""
    wanted = page.end if page.sort == "best" else MAX_SORTED
    rows: list[Any] = []
    tiers: dict[int, Tier] = {}
    complete = True
    for tier in make_tiers(reader, query.clauses, fixed):
        found, scanned_all = _ask(reader, tier.expression, query.filters, wanted + len(tiers))
        complete = complete and scanned_all
        fresh = [row for row in found if row["id"] not in tiers]
        tiers |= {row["id"]: tier for row in fresh}
        rows += fresh
        if len(rows) >= wanted:
            break
    if page.sort != "best":
        complete = complete and len(rows) < wanted
        rows = _sort(reader, list(tiers), page)
    return _Matches(rows, tiers, complete)


def _ask(reader: Reader, expression: str, filters: Filters, limit: int) -> tuple[list[Any], bool]:
    """The newest matches that pass the filters; and whether every match was looked at, or as many as were asked for."""
    conditions, parameters = build_conditions(filters)
    # The inner query runs as a coroutine, newest first, and stops when the outer one has enough: the matches of a
    # common word are never all read. CROSS JOIN keeps this order of loops.
    rows = reader.rows(
        f"SELECT {SUMMARY_COLUMNS} FROM (SELECT rowid FROM word_index WHERE word_index MATCH ?"  # noqa: S608 - own text
        " ORDER BY rowid DESC LIMIT ?) AS hit CROSS JOIN invoice ON id = hit.rowid"
        f" WHERE {' AND '.join(conditions) or '1'} LIMIT ?",
        (expression, MAX_SCANNED, *parameters, limit),
    )
    if not conditions or len(rows) >= limit:
        return rows, True
    scanned = reader.rows(
        "SELECT count(*) FROM (SELECT 1 FROM word_index WHERE word_index MATCH ? LIMIT ?)", (expression, MAX_SCANNED)
    )
    return rows, scanned[0][0] < MAX_SCANNED


def _sort(reader: Reader, ids: list[int], page: Page) -> list[Any]:
    marks = ", ".join("?" * len(ids))
    return reader.rows(
        f"SELECT {SUMMARY_COLUMNS} FROM invoice WHERE id IN ({marks}) ORDER BY {_ORDERS[page.sort]} LIMIT ?",  # noqa: S608 - own text and question marks
        (*ids, page.end),
    )


def _list(reader: Reader, filters: Filters, fixed: Sequence[str], page: Page) -> _Matches:
    conditions, parameters = build_conditions(filters)
    if fixed:
        conditions.append("id IN (SELECT rowid FROM word_index WHERE word_index MATCH ?)")
        parameters.append(" AND ".join(fixed))
    rows = reader.rows(
        f"SELECT {SUMMARY_COLUMNS} FROM invoice WHERE {' AND '.join(conditions) or '1'}"  # noqa: S608 - own text
        f" ORDER BY {_ORDERS[page.sort]} LIMIT ?",
        (*parameters, page.end),
    )
    return _Matches(rows, {}, complete=True)


def _read_texts(reader: Reader, ids: list[int]) -> dict[int, str]:
    """The text as it was enhanced, then as it was read, so that what only one of them holds is found too."""
    marks = ", ".join("?" * len(ids))
    rows = reader.rows(f"SELECT invoice_id, raw, enhanced FROM text WHERE invoice_id IN ({marks})", ids)  # noqa: S608 - question marks
    return {row["invoice_id"]: "\n".join(filter(None, (row["enhanced"], row["raw"]))) for row in rows}
