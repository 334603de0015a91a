import sqlite3
import stat
import threading

import pytest
from sqlmodel import select

from invoicewatch.errors import StoreError, TransientError
from invoicewatch.store import database as database_module
from invoicewatch.store.database import open_database
from invoicewatch.store.schema import HEAD, REVISIONS, database_path
from invoicewatch.store.tables import WordRow


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
    config.set_main_option("script_location", str(database_module.__file__).replace("database.py", "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(REVISIONS)
