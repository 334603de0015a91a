"""Files that were handed in, each by itself: written down, and looked up in the ledger until they are records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from invoicewatch.answers.transaction import begin_change
from invoicewatch.records.ledger import FileState
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.reader import Rows, open_reader
from invoicewatch.store.database.schema import database_path

HANDED_IN = "handed_in"
_DONE = frozenset({FileState.FILED, FileState.DUPLICATE, FileState.SET_ASIDE, FileState.GONE})


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file by its name in an inbox; ``after`` is the newest number that the ledger had given out before."""

    inbox: str
    name: str
    sha256: str
    after: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Where it is: the ledger's state, or ``handed_in``; ``done``: nothing more happens by itself."""

    state: str
    done: bool = False
    records: tuple[int, ...] = ()
    error_code: str = ""
    error_message: str = ""
    error_remedy: str = ""


def note_handed(state_dir: Path, hashes: Sequence[str], doer: Doer) -> None:
    """Write down that files with these SHA-256 were handed in.

    Raises:
        StoreError: The database cannot be opened, or is of a newer program.
        TransientError: Another writer holds it for too long.
    """
    from invoicewatch.store.database.chain import write_down

    if not hashes:
        return
    with begin_change(state_dir) as session:
        write_down(session, [Change(Deed.HAND_IN, sha256=each) for each in hashes], doer)


def find_handed(state_dir: Path, handed: HandedIn) -> Progress:
    """Where a file is on its way.

    Raises:
        StoreError: The database cannot be read.
    """
    if not database_path(state_dir).exists():
        return Progress(HANDED_IN, done=not Path(handed.inbox, handed.name).exists())
    with open_reader(state_dir) as reader:
        row = _find_row(reader, handed)
        if row is None:
            gone = not Path(handed.inbox, handed.name).exists()
            return Progress("gone" if gone else HANDED_IN, done=gone)
        known = row["state"] in {FileState.RECORDED, FileState.FILED, FileState.DUPLICATE, FileState.SET_ASIDE}
        found = reader.rows("SELECT id FROM invoice WHERE sha256 = ? ORDER BY part", (row["sha256"],)) if known else ()
    return Progress(
        row["state"],
        row["state"] in _DONE,
        tuple(each["id"] for each in found),
        row["error_code"],
        row["error_message"],
        row["error_remedy"],
    )


def _find_row(reader: Rows, handed: HandedIn) -> Any | None:
    """The ledger's first row of that path since; by its hash once it has one, until then by the path alone."""
    path = f"{handed.inbox.rstrip('/')}/{handed.name}".encode(errors="surrogateescape")
    for query, value in (
        ("SELECT * FROM file WHERE sha256 = ? AND path = ? AND id > ? ORDER BY id LIMIT 1", handed.sha256),
        ("SELECT * FROM file WHERE in_inbox = 1 AND ? <> '' AND path = ? AND id > ? ORDER BY id LIMIT 1", "any"),
    ):
        rows = reader.rows(query, (value, path, handed.after))
        if rows:
            return rows[0]
    return None
