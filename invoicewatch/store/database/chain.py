"""The log's chain: how an entry is hashed and added, and whether all entries still hold together.

The hash of an entry is the SHA-256 of its columns as a JSON array, the hash of the entry before among them, so nothing
can be changed, taken out or put elsewhere without all later hashes changing. Of values it holds the HMAC-SHA-256 by a
random salt; salt and value lie in ``log_value``. Once those are erased nobody can find the value out by trying, and the
chain holds as before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from invoicewatch.records.as_json import make_encodable
from invoicewatch.store.database.deed import Change, Doer
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.database.times import format_utc

if TYPE_CHECKING:
    from sqlmodel import Session

_COLUMNS = (
    "number", "at", "who", "what", "invoice_id", "sha256", "part", "subject", "field", "before", "after", "previous",
)  # fmt: skip
_INSERT = "INSERT INTO log_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
# SQLite remembers the highest number that was ever given out.
_HIGHEST = "SELECT seq FROM sqlite_sequence WHERE name = 'log_entry'"
_SALT_BYTES = 16
_AT_ONCE = 5_000
_LOWEST = -(2**63)


def write_down(session: Session, changes: Iterable[Change], doer: Doer) -> None:
    """Add an entry for each change, in the caller's transaction, which holds the write lock."""
    rows = SessionRows.open(session)
    connection = session.connection()
    number, previous = find_head(rows)
    # What was taken away at the end leaves a gap, instead of its numbers for what comes next.
    number = max([number, *(row["seq"] for row in rows.rows(_HIGHEST))])
    for change in changes:
        number += 1
        sides = {
            side: (secrets.token_bytes(_SALT_BYTES), make_encodable(text))
            for side, text in (("before", change.before), ("after", change.after))
            if text is not None
        }
        hashes = {side: hash_value(*kept) for side, kept in sides.items()}
        entry = {
            **{name: getattr(change, name) for name in ("invoice_id", "sha256", "part", "field")},
            "number": number,
            "at": format_utc(doer.when),
            "who": make_encodable(doer.who),
            "what": str(change.what),
            "subject": make_encodable(change.subject),
            "before": hashes.get("before"),
            "after": hashes.get("after"),
            "previous": previous,
        }
        previous = hash_entry(entry)
        connection.exec_driver_sql(_INSERT, (*(entry[name] for name in _COLUMNS), previous))
        for side, (salt, text) in sides.items():
            connection.exec_driver_sql("INSERT INTO log_value VALUES (?, ?, ?, ?)", (number, side, salt, text))


def find_head(reader: Rows) -> tuple[int, str]:
    """Number and hash of the latest entry; 0 and an empty text where there is none."""
    rows = reader.rows("SELECT number, hash FROM log_entry ORDER BY number DESC LIMIT 1")
    return (rows[0]["number"], rows[0]["hash"]) if rows else (0, "")


def erase_values(session: Session, sha256: str, part: int | None = None) -> None:
    """Erase the values of all entries about a file, or about one part of it; the entries stay."""
    session.connection().exec_driver_sql(
        "DELETE FROM log_value WHERE number IN"
        " (SELECT number FROM log_entry WHERE sha256 = ? AND (? IS NULL OR part = ?))",
        (sha256, part, part),
    )


def hash_value(salt: bytes, value: str) -> str:
    """What an entry holds of a value."""
    return hmac.new(salt, value.encode(), "sha256").hexdigest()


def hash_entry(entry: Any) -> str:
    """The hash of an entry, given by the names of its columns."""
    return hashlib.sha256(json.dumps([entry[name] for name in _COLUMNS]).encode()).hexdigest()


def check_chain(reader: Rows) -> Iterator[str]:
    """What is wrong with the log, for people: entries that are missing or changed, values that are not theirs."""
    number, previous, after = 0, "", _LOWEST
    while entries := reader.rows("SELECT * FROM log_entry WHERE number > ? ORDER BY number LIMIT ?", (after, _AT_ONCE)):
        for entry in entries:
            if entry["number"] != number + 1:
                yield f"entry {entry['number']} stands where {number + 1} should"
            elif entry["previous"] != previous:
                yield f"entry {entry['number']} does not follow from the one before"
            if hash_entry(entry) != entry["hash"]:
                yield f"entry {entry['number']} was changed"
            number, previous = entry["number"], entry["hash"]
        after = number
    for row in (row for row in reader.rows(_HIGHEST) if row["seq"] > number):
        yield f"entries {number + 1} to {row['seq']} are missing at the end"
    yield from _check_values(reader)


def _check_values(reader: Rows) -> Iterator[str]:
    """A value that is gone is in order: its record was erased."""
    number = 0
    while rows := reader.rows(
        "SELECT v.number, v.side, v.salt, v.value, e.before, e.after FROM log_value v"
        " LEFT JOIN log_entry e ON e.number = v.number WHERE v.number > ? ORDER BY v.number LIMIT ?",
        (number, _AT_ONCE),
    ):
        # The last entry of a batch may have its second value in the next one.
        whole = rows if len(rows) < _AT_ONCE else [row for row in rows if row["number"] != rows[-1]["number"]]
        for row in whole:
            if not _fits(row):
                yield f"a value of entry {row['number']} is not the one that was written down"
        number = whole[-1]["number"]


def _fits(row: Any) -> bool:
    kept = isinstance(row["salt"], bytes) and isinstance(row["value"], str) and row["side"] in {"before", "after"}
    return kept and hash_value(row["salt"], row["value"]) == row[row["side"]]
