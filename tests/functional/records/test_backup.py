import json
import sqlite3

import pytest

from invoicewatch.daemon.lock import hold_lock
from invoicewatch.store.database.writer import open_database


def ids(office):
    return [json.loads(line)["id"] for line in office.run("list", "--json").out.splitlines()]


def test_a_backup_brings_everything_back(filled):
    copy = filled.folder / "copy.db"
    assert filled.run("backup", str(copy)).code == 0
    filled.run("forget", "1", "--yes", "--keep-files")
    done = filled.run("restore", str(copy), "--yes")
    assert done.code == 0, done.err
    assert "3 invoices restored" in done.out
    assert ids(filled) == [3, 2, 1]
    assert "Acme" in filled.run("search", "acme").out


def test_the_database_before_is_kept(filled):
    copy = filled.folder / "copy.db"
    filled.run("backup", str(copy))
    filled.run("forget", "1", "--yes", "--keep-files")
    filled.run("restore", str(copy), "--yes")
    (old,) = filled.state.glob("*.old")
    connection = sqlite3.connect(old)
    assert connection.execute("SELECT count(*) FROM invoice").fetchone() == (2,)
    connection.close()


def test_a_backup_is_one_private_file(filled):
    copy = filled.folder / "copy.db"
    filled.run("backup", str(copy))
    assert copy.stat().st_mode & 0o007 == 0
    assert [file.name for file in filled.folder.glob("*copy*")] == ["copy.db"]


def test_a_file_that_is_there_is_not_replaced_unasked(filled):
    copy = filled.folder / "copy.db"
    copy.write_text("mine")
    assert filled.run("backup", str(copy)).code == 2
    assert copy.read_text() == "mine"
    assert filled.run("backup", str(copy), "--force").code == 0


@pytest.mark.parametrize("content", [b"no database", b""])
def test_what_is_no_backup_is_refused_and_nothing_changes(filled, content):
    copy = filled.folder / "copy.db"
    copy.write_bytes(content)
    done = filled.run("restore", str(copy), "--yes")
    assert (done.code, done.err.count("\n")) == (4, 1)
    assert ids(filled) == [3, 2, 1]


def test_a_running_daemon_is_not_robbed_of_its_database(filled):
    copy = filled.folder / "copy.db"
    filled.run("backup", str(copy))
    with hold_lock(filled.state):
        done = filled.run("restore", str(copy), "--yes")
    assert done.code == 4
    assert "Stop it first" in done.err
    assert not list(filled.state.glob("*.old"))


def test_a_restore_waits_for_no_writer_but_refuses(filled):
    copy = filled.folder / "copy.db"
    filled.run("backup", str(copy))
    database = open_database(filled.state)
    refused = filled.run("restore", str(copy), "--yes")
    database.close()
    assert refused.code == 4
    assert "another program writes" in refused.err
    assert not list(filled.state.glob("*.old"))
    assert filled.run("restore", str(copy), "--yes").code == 0
