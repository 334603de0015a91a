"""Originals are deleted only when the settings ask for it, only their own bytes, and the record says so."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.folders import Folders, stop

COMMAND = [sys.executable, "-m", "invoicewatch.cli.main"]


@pytest.fixture
def folders(tmp_path):
    """Three recorded documents: ``old`` and ``changed`` arrived 40 days ago, ``young`` now."""
    folders = Folders(tmp_path)
    for name in ("old", "changed", "young"):
        folders.drop(f"{name}.txt", f"fine {name}")
    folders.drop("broken.txt", "encrypted")
    folders.run_to_the_end()
    then = (datetime.now(UTC) - timedelta(days=40)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(folders.state / "invoicewatch.db")) as database, database:
        shape = database.execute("SELECT arrived FROM invoice").fetchone()[0]
        database.execute(
            "UPDATE invoice SET arrived = ? WHERE file_name <> 'young.txt'", (reshape(then, shape),)
        )  # fmt: skip
    find(folders, "changed.txt").write_text("something else")
    return folders


def reshape(moment, like):
    """The moment in the form in which the database has its own."""
    text = moment.replace(" ", like[10]) + like[26:]
    assert len(like) == len(text)
    return text


def find(folders, name):
    return next(folders.archive.rglob(name))


def names(folder):
    return sorted(path.name for path in folder.rglob("*.txt"))


def keep_for(folders, days):
    with folders.config.open("a") as file:
        file.write(f"\n[retention]\noriginals_days = {days}\n")


def show(folders, name):
    (number,) = folders.query("SELECT id FROM invoice WHERE file_name = ?", name)[0]
    command = [*COMMAND, "--config", folders.config, "show", str(number), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def run_for_a_while(folders, done):
    daemon = folders.start()
    folders.wait_for(done, "retention did nothing")
    assert stop(daemon) == 0


def test_by_default_nothing_is_ever_deleted(folders):
    begun_s = time.monotonic()
    run_for_a_while(folders, lambda: time.monotonic() > begun_s + 2)
    assert ["changed.txt", "old.txt", "young.txt"] == names(folders.archive)


def test_what_is_older_is_deleted_and_the_record_stays_and_says_so(folders):
    keep_for(folders, 30)
    run_for_a_while(folders, lambda: "original deleted" in folders.log and "original not deleted" in folders.log)
    assert ["changed.txt", "young.txt"] == names(folders.archive)
    assert ["broken.txt", "broken.txt.reason.txt"] == names(folders.set_aside)
    old = show(folders, "old.txt")
    assert ("", "fine old") == (old["stored_path"], old["raw_text"])
    assert "older than 30 days" in old["notes"][-1]
    assert [] == [note for note in show(folders, "young.txt")["notes"] if "no longer kept" in note]
    assert "its bytes are not those that were recorded" in folders.log
    assert 1 == folders.log.count("original not deleted")
    check = subprocess.run([*COMMAND, "--config", folders.config, "check"], capture_output=True, text=True, check=False)
    assert "Everything is in order.\n" == check.stdout


def test_a_daemon_that_is_killed_between_file_and_record_says_so_after_the_next_start(folders):
    keep_for(folders, 30)
    daemon = folders.start(KILL_AT="original deleted:1")
    assert -9 == daemon.wait(60)
    assert (["changed.txt", "young.txt"], []) == (names(folders.archive), show(folders, "old.txt")["notes"])
    run_for_a_while(folders, lambda: show(folders, "old.txt")["stored_path"] == "")
    assert "older than 30 days" in show(folders, "old.txt")["notes"][-1]


def test_an_archive_that_is_not_there_is_not_taken_for_deleted_originals(folders):
    keep_for(folders, 30)
    folders.archive.rename(folders.base / "unmounted")
    run_for_a_while(folders, lambda: "its folder cannot be reached" in folders.log)
    assert show(folders, "old.txt")["stored_path"].endswith("old.txt")
    assert [] == show(folders, "old.txt")["notes"]


def test_the_same_bytes_may_come_again_and_are_then_filed_anew(folders):
    keep_for(folders, 30)
    run_for_a_while(folders, lambda: "original deleted" in folders.log)
    folders.drop("again.txt", "fine old")
    folders.run_to_the_end()
    assert 4 == len(folders.query("SELECT 1 FROM invoice"))
    assert "again.txt" in names(folders.duplicates)


def test_every_record_of_a_stack_says_that_its_original_is_gone(tmp_path):
    folders = Folders(tmp_path)
    folders.drop("stack.txt", "stack of three")
    folders.run_to_the_end()
    with closing(sqlite3.connect(folders.state / "invoicewatch.db")) as database, database:
        assert [("1",), ("2",), ("3",)] == database.execute("SELECT CAST(part AS TEXT) FROM invoice").fetchall()
        shape = database.execute("SELECT arrived FROM invoice").fetchone()[0]
        then = (datetime.now(UTC) - timedelta(days=40)).strftime("%Y-%m-%d %H:%M:%S.%f")
        database.execute("UPDATE invoice SET arrived = ?", (reshape(then, shape),))
    keep_for(folders, 30)
    daemon = folders.start()
    try:
        folders.wait_for(lambda: not folders.query("SELECT 1 FROM invoice WHERE stored_path <> ''"), "parts stay filed")
    finally:
        stop(daemon)
    notes = [json.loads(notes) for (notes,) in folders.query("SELECT notes FROM run ORDER BY invoice_id")]
    assert [True] * 3 == [any("no longer kept" in note for note in each) for each in notes]
    assert names(folders.archive) == []
