"""Bring a database to this program's schema, with its data; refuse one from the future."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sqlalchemy import Connection  # noqa: TC002 - the signature shows what it works on

from invoicewatch.errors import StoreError
from invoicewatch.store.database.backup import copy_database
from invoicewatch.store.database.reader import newer_schema
from invoicewatch.store.database.schema import HEAD, REVISIONS

_SCRIPTS = Path(__file__).parents[1] / "migrations"
_TARGET = "head"


def migrate(connection: Connection, path: Path) -> None:
    """Run what is missing, inside the caller's transaction (which holds the write lock).

    Before anything changes, a copy of the database is kept beside it. Foreign keys must be off, which only works
    outside a transaction: revisions may make tables anew. That all references still hold is checked at the end.

    Raises:
        StoreError: The schema is newer than this program, or the file is somebody else's database.
    """
    revision = read_revision(connection)
    if revision == HEAD:
        return
    if revision is None and _has_tables(connection):
        raise StoreError(f"{path} is not a database of invoicewatch", remedy="Point [paths] state at another folder.")
    if revision is not None and revision not in REVISIONS:
        raise newer_schema(path, revision)
    if revision is not None:
        _keep_copy(path, revision)
    _run_alembic(connection)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StoreError(
            f"{path} has rows that refer to missing ones", remedy="Run `invoicewatch doctor` and report it."
        )


def _keep_copy(path: Path, revision: str) -> None:
    """A backup of the database as it is, under the name of its schema; an earlier attempt's is replaced."""
    copy = path.with_name(f"{path.name}.{revision}.bak")
    part = copy.with_name(f"{copy.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, stat.S_IMODE(path.stat().st_mode)))
    copy_database(path, part)
    part.replace(copy)


def read_revision(connection: Connection) -> str | None:
    """The revision that the database says it has, or None if it was never migrated."""
    if "alembic_version" not in _table_names(connection):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _table_names(connection: Connection) -> set[str]:
    return {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _has_tables(connection: Connection) -> bool:
    return bool(_table_names(connection))


def _run_alembic(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Percent signs are the ini format's; a path may hold them.
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, _TARGET)
