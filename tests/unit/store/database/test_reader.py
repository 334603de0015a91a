import os
import sqlite3
import subprocess
import sys

import pytest

from invoicewatch.errors import StoreError, TransientError
from invoicewatch.store.database import reader as reader_module
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.database.writer import Database, open_database

NOBODY = 65534
COUNT = """
import os, sys
from pathlib import Path
from invoicewatch.errors import StoreError
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path
os.setgroups([])
os.setgid(int(sys.argv[2]))
os.setuid(int(sys.argv[2]))
try:
    with open_reader(Path(sys.argv[1])) as reader:
        print(reader.rows("SELECT count(*) FROM invoice")[0][0])
except StoreError as exc:
    print(exc.code)
"""
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def count(state_dir):
    with open_reader(state_dir) as reader:
        return reader.rows("SELECT count(*) FROM invoice")[0][0]


def count_as_group_reader(state_dir):
    """In a process that may read the folder through its group, and write nothing."""
    for folder in state_dir.parents:
        if folder.stat().st_mode & 0o011 != 0o011:
            folder.chmod(folder.stat().st_mode | 0o011)
    for path in (state_dir, *state_dir.iterdir()):
        os.chown(path, 0, NOBODY)
    # The interpreter may lie where only root can start it: it drops its rights once it has imported everything.
    command = [sys.executable, "-c", COUNT, str(state_dir), str(NOBODY)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def at_rest(state_dir):
    """The database's own files; the lock that keeps writers out of a restore always lies there."""
    return [file.name for file in state_dir.iterdir() if file.name != "database.lock"]


def test_reading_sees_one_moment(store):
    store.save(store.make_invoice("one.pdf"))
    with store.reader() as reader:
        before = reader.rows("SELECT count(*) FROM invoice")[0][0]
        store.save(store.make_invoice("two.pdf"))
        assert before == reader.rows("SELECT count(*) FROM invoice")[0][0] == 1


def test_reading_cannot_write(store):
    with store.reader() as reader, pytest.raises(StoreError, match="readonly"):
        reader.rows("DELETE FROM invoice")


@needs_root
def test_a_group_reader_reads_while_somebody_writes_and_while_nobody_does(store):
    store.save(store.make_invoice())
    assert count_as_group_reader(store.state_dir) == "1"
    store.database.close()
    assert at_rest(store.state_dir) == ["invoicewatch.db"]
    assert count_as_group_reader(store.state_dir) == "1"
    assert at_rest(store.state_dir) == ["invoicewatch.db"]


@needs_root
def test_somebody_outside_the_group_is_told_to_ask(store):
    store.save(store.make_invoice())
    store.state_dir.chmod(0o700)
    assert count_as_group_reader(store.state_dir) == "no_access"


def test_a_writer_that_begins_while_a_database_at_rest_is_read_is_noticed(store, monkeypatch):
    store.save(store.make_invoice())
    store.database.close()
    really_open = reader_module._open

    def open_without_shm(uri):
        if "immutable" not in uri:
            raise sqlite3.OperationalError("unable to open database file")
        return really_open(uri)

    def read_while_a_writer_begins():
        with open_reader(store.state_dir) as reader:
            assert reader.rows("SELECT run FROM invoice")[0][0] == 1
            writer = open_database(store.state_dir)
            with writer.begin() as session:
                session.connection().exec_driver_sql("UPDATE invoice SET run = 2")
            writers.append(writer)

    monkeypatch.setattr(reader_module, "_open", open_without_shm)
    writers: list[Database] = []
    with pytest.raises(TransientError, match="changed while it was read"):
        read_while_a_writer_begins()
    writers[0].close()


def test_no_database_is_an_error_that_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="no database") as caught:
        count(tmp_path)
    assert caught.value.code == "no_database"


def test_a_newer_schema_is_refused(tmp_path):
    database = open_database(tmp_path)
    with database.begin() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(StoreError, match="schema 9999, which is newer"):
        count(tmp_path)


def test_reading_leaves_the_locks_of_a_writer_in_the_same_process_alone(tmp_path):
    """POSIX drops all of a process's locks on a file when any descriptor of it is closed; SQLite itself is careful.

    Without them the next to close the database takes itself for the last, and removes the log that others write to.
    """
    database = open_database(tmp_path)
    with database.begin() as session:
        session.connection()
    with open_reader(tmp_path):
        pass
    other = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM invoice'); c.close()"
    subprocess.run([sys.executable, "-c", other, database.path], check=True)
    kept = database.path.with_name(f"{database.path.name}-wal").exists()
    database.close()

    assert kept


def test_a_database_that_is_just_being_made_is_none_yet(tmp_path):
    """The first writer makes the file, and then its tables in one transaction."""
    database_path(tmp_path).touch()
    with pytest.raises(StoreError, match="no database at") as caught:
        count(tmp_path)
    assert caught.value.code == "no_database"
