"""What those who follow files are told of: changes, stages, what is gone, and what cannot be read."""

import json
import os

import msgspec
import pytest

from invoicewatch.answers.runs import watch as watch_module
from invoicewatch.answers.runs.watch import Watch
from invoicewatch.config import Config
from invoicewatch.config.settings import PathSettings
from invoicewatch.daemon.health.state import REPORT_NAME
from invoicewatch.daemon.lock import hold_lock
from invoicewatch.records.ledger import FileState, Stamp
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.ledger import files as ledger


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setattr(watch_module, "_LOOK_EVERY_S", 0.0)
    (tmp_path / "inbox").mkdir()
    return tmp_path / "state"


@pytest.fixture
def watch(tmp_path, state):
    paths = {name: str(tmp_path / name) for name in ("archive", "set_aside", "duplicates", "state")}
    settings = PathSettings(inboxes=(str(tmp_path / "inbox"),), **paths)
    return Watch(msgspec.structs.replace(Config(), paths=settings))


@pytest.fixture
def change(state):
    """Runs something in a transaction of the ledger."""

    def run(do):
        database = open_database(state)
        try:
            with database.begin() as session:
                return do(session)
        finally:
            database.close()

    return run


def add(session, *names):
    inbox = "/inbox"
    new = [ledger.NewFile(f"{inbox}/{name}".encode(), Stamp(1, 2, 3), None, 0.0) for name in names]
    ledger.add_seen(session, inbox, new, now_s=1.0, settle_s=0.0)


def test_without_a_database_there_is_nothing_and_nothing_is_made(watch, state):
    assert {} == dict(watch.look().files)
    assert 0 == watch.look_newest()
    assert not database_path(state).exists()


def test_only_what_changed_is_told_and_a_moment_without_changes_is_the_same(watch, change):
    change(lambda session: add(session, "a.pdf", "b.pdf"))
    first = watch.look()
    assert ["a.pdf", "b.pdf"] == [each.name for each in first.since(0)]
    assert watch.look() is first
    change(lambda session: ledger.change_state(session, 2, FileState.SETTLED, 2.0))
    second = watch.look()
    assert ["b.pdf"] == [each.name for each in second.since(first.number)]
    assert 2 == watch.look_newest()


def test_what_is_erased_is_gone(watch, change):
    change(lambda session: add(session, "a.pdf"))
    first = watch.look()
    change(lambda session: session.connection().exec_driver_sql("DELETE FROM file"))
    second = watch.look()
    assert [1] == [key for key, number in second.gone.items() if number > first.number]
    assert [] == second.since(0)


def test_the_stage_of_a_file_in_work_is_what_the_daemon_reports(watch, change, state):
    change(lambda session: add(session, "a.pdf"))
    for step in (FileState.SETTLED, FileState.CLAIMED, FileState.WORKING):
        change(lambda session, step=step: ledger.change_state(session, 1, step, 2.0, sha256="ab"))
    with hold_lock(state):
        (state / REPORT_NAME).write_text(json.dumps({"working": {"1": "ocr", "again 7": "extract"}}))
        assert "ocr" == watch.look().files[1].stage
    assert "" == watch.look().files[1].stage


def test_files_that_lie_there_are_counted_only_while_no_daemon_sees_them(watch, tmp_path, state, change):
    change(lambda session: None)
    inbox = tmp_path / "inbox"
    for name in ("a.pdf", ".hidden", "b.part"):
        (inbox / name).write_bytes(b"x")
    assert {str(inbox): 1} == watch.look().unseen
    with hold_lock(state):
        assert {} == watch.look().unseen


def test_a_ledger_that_cannot_be_read_is_said_and_what_was_known_stays(watch, change, state):
    change(lambda session: add(session, "a.pdf"))
    watch.look()
    database_path(state).write_bytes(b"no database" * 1000)
    os.utime(database_path(state), (1, 1))
    moment = watch.look()
    assert moment.trouble
    assert ["a.pdf"] == [each.name for each in moment.files.values()]
