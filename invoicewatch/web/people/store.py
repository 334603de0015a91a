"""The file in which people, sessions, one-time links and tokens are kept; secrets only as hashes.

It lies beside the database, so that a copy of the records carries no passwords, and only its owner may read it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from invoicewatch.errors import StoreError, TransientError

PEOPLE_NAME = "people.db"
_MODE = 0o600
_BUSY_TIMEOUT_S = 10.0
_VERSION = 1
_TABLES = """
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    right TEXT NOT NULL,
    password TEXT,
    disabled INTEGER NOT NULL DEFAULT 0,
    created_s REAL NOT NULL,
    seen_s REAL,
    language TEXT NOT NULL DEFAULT '',
    shortcuts INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE link (
    hash TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    ends_s REAL NOT NULL
) STRICT;
CREATE TABLE session (
    hash TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    key BLOB NOT NULL,
    begun_s REAL NOT NULL,
    seen_s REAL NOT NULL
) STRICT;
CREATE TABLE token (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_s REAL NOT NULL,
    seen_s REAL,
    ends_s REAL
) STRICT;
CREATE TABLE failure (
    who TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    last_s REAL NOT NULL
) STRICT;
PRAGMA user_version = 1;
"""


class PeopleStore:
    """The open file. Every use is a connection of its own, so it may be shared between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def begin(self) -> Iterator[sqlite3.Connection]:
        """One transaction with the write lock, committed unless the block raises.

        Raises:
            TransientError: Another process holds the file for too long, or the disk is full.
            StoreError: The file is damaged.
        """
        try:
            with closing(_connect(self.path)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
        except sqlite3.Error as exc:
            raise _explain(exc, self.path) from exc

    def rows(self, query: str, *parameters: object) -> list[sqlite3.Row]:
        """All rows of a query. Raises TransientError or StoreError."""
        try:
            with closing(_connect(self.path)) as connection:
                return connection.execute(query, parameters).fetchall()
        except sqlite3.Error as exc:
            raise _explain(exc, self.path) from exc


def open_people(state_dir: Path) -> PeopleStore:
    """Open the file of a state directory, making it if need be.

    Raises:
        StoreError: It cannot be made or read, or a newer program wrote it.
        TransientError: Another process holds it for too long.
    """
    path = state_dir / PEOPLE_NAME
    try:
        state_dir.mkdir(mode=0o750, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _MODE))
    except OSError as exc:
        remedy = "Check that this user may write there ([paths] state)."
        raise StoreError(f"cannot make {path}: {exc.strerror}", remedy=remedy) from exc
    store = PeopleStore(path)
    with store.begin() as connection:
        _bring_up_to_date(connection, path)
    return store


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > _VERSION:
        raise StoreError(f"{path} is of a newer program", remedy="Install that version or a later one.")
    if version < _VERSION:
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _explain(exc: sqlite3.Error, path: Path) -> StoreError | TransientError:
    text = f"{path}: {exc}"
    if any(word in str(exc) for word in ("locked", "busy", "full", "disk I/O")):
        return TransientError(text, remedy="Try again; check the free space.", code="store_busy")
    return StoreError(text, remedy="Move it away: people are then added anew with `invoicewatch web user add`.")
