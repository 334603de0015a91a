"""Open the database for writing: one file, one writer at a time, nothing lost once a transaction has ended."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from invoicewatch.errors import InvoicewatchError, StoreError, TransientError
from invoicewatch.store.database.in_use import share_use
from invoicewatch.store.database.migrate import migrate
from invoicewatch.store.database.reader import describe
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.database.session_rows import get_driver

BUSY_TIMEOUT_S = 30.0
COMMITS_BEFORE_MERGE = 200
_LOG_BYTES_BEFORE_MERGE = 4 << 20
_DIRECTORY_MODE = 0o750
_FILE_MODE = 0o640
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16000",
    "PRAGMA wal_autocheckpoint=0",
)
_SYNC, _NO_SYNC = {"synced": True}, {"synced": False}
_PASSING = ("locked", "busy", "full", "disk i/o error")


class Database:
    """The open database of a state directory; safe to share between threads."""

    def __init__(self, engine: Engine, path: Path, in_use: int) -> None:
        self.path = path
        self._engine = engine
        self._in_use: int | None = in_use
        self._commits = 0
        self._log_bytes = 0

    @contextmanager
    def begin(self, *, sync: bool = True) -> Iterator[Session]:
        """One transaction that takes the write lock at once, so it never fails half-way for want of it.

        Committed to the disk when the block ends, rolled back if it raises. Without ``sync`` it reaches the disk with
        the next one that has it: for what is found again in the folders if the power fails before. The order holds, so
        nothing that came later is there without it.

        Raises:
            TransientError: Another writer holds the lock for too long, or the disk is full.
            StoreError: The database is damaged.
        """
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                # This takes the lock now, not at the first statement.
                driver = get_driver(session.connection(execution_options=_SYNC if sync else _NO_SYNC))
                before = driver.total_changes
                yield session
                session.flush()
                self._commits += driver.total_changes > before
        except IntegrityError:
            raise
        except DBAPIError as exc:
            raise _explain(exc, self.path) from exc
        if self._commits >= COMMITS_BEFORE_MERGE or self._find_log_bytes() >= self._log_bytes + _LOG_BYTES_BEFORE_MERGE:
            # What was committed is safe either way; a log that cannot be merged now is merged after a later commit.
            with suppress(DBAPIError, sqlite3.Error):
                self._merge_log()

    def _merge_log(self) -> None:
        """Merge the write-ahead log into the database, under the write lock, without waiting for readers.

        SQLite's own way, after any commit by any process, does without the lock: up to 3.51.2 a commit by another
        process at that instant can damage the database (sqlite.org/wal.html, 'the WAL-reset bug'). A transaction that
        writes nothing holds the lock here, while a second connection merges.
        """
        with self._engine.connect() as keeper, keeper.begin(), self._engine.connect() as merger:
            get_driver(merger).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self._commits, self._log_bytes = 0, self._find_log_bytes()

    def _find_log_bytes(self) -> int:
        """The size of the log's file, which SQLite fills from the start again once all of it is merged."""
        try:
            return self.path.with_name(f"{self.path.name}-wal").stat().st_size
        except FileNotFoundError:
            return 0

    def checkpoint(self) -> None:
        """Merge the write-ahead log into the database and cut it to nothing, as far as readers let it."""
        with self._engine.connect() as connection:
            get_driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of the file; the last one out merges the write-ahead log into it."""
        self._engine.dispose()
        if self._in_use is not None:
            os.close(self._in_use)
            self._in_use = None


def open_database(state_dir: Path) -> Database:
    """Open the database of a state directory, making or migrating it if need be.

    Raises:
        StoreError: It cannot be opened or made, is damaged, or was written by a newer program.
        TransientError: Another writer holds it for too long.
    """
    path = database_path(state_dir)
    try:
        path.parent.mkdir(mode=_DIRECTORY_MODE, parents=True, exist_ok=True)
        _make_private(path)
        in_use = share_use(state_dir)
    except OSError as exc:
        remedy = "Check that the folder exists and that this user may write there ([paths] state)."
        raise StoreError(f"cannot make the database {path}: {exc.strerror}", remedy=remedy) from exc
    engine = _make_engine(path)
    database = Database(engine, path, in_use)
    try:
        with engine.connect() as connection:
            _set_foreign_keys(connection, on=False)
            with connection.begin():
                migrate(connection, path)
            _set_foreign_keys(connection, on=True)
    except DBAPIError as exc:
        database.close()
        raise _explain(exc, path) from exc
    except InvoicewatchError:
        database.close()
        raise
    return database


def _make_private(path: Path) -> None:
    """Make the file readable by its owner and group only; SQLite gives its -wal and -shm the same mode."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _FILE_MODE))


def _make_engine(path: Path) -> Engine:
    arguments = {"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args=arguments)
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_connection(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transaction control begins late and commits before DDL: turn it off, _begin_immediate does it.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """Outside a transaction."""
    get_driver(connection).execute("PRAGMA foreign_keys=ON" if on else "PRAGMA foreign_keys=OFF")


def _begin_immediate(connection: Connection) -> None:
    driver = get_driver(connection)
    synced = connection.get_execution_options().get("synced", True)
    driver.execute("PRAGMA synchronous=FULL" if synced else "PRAGMA synchronous=NORMAL")
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as exc:
        raise DBAPIError.instance("BEGIN IMMEDIATE", (), exc, sqlite3.Error) from exc


def _explain(exc: DBAPIError, path: Path) -> InvoicewatchError:
    assert isinstance(exc.orig, sqlite3.Error), "SQLite's own driver is the only one in use"
    text = describe(exc.orig, path, exc.statement or "COMMIT")
    if any(word in str(exc.orig).lower() for word in _PASSING):
        remedy = "Check the free space, and that no other program holds the database for long."
        return TransientError(text, remedy=remedy, code="store_busy")
    return StoreError(text, remedy="Run `invoicewatch doctor`; restore a backup if it is damaged.")
