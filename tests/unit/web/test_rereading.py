"""Documents that are read again on demand: one at a time, in order, and ended with the page."""

import json
import subprocess
import sys
import time
from dataclasses import asdict

import pytest

from invoicewatch.config import Config
from invoicewatch.web.paper import rereading
from invoicewatch.web.paper.rereading import Change, Rereader, Stage

CHANGE = Change("total", "1.00", "2.00", overruled=False)
CHILD = """
import json, os, pathlib, sys, time
number, folder = json.load(sys.stdin)["number"], pathlib.Path(sys.argv[1])
(folder / f"begun-{number}").touch()
while not (folder / f"go-{number}").exists():
    time.sleep(0.01)
answer = (folder / f"go-{number}").read_text()
os._exit(1) if answer == "die" else print(answer)
"""


class Reading:
    """A rereader whose processes wait until they are told what to answer."""

    def __init__(self, folder):
        self.folder = folder
        self.rereader = Rereader()

    def ask(self, number):
        self.rereader.ask(Config(), number, "ann")

    def begun(self, number):
        return (self.folder / f"begun-{number}").exists()

    def answer(self, number, text):
        part = self.folder / "part"
        part.write_text(text)
        part.rename(self.folder / f"go-{number}")

    def wait(self, number, stage):
        end_s = time.monotonic() + 30
        while True:
            job = self.rereader.find(number)
            assert job is not None
            if job.stage is stage and (stage is not Stage.READING or self.begun(number)):
                return job
            assert time.monotonic() < end_s, job
            time.sleep(0.01)


@pytest.fixture
def reading(tmp_path, monkeypatch):
    command = [sys.executable, "-c", CHILD, str(tmp_path)]

    def start():
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)

    monkeypatch.setattr(rereading, "_start", start)
    reading = Reading(tmp_path)
    yield reading
    reading.rereader.close()


def test_one_is_read_after_the_other_and_says_what_changed(reading):
    reading.ask(1)
    reading.ask(2)
    reading.wait(1, Stage.READING)
    assert reading.rereader.find(2).stage is Stage.WAITING
    assert not reading.begun(2)
    reading.answer(1, json.dumps({"changes": [asdict(CHANGE)], "problem": "", "remedy": ""}))
    assert reading.wait(1, Stage.DONE).changes == (CHANGE,)
    reading.wait(2, Stage.READING)
    reading.answer(2, json.dumps({"changes": [], "problem": "gone", "remedy": "Look."}))
    failed = reading.wait(2, Stage.FAILED)
    assert (failed.problem, failed.remedy, failed.changes) == ("gone", "Look.", ())
    assert reading.rereader.find(3) is None


def test_what_is_asked_for_while_it_is_read_is_read_once_more(reading):
    reading.ask(1)
    reading.wait(1, Stage.READING)
    reading.ask(1)
    reading.ask(1)
    reading.answer(1, json.dumps({"changes": [asdict(CHANGE)], "problem": "", "remedy": ""}))
    assert reading.wait(1, Stage.DONE).changes == (CHANGE,)
    assert reading.rereader._waiting.empty()


def test_a_process_that_ends_fails_its_document_and_no_other(reading):
    reading.ask(1)
    reading.ask(2)
    reading.answer(1, "die")
    reading.answer(2, json.dumps({"changes": [], "problem": "", "remedy": ""}))
    assert reading.wait(1, Stage.FAILED).problem
    assert reading.wait(2, Stage.DONE).changes == ()


def test_one_that_cannot_be_started_holds_up_no_other(reading, monkeypatch):
    start, failures = rereading._start, [OSError(12, "Cannot allocate memory")]

    def try_to_start():
        if failures:
            raise failures.pop()
        return start()

    monkeypatch.setattr(rereading, "_start", try_to_start)
    reading.ask(1)
    assert reading.wait(1, Stage.FAILED).problem
    reading.ask(2)
    reading.answer(2, json.dumps({"changes": [], "problem": "", "remedy": ""}))
    reading.wait(2, Stage.DONE)


def test_nothing_is_told_of_what_was_erased(reading):
    told = json.dumps({"changes": [asdict(CHANGE)], "problem": "", "remedy": ""})
    reading.ask(1)
    reading.answer(1, told)
    reading.wait(1, Stage.DONE)
    reading.ask(2)
    reading.wait(2, Stage.READING)
    reading.rereader.forget()
    assert reading.rereader.find(1) is None
    reading.answer(2, told)
    assert reading.wait(2, Stage.DONE).changes == ()


def test_closing_ends_what_is_under_way(reading):
    reading.ask(1)
    reading.wait(1, Stage.READING)
    began_s = time.monotonic()
    reading.rereader.close()
    assert time.monotonic() - began_s < 30
    reading.ask(2)
    assert reading.rereader.find(2) is None
