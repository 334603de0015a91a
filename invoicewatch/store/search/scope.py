"""What filters leave of all records, and the cheapest way to walk through it.

SQLite keeps no histograms, so it cannot tell a day from a decade. Here every filter that has an index is counted, as
far as is cheap, and the one that leaves least leads.
"""

from __future__ import annotations

from dataclasses import dataclass

from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import Sql, join_conditions, sql
from invoicewatch.store.search.filters import Condition, Filters, build_conditions

MAX_LED = 120_000
MAX_IDS = 5_000
_DENSE = 4
_NO_BOUND = 2**62


@dataclass(frozen=True, slots=True)
class Scope:
    """The records that pass the filters.

    ``source`` is what to select them from, ``where`` the condition. ``ids`` are their numbers,
    newest first, where they are at most MAX_IDS; None where they are more. None has a number below ``low`` or above
    ``high``: papers come more or less in the order of their dates, so a span of dates is a span of numbers.
    ``is_dense`` says that much of what lies between passes: whoever wants the newest had better walk there.
    """

    source: Sql
    where: Sql
    ids: tuple[int, ...] | None
    low: int = 0
    high: int = _NO_BOUND
    is_dense: bool = False

    @property
    def is_unled(self) -> bool:
        """Whether no index leads: each leaves too much."""
        return self.ids is None and self.high == _NO_BOUND

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.where.parameters


def make_scope(reader: Rows, filters: Filters, *, with_ids: bool) -> Scope:
    """Look at the filters and choose the index that leads.

    Args:
        reader: The database.
        filters: What is asked for.
        with_ids: Whether the numbers are worth having: to meet them with the matches of words.
    """
    conditions = build_conditions(filters)
    where = join_conditions(condition.where for condition in conditions)
    walks = [walk for condition in conditions if (walk := _walk(reader, condition)) is not None]
    if not walks:
        return Scope(sql("invoice NOT INDEXED"), where, None)
    leader = min(walks, key=lambda walk: walk.count)
    source = sql("invoice INDEXED BY {index}", index=leader.index)
    ids = None
    if with_ids and leader.count <= MAX_IDS:
        newest = sql("SELECT id FROM {source} WHERE {where} ORDER BY id DESC", source=source, where=where)
        ids = tuple(row["id"] for row in ask(reader, newest))
    low, high = max(walk.low for walk in walks), min(walk.high for walk in walks)
    return Scope(source, where, ids, low, high, is_dense=high - low < _DENSE * leader.count)


def keep_matching(where: Sql, expression: str) -> Sql:
    """The condition that also asks for a match of FTS5's ``expression``."""
    return sql(
        "{where} AND id IN (SELECT rowid FROM word_index WHERE word_index MATCH ?)",
        expression,
        where=where,
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    index: Sql
    count: int
    low: int
    high: int


def _walk(reader: Rows, condition: Condition) -> _Walk | None:
    """How much a condition leaves, and between which numbers; None if it has no index, or leaves too much to count."""
    if condition.index is None:
        return None
    entries = sql(
        "SELECT id FROM invoice INDEXED BY {index} WHERE {where} LIMIT ?",
        MAX_LED + 1,
        index=condition.index,
        where=condition.where,
    )
    row = ask(reader, sql("SELECT count(*) AS n, min(id) AS low, max(id) AS high FROM ({entries})", entries=entries))[0]
    return _Walk(condition.index, row["n"], row["low"] or 0, row["high"] or 0) if row["n"] <= MAX_LED else None
