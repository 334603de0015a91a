"""What ``status`` wants to know of the ledger; read-only, and the standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from invoicewatch.store.database.reader import Reader, ask
from invoicewatch.store.database.sql import list_values, sql

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


@dataclass(frozen=True, slots=True)
class FollowedFile:
    """A file as whoever waits for it sees it. Times are Unix seconds; ``first_record`` is that of the same bytes."""

    id: int
    inbox: str
    name: str
    state: str
    seen_s: float
    since_s: float
    next_s: float
    attempts: int
    invoice_id: int | None
    first_record: int | None
    error_code: str
    error_message: str
    error_remedy: str


_NEWEST = sql("SELECT id FROM file ORDER BY id DESC LIMIT ?", 500)
_IN_HAND = sql("SELECT id FROM file WHERE state IN ('claimed', 'working') LIMIT ?", 100)
_NEXT = tuple(
    sql("SELECT id FROM file WHERE state = ? ORDER BY next_s LIMIT ?", state, 50)
    for state in ("seen", "settled", "waiting")
)
_FAILED = sql("SELECT id FROM file WHERE state = 'set_aside' ORDER BY id DESC LIMIT ?", 100)


def list_followed(reader: Reader) -> list[FollowedFile]:
    """What came last, what is on its way (the next of each kind), and what failed; in the order of their arrival."""
    queries = [_NEWEST, _IN_HAND, *_NEXT, _FAILED]
    chosen = sorted({row[0] for query in queries for row in ask(reader, query)})
    rows = ask(
        reader,
        sql(
            "SELECT file.id, file.inbox, file.name, file.state, file.seen_s, file.since_s, file.next_s, file.attempts,"
            " file.invoice_id, first.invoice_id, file.error_code, file.error_message, file.error_remedy"
            " FROM file LEFT JOIN file AS first ON first.id = file.duplicate_of"
            " WHERE file.id IN ({chosen}) ORDER BY file.id",
            chosen=list_values(chosen),
        ),
    )
    return [FollowedFile(*row) for row in rows]


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


def list_paths_in(reader: Reader) -> set[bytes]:
    """The paths of all files that should still lie in an inbox."""
    return {row[0] for row in reader.rows("SELECT path FROM file WHERE in_inbox = 1")}


def find_newest(reader: Reader) -> int:
    """The number of the file that was seen last; 0 if none ever was."""
    return int(reader.rows("SELECT coalesce(max(id), 0) FROM file")[0][0])
