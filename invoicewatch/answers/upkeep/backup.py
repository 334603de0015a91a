"""Copy the live database to a file, and put such a copy in its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from invoicewatch.answers.atomic import replace_file
from invoicewatch.errors import ConfigError
from invoicewatch.store.database.backup import copy_database, read_head, set_aside
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.database.in_use import use_alone
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path


@dataclass(frozen=True, slots=True)
class Backup:
    """How many records a new backup holds, and its size in bytes."""

    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """How many records there are now, and where the database is that was there before, if any."""

    count: int
    aside: Path | None


def write_backup(state_dir: Path, file: Path, *, replace: bool = False) -> Backup:
    """Copy one moment of the database while others may write; the copy is checked before it takes its name.

    Raises:
        ConfigError: The file is there already and is not to be replaced, or it cannot be written.
        StoreError: There is no database, or the copy is not sound.
    """
    if file.exists() and not replace:
        raise ConfigError(f"{file} is there already", remedy="Name another file, or say --force.", code="exists")
    with open_reader(state_dir) as reader:
        count = reader.rows("SELECT count(*) FROM invoice")[0][0]
    with replace_file(file) as path:
        copy_database(database_path(state_dir), path)
    return Backup(count, file.stat().st_size)


def restore_backup(state_dir: Path, file: Path, doer: Doer) -> Restored:
    """Put a backup in the database's place; one of an older version is brought up to date.

    The database that was there stays beside it, under a name that says when (local time). The backup's log goes on with
    an entry that names the head of the log that was there.

    Raises:
        FatalError: The daemon runs, or somebody else has the database open.
        StoreError: The file is no sound backup, or of a newer version; the database is as it was.
    """
    from invoicewatch.daemon.lock import hold_lock
    from invoicewatch.store.database.chain import write_down
    from invoicewatch.store.database.writer import open_database

    path = database_path(state_dir)
    restored = path.with_suffix(".restored")
    with hold_lock(state_dir):
        with replace_file(restored) as copy:
            copy_database(file, copy)
        with use_alone(state_dir):
            head = read_head(path)
            aside = set_aside(state_dir, f"{doer.when.astimezone():%Y%m%dT%H%M%S}.old")
            restored.replace(path)
        database = open_database(state_dir)
        with database.begin() as session:
            count = session.connection().exec_driver_sql("SELECT count(*) FROM invoice").scalar_one()
            write_down(session, [Change(Deed.RESTORE, subject=head)], doer)
        database.close()
    return Restored(count, aside)
