"""What filters leave of all records, and the cheapest way to walk through it.

SQLite keeps no histograms, so it cannot tell a day from a decade. Here every filter that has an index is counted, as
far as is cheap, and the one that leaves least leads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from invoicewatch.store.database.reader import Rows
from invoicewatch.store.search.filters import Condition, Filters, build_conditions

MAX_LED = 120_000
MAX_IDS = 5_000
_DENSE = 4
_NO_BOUND = 2**62


@dataclass(frozen=True, slots=True)
class Scope:
    """The records that pass the filters.

    ``source`` is what to select them from, ``where`` the condition with its ``parameters``. ``ids`` are their numbers,
    newest first, where they are at most MAX_IDS; None where they are more. None has a number below ``low`` or above
    ``high``: papers come more or less in the order of their dates, so a span of dates is a span of numbers.
    ``is_dense`` says that much of what lies between passes: whoever wants the newest had better walk there.
    """

    source: str
    where: str
    parameters: tuple[Any, ...]
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
        return not self.parameters


def make_scope(reader: Rows, filters: Filters, *, with_ids: bool) -> Scope:
    """Look at the filters and choose the index that leads.

    Args:
        reader: The database.
        filters: What is asked for.
        with_ids: Whether the numbers are worth having: to meet them with the matches of words.
    """
    conditions = build_conditions(filters)
    where = " AND ".join(condition.sql for condition in conditions) or "1"
    parameters = tuple(value for condition in conditions for value in condition.parameters)
    walks = [walk for condition in conditions if (walk := _walk(reader, condition)) is not None]
    if not walks:
        return Scope("invoice NOT INDEXED", where, parameters, None)
    leader = min(walks, key=lambda walk: walk.count)
    source = f"invoice INDEXED BY {leader.index_name}"
    ids = None
    if with_ids and leader.count <= MAX_IDS:
        sql = f"SELECT id FROM {source} WHERE {where} ORDER BY id DESC"  # noqa: S608 - own text
        ids = tuple(row["id"] for row in reader.rows(sql, parameters))
    low, high = max(walk.low for walk in walks), min(walk.high for walk in walks)
    return Scope(source, where, parameters, ids, low, high, is_dense=high - low < _DENSE * leader.count)


@dataclass(frozen=True, slots=True)
class _Walk:
    index_name: str
    count: int
    low: int
    high: int


def _walk(reader: Rows, condition: Condition) -> _Walk | None:
    """How much a condition leaves, and between which numbers; None if it has no index, or leaves too much to count."""
    if not condition.index_name:
        return None
    entries = f"SELECT id FROM invoice INDEXED BY {condition.index_name} WHERE {condition.sql} LIMIT ?"  # noqa: S608 - own text
    sql = f"SELECT count(*) AS n, min(id) AS low, max(id) AS high FROM ({entries})"  # noqa: S608 - own text
    row = reader.rows(sql, (*condition.parameters, MAX_LED + 1))[0]
    return _Walk(condition.index_name, row["n"], row["low"] or 0, row["high"] or 0) if row["n"] <= MAX_LED else None
