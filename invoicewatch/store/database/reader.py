"""Read the database while others write it: the standard library only, so that a search starts at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from invoicewatch.errors import InvoicewatchError, StoreError, TransientError
from invoicewatch.store.database.schema import HEAD, REVISIONS, database_path
from invoicewatch.store.database.sql import Sql

_BUSY_TIMEOUT_S = 5.0
_LONGEST_SQL = 80


class Rows(Protocol):
    """Something that answers queries: a reader, or a writer within its transaction."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[Any]:
        """All rows of a query, their columns by name."""


def ask(reader: Rows, query: Sql) -> Sequence[Any]:
    """All rows of a query that was put together from parts."""
    return reader.rows(query.text, query.parameters)


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
            raise explain(exc, self.path, sql) from exc


@contextmanager
def open_reader(state_dir: Path) -> Iterator[Reader]:
    """Open the database of a state directory for reading.

    Raises:
        StoreError: There is none, it may not be read, it is damaged, or its schema is not this program's.
        TransientError: It was at rest, in a folder that may not be written, and somebody began to write.
    """
    path = database_path(state_dir)
    _check_readable(path)
    connection, at_rest = _connect(path)
    try:
        connection.row_factory = sqlite3.Row
        reader = Reader(connection, path)
        _check_schema(reader)
        # One snapshot for all queries: what a page shows belongs together.
        reader.rows("BEGIN")
        yield reader
    except StoreError as exc:
        # Read as a file at rest, it may look damaged only because somebody began to write.
        if at_rest and _has_log(path):
            raise _changed(path) from exc
        raise
    finally:
        connection.close()
    if at_rest and _has_log(path):
        raise _changed(path)


def _check_readable(path: Path) -> None:
    # Never by opening it: closing the file would take away the locks that SQLite holds on it in this process
    # (sqlite.org/howtocorrupt.html, 2.2), and the daemon reads here beside its own connections.
    try:
        path.stat()
    except FileNotFoundError as exc:
        raise _no_database(path) from exc
    except OSError as exc:
        raise _no_access(path, exc.strerror or str(exc)) from exc
    if not os.access(path, os.R_OK):
        raise _no_access(path, "permission denied")


def _no_database(path: Path) -> StoreError:
    remedy = "Process a document first (`invoicewatch run` or `invoicewatch process FILE`), or check [paths] state."
    return StoreError(f"no database at {path}", remedy=remedy, code="no_database")


def _changed(path: Path) -> TransientError:
    return TransientError(f"{path} changed while it was read", remedy="Try again.", code="store_busy")


def _no_access(path: Path, why: str) -> StoreError:
    remedy = "Ask for access: the service's readers' and editors' groups have it."
    return StoreError(f"cannot read {path}: {why}", remedy=remedy, code="no_access")


def _connect(path: Path) -> tuple[sqlite3.Connection, bool]:
    """A connection, and whether it takes the database to be at rest.

    SQLite wants a -shm file beside a database with a write-ahead log. Somebody who may only read can use the one that
    a writer made, but cannot make one. Where there is none, nobody writes, and the file can be read as it lies there.
    """
    uri = f"file:{quote(str(path))}?mode=ro"
    try:
        return _open(uri), False
    except sqlite3.OperationalError as exc:
        # It says the one or the other, depending on what is in the folder.
        if not any(words in str(exc) for words in ("unable to open", "readonly")) or _has_log(path):
            raise explain(exc, path) from exc
    except sqlite3.Error as exc:
        raise explain(exc, path) from exc
    try:
        return _open(f"{uri}&immutable=1"), True
    except sqlite3.Error as exc:
        raise explain(exc, path) from exc


def _open(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    try:
        # The file is opened with the first query.
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _check_schema(reader: Reader) -> None:
    if not reader.rows("SELECT 1 FROM sqlite_master LIMIT 1"):
        raise _no_database(reader.path)  # its first writer has made the file and is not done with the tables
    if not reader.rows("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
        raise StoreError(f"{reader.path} is not a database of invoicewatch", remedy="Check [paths] state.")
    revision = reader.rows("SELECT version_num FROM alembic_version")[0][0]
    if revision not in REVISIONS:
        raise newer_schema(reader.path, revision)
    if revision != HEAD:
        remedy = "Restart the daemon or the page, or run `invoicewatch process`: each brings it up to date."
        raise StoreError(f"{reader.path} has schema {revision}, this program reads {HEAD}", remedy=remedy)


def newer_schema(path: Path, revision: str) -> StoreError:
    """The error for a database that a newer program wrote."""
    return StoreError(
        f"{path} has schema {revision}, which is newer than this program's {HEAD}",
        remedy=f"Install the version of invoicewatch that wrote it (schema {revision}) or a later one.",
        code="schema_newer",
    )


def explain(exc: sqlite3.Error, path: Path, sql: str = "") -> InvoicewatchError:
    """What a failure of SQLite means for the reader; ``sql`` is what it was asked."""
    text = str(exc)
    message = describe(exc, path, sql)
    if "locked" in text or "busy" in text:
        return TransientError(message, remedy="Try again; another program holds it.", code="store_busy")
    if "unable to open" in text or "readonly" in text:
        remedy = "Check that this user may read the file, and write to its -shm file (be in the service's group)."
        return StoreError(message, remedy=remedy)
    return StoreError(message, remedy="Run `invoicewatch doctor`; restore a backup if it is damaged.")


def describe(exc: sqlite3.Error, path: Path, sql: str) -> str:
    """A failure of SQLite in words, with its exact name: a damaged file and a damaged word index read alike.

    ``sql`` holds no values, only their places.
    """
    name = getattr(exc, "sqlite_errorname", "")  # the driver's own errors have none
    asked = " ".join(sql.split())
    shown = asked if len(asked) <= _LONGEST_SQL else f"{asked[:_LONGEST_SQL]} ..."
    details = ", ".join(filter(None, (name, shown and f"in {shown!r}")))
    return f"{path}: {exc} ({details})" if details else f"{path}: {exc}"
