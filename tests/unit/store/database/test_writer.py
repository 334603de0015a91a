import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import select

from invoicewatch.errors import StoreError, TransientError
from invoicewatch.store.database import writer as database_module
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import HEAD, REVISIONS, database_path
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.tables.record import WordRow


def test_a_new_database_has_the_latest_schema_in_wal_mode(tmp_path):
    open_database(tmp_path).close()
    connection = sqlite3.connect(database_path(tmp_path))
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_every_connection_commits_to_the_disk_and_checks_foreign_keys(tmp_path):
    database = open_database(tmp_path)
    with database.begin() as session:
        pragma = session.connection().exec_driver_sql
        assert pragma("PRAGMA synchronous").scalar() == 2
        assert pragma("PRAGMA foreign_keys").scalar() == 1
    database.close()


def test_what_a_block_wrote_is_gone_if_it_raises(tmp_path):
    database = open_database(tmp_path)

    def write_half():
        with database.begin() as session:
            session.add(WordRow(term="half", sound="half"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    with database.begin() as session:
        assert session.exec(select(WordRow)).all() == []
    database.close()


def test_a_transaction_holds_the_write_lock_from_its_first_moment(tmp_path):
    database = open_database(tmp_path)
    other = sqlite3.connect(database_path(tmp_path), timeout=0)
    with database.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close()


def test_a_lock_that_is_held_too_long_is_worth_another_try(tmp_path, monkeypatch):
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_S", 0.01)
    database = open_database(tmp_path)
    other = sqlite3.connect(database_path(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TransientError, match="locked"), database.begin():
        pass
    other.close()
    database.close()


def test_a_newer_schema_is_refused_with_its_version(tmp_path):
    open_database(tmp_path).close()
    connection = sqlite3.connect(database_path(tmp_path))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="schema 9999, which is newer") as caught:
        open_database(tmp_path)
    assert caught.value.code == "schema_newer"


def test_a_damaged_file_is_an_error_with_its_name(tmp_path):
    database_path(tmp_path).write_bytes(b"This is no database at all. " * 200)
    with pytest.raises(StoreError, match=r"invoicewatch\.db"):
        open_database(tmp_path)


def test_somebody_elses_database_is_left_alone(tmp_path):
    connection = sqlite3.connect(database_path(tmp_path))
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="not a database of invoicewatch"):
        open_database(tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error_with_a_remedy(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot make") as caught:
        open_database(tmp_path / "file" / "state")
    assert caught.value.remedy


def test_the_files_are_closed_to_others(tmp_path):
    state_dir = tmp_path / "state"
    database = open_database(state_dir)
    assert stat.S_IMODE(state_dir.stat().st_mode) & 0o007 == 0
    for file in state_dir.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) & 0o007 == 0, file
    database.close()


def test_two_programs_that_open_a_new_database_at_once_both_get_it(tmp_path):
    opened = []
    threads = [threading.Thread(target=lambda: opened.append(open_database(tmp_path))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for database in opened:
        database.close()


def test_the_list_of_revisions_is_alembics(tmp_path):
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(database_module.__file__).parents[1] / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(REVISIONS)


def test_the_log_is_merged_after_some_commits_and_only_under_the_write_lock(tmp_path, monkeypatch):
    """Up to SQLite 3.51.2 a commit by another process during a merge can damage the database."""
    monkeypatch.setattr(database_module, "COMMITS_BEFORE_MERGE", 3)
    database = open_database(tmp_path)
    refused = []

    def commit_meanwhile(sql):
        if "wal_checkpoint" in sql:
            other = sqlite3.connect(database_path(tmp_path), timeout=0, isolation_level=None)
            with pytest.raises(sqlite3.OperationalError) as caught:
                other.execute("BEGIN IMMEDIATE")
            refused.append(caught.value.sqlite_errorname)
            other.close()

    event.listen(database._engine, "checkout", lambda driver, *_: driver.set_trace_callback(commit_meanwhile))
    before = database.path.stat().st_size
    for number in range(3):
        with database.begin() as session:
            session.add(WordRow(term=f"word {number}", sound=""))
    merged = database.path.stat().st_size
    database.close()
    assert refused == ["SQLITE_BUSY"]
    assert merged > before


def test_no_connection_merges_the_log_by_itself(tmp_path):
    database = open_database(tmp_path)
    with database.begin() as session:
        assert session.connection().exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 0
    database.close()


def test_a_log_that_grows_by_much_is_merged_at_once(tmp_path):
    database = open_database(tmp_path)
    with database.begin() as session:
        session.add(WordRow(term="x" * (5 << 20), sound=""))
    assert database.path.stat().st_size > 5 << 20
    database.close()


def test_a_reader_does_not_hold_up_the_merge(tmp_path, monkeypatch):
    monkeypatch.setattr(database_module, "COMMITS_BEFORE_MERGE", 1)
    database = open_database(tmp_path)
    with open_reader(tmp_path) as reader:
        before = reader.rows("SELECT count(*) FROM word")
        with database.begin() as session:
            session.add(WordRow(term="new", sound=""))
        assert reader.rows("SELECT count(*) FROM word")[0][0] == before[0][0] == 0
    database.close()


def damage_index(database):
    with database.begin() as session:
        session.connection().exec_driver_sql("DELETE FROM word_index_data WHERE id > 10")
    database.close()


def damage_table(database):
    with database.begin() as session:
        execute = session.connection().exec_driver_sql
        root = execute("SELECT rootpage FROM sqlite_master WHERE name = 'word'").scalar_one()
        size = execute("PRAGMA page_size").scalar_one()
    database.close()
    with database.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)


@pytest.mark.parametrize(
    ("damage", "name", "sql"),
    [
        (damage_index, "SQLITE_CORRUPT_VTAB", "SELECT rowid FROM word_index WHERE words MATCH 'acme'"),
        (damage_table, "SQLITE_CORRUPT", "SELECT id, term, sound FROM word"),
    ],
)
def test_damage_is_told_with_its_exact_name_and_what_was_asked(tmp_path, damage, name, sql):
    """A damaged word index and a damaged file have the same words: 'database disk image is malformed'."""
    database = open_database(tmp_path)
    with database.begin() as session:
        session.connection().exec_driver_sql("INSERT INTO word_index(rowid, words) VALUES (1, 'acme')")
        session.connection().exec_driver_sql("INSERT INTO word(term, sound) VALUES ('acme', 'acme')")
    damage(database)
    with pytest.raises(StoreError, match="malformed") as by_reader, open_reader(tmp_path) as reader:
        reader.rows(sql)
    database = open_database(tmp_path)
    with pytest.raises(StoreError, match="malformed") as by_writer, database.begin() as session:
        session.connection().exec_driver_sql(sql).all()
    database.close()
    for caught in (by_reader, by_writer):
        assert f"({name}, in {sql!r})" in caught.value.message
