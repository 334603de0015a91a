"""What ``status`` wants to know of the ledger; read-only, and the standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from invoicewatch.store.database.reader import Reader, ask
from invoicewatch.store.database.sql import sql

_ON_ITS_WAY = sql("state IN ('seen', 'settled', 'claimed', 'working', 'waiting')")
_UNFILED = sql("state IN ('recorded', 'duplicate', 'set_aside') AND filed_s IS NULL")


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that is not done: since when it is known, its state, and what it waits for."""

    name: str
    state: str
    seen_s: float
    next_s: float
    why: str


@dataclass(frozen=True, slots=True)
class LastError:
    """The latest failure: which file, when, and what went wrong."""

    name: str
    when_s: float
    message: str
    remedy: str


def count_states(reader: Reader) -> dict[str, int]:
    """How many files are in each state; states without files are left out."""
    return {row[0]: row[1] for row in reader.rows("SELECT state, count(*) FROM file GROUP BY state")}


def count_recorded_since(reader: Reader, since_s: float) -> int:
    """How many files were recorded and filed since then (Unix seconds)."""
    query = "SELECT count(*) FROM file WHERE state IN ('recorded', 'filed') AND since_s >= ?"
    return int(reader.rows(query, (since_s,))[0][0])


def find_oldest_waiting(reader: Reader) -> WaitingFile | None:
    """The file that has been on its way for longest."""
    query = sql(
        "SELECT name, state, seen_s, next_s, error_message FROM file"
        " WHERE {on_its_way} OR ({unfiled}) ORDER BY seen_s, id LIMIT 1",
        on_its_way=_ON_ITS_WAY,
        unfiled=_UNFILED,
    )
    rows = ask(reader, query)
    return WaitingFile(*rows[0]) if rows else None


def find_last_error(reader: Reader) -> LastError | None:
    """The latest failure that still stands."""
    rows = reader.rows(
        "SELECT name, since_s, error_message, error_remedy FROM file "
        "WHERE state IN ('waiting', 'set_aside', 'seen') AND error_message <> '' ORDER BY since_s DESC LIMIT 1"
    )
    return LastError(*rows[0]) if rows else None


def list_counts_by_inbox(reader: Reader) -> dict[str, dict[str, Any]]:
    """The backlog of each inbox by state."""
    counts: dict[str, dict[str, Any]] = {}
    query = sql("SELECT inbox, state, count(*) FROM file WHERE {waiting} GROUP BY inbox, state", waiting=_ON_ITS_WAY)
    for inbox, state, count in ask(reader, query):
        counts.setdefault(inbox, {})[state] = count
    return counts
