"""What filters leave of all records, and the cheapest way to walk through it.

SQLite keeps no histograms, so it cannot tell a day from a decade. Here every filter that has an index is counted, as
far as is cheap, and the one that leaves least leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from invoicewatch.store.filters import Condition, Filters, build_conditions
from invoicewatch.store.reader import Rows

MAX_LED = 50_000
MAX_IDS = 5_000


@dataclass(frozen=True, slots=True)
class Scope:
    """The records that pass the filters.

    ``source`` is what to select them from, ``where`` the condition with its ``parameters``. ``ids`` are their numbers,
    newest first, where they are at most MAX_IDS; None where they are more.
    """

    source: str
    where: str
    parameters: tuple[Any, ...]
    ids: tuple[int, ...] | None

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
    leader, count = _choose_leader(reader, conditions)
    source = f"invoice INDEXED BY {leader}" if leader else "invoice NOT INDEXED"
    ids = None
    if with_ids and leader and count <= MAX_IDS:
        sql = f"SELECT id FROM {source} WHERE {where} ORDER BY id DESC"  # noqa: S608 - own text
        ids = tuple(row["id"] for row in reader.rows(sql, parameters))
    return Scope(source, where, parameters, ids)


def _choose_leader(reader: Rows, conditions: Sequence[Condition]) -> tuple[str, int]:
    """The index that leaves least and how much, or no index where each leaves more than is cheap to walk."""
    best, least = "", MAX_LED
    for condition in conditions:
        if not condition.index_name:
            continue
        sql = f"SELECT count(*) AS n FROM (SELECT 1 FROM invoice INDEXED BY {condition.index_name} WHERE "  # noqa: S608 - own text
        count = reader.rows(f"{sql}{condition.sql} LIMIT ?)", (*condition.parameters, least + 1))[0]["n"]
        if count <= least:
            best, least = condition.index_name, count
    return best, least
