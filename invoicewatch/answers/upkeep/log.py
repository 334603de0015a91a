"""What people changed: a page of the log, and an entry for what is kept elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from invoicewatch.answers.transaction import begin_change
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.contract.machine import LogEntryJson
from invoicewatch.store.database.deed import Change, Doer
from invoicewatch.store.database.log import LogEntry, Wanted, read_entries
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.times import format_utc


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries, newest first; ``more`` says that older ones follow."""

    entries: tuple[LogEntry, ...]
    more: bool


def read_log(state_dir: Path, wanted: Wanted, limit: int) -> LogPage:
    """At most ``limit`` entries.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        found = read_entries(reader, wanted, limit + 1)
    return LogPage(tuple(found[:limit]), len(found) > limit)


def note_change(state_dir: Path, change: Change, doer: Doer) -> None:
    """Write down what was changed elsewhere than in the database.

    Raises:
        StoreError: The database cannot be opened, or is of a newer program.
        TransientError: Another writer holds it for too long.
    """
    from invoicewatch.store.database.chain import write_down

    with begin_change(state_dir) as session:
        write_down(session, [change], doer)


def entry_to_json(entry: LogEntry) -> LogEntryJson:
    """An entry as plain JSON values."""
    return {
        "number": entry.number,
        "time": format_utc(entry.when),
        "who": make_encodable(entry.who),
        "what": entry.what,
        "record": entry.invoice_id,
        "sha256": entry.sha256 or None,
        "part": entry.part,
        "subject": make_encodable(entry.subject),
        "field": entry.field or None,
        "before": entry.before,
        "after": entry.after,
        "erased": entry.erased,
        "hash": entry.hash,
    }
