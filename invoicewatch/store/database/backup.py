"""Copy a live database whole, and put a copy back."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from invoicewatch.errors import StoreError
from invoicewatch.store.database.reader import explain, newer_schema
from invoicewatch.store.database.schema import REVISIONS, database_path


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that others may be writing to, by SQLite's online backup, in one snapshot.

    Args:
        source: The live database.
        target: A path at which there is nothing yet; what is left there after an error is no backup.

    Raises:
        StoreError: The source cannot be read, or the copy is not sound.
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
            # A copy is one file: it must not ask for a write-ahead log beside it.
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as exc:
        raise explain(exc, source) from exc
    check_backup(target)


def check_backup(path: Path) -> str:
    """The schema of a sound database of ours, from this program or an older one.

    Raises:
        StoreError: It is none, is damaged, or was written by a newer program.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            revision = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
            fault = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except (sqlite3.Error, TypeError) as exc:
        remedy = "Name a file that `invoicewatch backup` wrote."
        raise StoreError(f"{path} is no backup of invoicewatch: {exc}", remedy=remedy, code="no_backup") from exc
    if revision not in REVISIONS:
        raise newer_schema(path, revision)
    if fault != "ok":
        raise StoreError(f"{path} is damaged: {fault}", remedy="Use another backup.", code="damaged")
    return revision


def set_aside(state_dir: Path, suffix: str) -> Path | None:
    """Move the database out of the way, its log merged into it as far as it can be read; where it is now.

    Nobody else may have it open. None if there was none.
    """
    path = database_path(state_dir)
    if not path.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    aside = path.with_name(f"{path.name}.{suffix}")
    path.replace(aside)
    for end in ("-wal", "-shm"):
        log = path.with_name(path.name + end)
        if log.exists():
            log.replace(aside.with_name(aside.name + end))
    return aside


def read_head(path: Path) -> str:
    """The hash of the latest entry of a database's log; empty where there is none, or none can be read."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            row = connection.execute("SELECT hash FROM log_entry ORDER BY number DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""
