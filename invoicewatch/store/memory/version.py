"""The memory's version, which grows with every change, and the version that forgot a look last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from invoicewatch.store.database.reader import Rows

if TYPE_CHECKING:
    from invoicewatch.store.database.session_rows import SessionRows


class Version(NamedTuple):
    """``forgotten``: whoever holds an older memory than this has a look that is gone."""

    version: int = 0
    forgotten: int = 0


def read_version(reader: Rows) -> Version:
    """The version as it is now; 0 on a new database."""
    found = reader.rows("SELECT version, forgotten FROM memory_version WHERE id = 1")
    return Version(*found[0]) if found else Version()


def write_version(rows: SessionRows, version: int) -> None:
    """Set the version."""
    rows.execute(
        "INSERT INTO memory_version (id, version, forgotten) VALUES (1, ?, 0)"
        " ON CONFLICT (id) DO UPDATE SET version = excluded.version",
        (version,),
    )


def note_forgotten(rows: SessionRows) -> None:
    """Make whoever holds an older memory load it anew, as it has a look that is gone."""
    version = read_version(rows).version
    rows.execute(
        "INSERT INTO memory_version (id, version, forgotten) VALUES (1, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET forgotten = excluded.forgotten",
        (version, version + 1),
    )
