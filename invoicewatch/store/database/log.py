"""The log read back, newest first, with the values that are still there; the standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import join_conditions, sql
from invoicewatch.store.database.times import parse_utc


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry; ``deed.Change`` says what its parts mean.

    ``erased`` says that it had a value which is gone: its record was forgotten.
    """

    number: int
    when: datetime
    who: str
    what: str
    invoice_id: int | None
    sha256: str
    part: int
    subject: str
    field: str
    before: str | None
    after: str | None
    erased: bool
    hash: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of one person and their tokens, of one record, older than one; empty and None mean any.

    A number may be given out again once its record is erased; ``sha256`` and ``part`` tell the two apart. What was done
    before there was a record (its file was handed in) counts for each ``part``.
    """

    who: str = ""
    invoice_id: int | None = None
    sha256: str = ""
    part: int | None = None
    below: int | None = None


def read_entries(reader: Rows, wanted: Wanted, limit: int) -> list[LogEntry]:
    """At most ``limit`` entries, newest first."""
    conditions = []
    if wanted.who:
        # "anna (token till)": no name holds a bracket
        mine = sql("(e.who = ? OR (e.who > ? AND e.who < ?))", wanted.who, f"{wanted.who} (", f"{wanted.who} )")
        conditions.append(mine)
    if wanted.invoice_id is not None:
        conditions.append(sql("e.invoice_id = ?", wanted.invoice_id))
    if wanted.sha256:
        conditions.append(sql("e.sha256 = ?", wanted.sha256))
    if wanted.part is not None:
        conditions.append(sql("(e.part = ? OR e.invoice_id IS NULL)", wanted.part))
    if wanted.below is not None:
        conditions.append(sql("e.number < ?", wanted.below))
    query = sql(
        "SELECT e.*, b.value AS before_value, a.value AS after_value FROM log_entry e"
        " LEFT JOIN log_value b ON b.number = e.number AND b.side = 'before'"
        " LEFT JOIN log_value a ON a.number = e.number AND a.side = 'after'"
        " WHERE {where} ORDER BY e.number DESC LIMIT ?",
        limit,
        where=join_conditions(conditions),
    )
    return [_make_entry(row) for row in ask(reader, query)]


def _make_entry(row: Any) -> LogEntry:
    values = {side: row[f"{side}_value"] for side in ("before", "after")}
    plain = {name: row[name] for name in ("number", "who", "what", "invoice_id", "sha256", "part", "subject", "field")}
    erased = any(row[side] is not None and value is None for side, value in values.items())
    return LogEntry(**plain, **values, when=parse_utc(row["at"]), erased=erased, hash=row["hash"])
