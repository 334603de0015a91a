"""Read the database while others write it: the standard library only, so that a search starts at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from invoicewatch.errors import InvoicewatchError, StoreError, TransientError
from invoicewatch.store.schema import HEAD, REVISIONS, database_path

_BUSY_TIMEOUT_S = 5.0


class Rows(Protocol):
    """Something that answers queries: a reader, or a writer within its transaction."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[Any]:
        """All rows of a query, their columns by name."""


class Reader:
    """A read-only connection that sees one moment of the database (a snapshot, taken at its first query)."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query. Raises StoreError or TransientError."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as exc:
            raise explain(exc, self.path) from exc


@contextmanager
def open_reader(state_dir: Path) -> Iterator[Reader]:
    """Open the database of a state directory for reading.

    Raises:
        StoreError: There is none, it is damaged, or its schema is not this program's.
    """
    path = database_path(state_dir)
    if not path.exists():
        remedy = "Process a document first (`invoicewatch run` or `invoicewatch process FILE`), or check [paths] state."
        raise StoreError(f"no database at {path}", remedy=remedy, code="no_database")
    connection = _connect(path)
    try:
        connection.row_factory = sqlite3.Row
        reader = Reader(connection, path)
        _check_schema(reader)
        # One snapshot for all queries: what a page shows belongs together.
        reader.rows("BEGIN")
        yield reader
    finally:
        connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote(str(path))}?mode=ro"
    try:
        return sqlite3.connect(uri, uri=True, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    except sqlite3.Error as exc:
        raise explain(exc, path) from exc


def _check_schema(reader: Reader) -> None:
    if not reader.rows("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
        raise StoreError(f"{reader.path} is not a database of invoicewatch", remedy="Check [paths] state.")
    revision = reader.rows("SELECT version_num FROM alembic_version")[0][0]
    if revision not in REVISIONS:
        raise newer_schema(reader.path, revision)
    if revision != HEAD:
        remedy = "Restart the daemon, or run `invoicewatch process` or `invoicewatch check`: each brings it up to date."
        raise StoreError(f"{reader.path} has schema {revision}, this program reads {HEAD}", remedy=remedy)


def newer_schema(path: Path, revision: str) -> StoreError:
    """The error for a database that a newer program wrote."""
    return StoreError(
        f"{path} has schema {revision}, which is newer than this program's {HEAD}",
        remedy=f"Install the version of invoicewatch that wrote it (schema {revision}) or a later one.",
        code="schema_newer",
    )


def explain(exc: sqlite3.Error, path: Path) -> InvoicewatchError:
    """What a failure of SQLite means for the reader."""
    text = str(exc)
    if "locked" in text or "busy" in text:
        return TransientError(f"{path}: {text}", remedy="Try again; another program holds it.", code="store_busy")
    if "unable to open" in text or "readonly" in text:
        remedy = "Check that this user may read the file, and write to its -shm file (be in the service's group)."
        return StoreError(f"{path}: {text}", remedy=remedy)
    return StoreError(f"{path}: {text}", remedy="Run `invoicewatch doctor`; restore a backup if it is damaged.")
