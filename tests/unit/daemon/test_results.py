"""Outcomes are committed together: each whole or not at all, and none takes another along."""

import os
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import structlog

from invoicewatch.config import Config
from invoicewatch.daemon.context import Context
from invoicewatch.daemon.work.results import Results
from invoicewatch.errors import TransientError
from invoicewatch.records import Failure, Field, Invoice, Part, Source, Status
from invoicewatch.records.ledger import FileState, Stamp
from invoicewatch.store.database.writer import open_database
from invoicewatch.store.ledger import files as ledger
from invoicewatch.store.records.entries import Entry, enter_values
from invoicewatch.workers.task import Outcome

NAMES = ("a.pdf", "b.pdf", "c.pdf", "d.pdf")


class Office:
    """A store with files that are with the workers, and what takes their outcomes in."""

    def __init__(self, folder):
        self.database = open_database(folder)
        self.reached: list[str] = []
        log = structlog.get_logger()
        context = Context(Config(), self.database, log, time.time, reach=self.reached.append)
        self.results = Results(context)
        with self.database.begin() as session:
            new = [ledger.NewFile(os.fsencode(f"/in/{name}"), Stamp(1, 1, 1), None, 0.0) for name in NAMES]
            ledger.add_seen(session, "/in", new, now_s=1.0, settle_s=0.0)
            for number, name in enumerate(NAMES, 1):
                for state in (FileState.SETTLED, FileState.CLAIMED, FileState.WORKING):
                    ledger.change_state(session, number, state, 1.0, sha256=name)
            self.entries = ledger.list_in(session, FileState.WORKING)

    def conclude(self, *outcomes):
        self.results.conclude(list(zip(self.entries, outcomes, strict=False)), 2.0)

    def rows(self, sql):
        with self.database.begin() as session:
            return [tuple(row) for row in session.connection().exec_driver_sql(sql).all()]

    @property
    def states(self):
        return [row[0] for row in self.rows("SELECT state FROM file ORDER BY id")]


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path)
    yield office
    office.database.close()


def record(name, **changes):
    return replace(
        Invoice(f"/in/{name}", name, "application/pdf", Status.ACCEPTED, raw_text=f"words of {name}"), **changes
    )


def outcome(name, **changes):
    return Outcome(name, (record(name, **changes),))


@pytest.mark.parametrize("page", [2**70, object()], ids=["too large a number", "no value at all"])
def test_a_record_that_cannot_be_written_is_set_aside_and_the_others_get_in(office, page):
    poison = Field("total", "1.00", 0.9, verified=False, page=page, box=None, source=Source.OCR, method="", text="")
    office.conclude(outcome("a.pdf"), outcome("b.pdf", fields={"total": poison}), outcome("c.pdf"))
    assert office.states == ["recorded", "set_aside", "recorded", "working"]
    assert office.rows("SELECT sha256, status FROM invoice ORDER BY sha256") == [
        ("a.pdf", "accepted"), ("b.pdf", "failed"), ("c.pdf", "accepted")
    ]  # fmt: skip
    assert office.rows("SELECT count(*) FROM field") == [(0,)], "half of the record that failed was kept"
    assert office.rows("SELECT error_code FROM file WHERE id = 2") == [("internal",)]
    assert office.rows("PRAGMA foreign_key_check") == []


def test_all_kinds_of_outcomes_go_together(office):
    busy = Outcome("b", failure=Failure("busy", "try again"), transient=True)
    locked = Outcome("c", failure=Failure("encrypted", "it has a password"), exit_code=1)
    office.conclude(outcome("a.pdf"), busy, locked, outcome("d.pdf"))
    assert office.states == ["recorded", "waiting", "set_aside", "recorded"]
    assert office.reached == ["written"] * 4 + ["recorded", "waiting", "set_aside", "recorded"]


def test_a_file_that_may_not_be_split_anew_keeps_no_other_out(office):
    office.conclude(outcome("a.pdf"))
    with office.database.begin() as session:
        enter_values(session, 1, {"currency": Entry("EUR")}, who="anna", when=datetime(2026, 1, 1, tzinfo=UTC))
        ledger.change_state(session, 1, FileState.FILED, 3.0)
        number = session.connection().exec_driver_sql("SELECT max(id) FROM file").scalar_one()
        ledger.change_state(session, number, FileState.WORKING, 3.0, sha256="a.pdf")
        entry = ledger.get_file(session, number)
    split = tuple(record("a.pdf", part=Part(each, 2, (each,))) for each in (1, 2))
    office.results.conclude([(entry, Outcome("d", split)), (office.entries[1], outcome("b.pdf"))], 4.0)
    assert office.states == ["filed", "recorded", "working", "set_aside"]
    assert office.rows("SELECT error_code FROM file WHERE id = 4") == [("split_changed",)]


def test_where_the_store_itself_fails_none_is_in(office):
    pages = office.rows("PRAGMA page_count")[0][0]
    with office.database.begin() as session:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages + 40}")
    with pytest.raises(TransientError):
        office.conclude(outcome("a.pdf"), outcome("b.pdf", raw_text="word " * 100_000), outcome("c.pdf"))
    assert office.states == ["working"] * 4
    assert office.rows("SELECT count(*) FROM invoice") == [(0,)]
