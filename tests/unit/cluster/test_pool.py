"""What the head makes of what its bridge says; the bridge is a double that a test speaks for."""

import hashlib
import os
import time
from datetime import UTC, datetime

import msgspec
import pytest

from invoicewatch.cluster import carry, held, pool, wire
from invoicewatch.cluster.link import LinkLostError
from invoicewatch.config import Config
from invoicewatch.config.settings import ClusterSettings
from invoicewatch.errors import DependencyError
from invoicewatch.records import Document, Failure, Invoice, Memory, Status
from invoicewatch.workers.task import Outcome, SpooledFile, Task

ARRIVED = datetime(2025, 3, 4, tzinfo=UTC)
HERE = {"invoicewatch": "1", "tesseract": "5", "languages": "deu+eng+fra", "model": "a"}


class SpokenLink:
    """A bridge that says what the test has it say, and keeps what it is told."""

    pid = 0

    def __init__(self):
        self.told = []
        self.says = []
        self.is_gone = False
        self._reader, self._writer = os.pipe()

    def fileno(self):
        return self._reader

    def send(self, message):
        if self.is_gone:
            raise LinkLostError("gone")
        self.told.append(message)

    def receive(self):
        if self.is_gone:
            raise LinkLostError("gone")
        says, self.says = self.says, []
        return says

    def close(self):
        os.close(self._reader)
        os.close(self._writer)

    @property
    def runs(self):
        return [message for message in self.told if isinstance(message, wire.Run)]


class Head:
    """A pool with such a bridge and machines that a test names."""

    def __init__(self, *, patience_s=None, local=None, **settings):
        config = Config(cluster=ClusterSettings(scheduler="tcp://127.0.0.1:1", **settings))
        self.links: list[SpokenLink] = []
        self.pool = pool.ClusterPool(config, HERE, local, patience_s, self._start)

    def _start(self, connect):
        self.links.append(SpokenLink())
        return self.links[-1]

    @property
    def link(self):
        return self.links[-1]

    def hear(self, *messages):
        if self.links:
            self.link.says += messages
        return self.pool.poll(0)

    def show(self, **cores):
        machines = [wire.Machine(name, name, count, HERE, wire.Load()) for name, count in cores.items()]
        self.hear()
        return self.hear(wire.Machines(tuple(machines)))

    def answer(self, **what):
        run = self.link.runs[-1]
        key = run.key.split("-", 2)[2]
        return self.hear(wire.Done(run.key, carry.write_outcome(Outcome(key, **what))))


def make_task(key="k", version=0, document=None):
    sha256 = hashlib.sha256(b"%PDF").hexdigest()
    return Task(key, document or Document("a.pdf", b"%PDF", sha256, "application/pdf", ARRIVED), Memory(version))


def make_record():
    return Invoice("x", make_task().document.sha256, "application/pdf", Status.ACCEPTED)


def test_memory_and_settings_go_to_the_bridge_once_and_a_newer_memory_not_at_once(monkeypatch):
    head = Head()
    head.show(one=4)
    for key, version in (("a", 1), ("b", 1), ("c", 2)):
        head.pool.submit(make_task(key, version))
    assert 2 == len([told for told in head.link.told if isinstance(told, wire.Hold)])
    assert 1 == len({run.memory for run in head.link.runs})
    monkeypatch.setattr(held, "MEMORY_S", 0.0)
    head.pool.submit(make_task("d", 2))
    assert 2 == len({run.memory for run in head.link.runs})
    assert [head.link.runs[0].memory] == [told.name for told in head.link.told if isinstance(told, wire.Drop)]


def test_a_record_that_is_judged_again_gets_its_own_memory():
    head = Head()
    head.show(one=4)
    head.pool.submit(make_task("a", 1))
    head.pool.submit(make_task("again 7", 2, make_record()))
    assert 2 == len({run.memory for run in head.link.runs})


def test_a_machine_that_lacks_what_all_need_gets_no_more_and_costs_no_attempt():
    head = Head()
    head.show(one=1, two=1)
    head.pool.submit(make_task())
    first = head.link.runs[0].machine
    assert [] == head.answer(failure=Failure("tesseract_missing", "none here"), exit_code=3)
    assert first != head.link.runs[1].machine
    assert 1 == head.pool.room
    (outcome,) = head.answer(invoices=(make_record(),))
    assert "a.pdf" == outcome.invoice.path


def test_what_is_said_of_an_earlier_attempt_counts_for_nothing():
    head = Head()
    head.show(one=2)
    head.pool.submit(make_task())
    earlier = head.link.runs[0]
    assert [] == head.hear(wire.Lost(earlier.key, died=False, why="it left"))
    late = wire.Done(earlier.key, carry.write_outcome(Outcome("k", (make_record(),))))
    assert [] == head.hear(late, wire.Done("k", b""), wire.Done("", b""))
    assert 1 == len(head.answer(invoices=(make_record(),)))


def test_a_task_that_is_lost_again_and_again_is_taken_for_the_cause():
    head = Head()
    head.show(one=1)
    head.pool.submit(make_task())
    outcomes: list[Outcome] = []
    while not outcomes:
        outcomes = head.hear(wire.Lost(head.link.runs[-1].key, died=False, why="it fell silent"))
    assert (4, True, True) == (len(head.link.runs), outcomes[0].crashed, outcomes[0].transient)


def test_of_what_a_dead_machine_had_only_what_was_at_work_counts_as_a_crash():
    head = Head()
    head.show(one=1)
    head.pool.submit(make_task("begun"))
    head.pool.submit(make_task("waits"))
    begun, waits = (run.key for run in head.link.runs)
    (outcome,) = head.hear(
        wire.Begun(begun), wire.Lost(begun, died=True, why="it ended"), wire.Lost(waits, died=True, why="it ended")
    )
    assert ("begun", True) == (outcome.key, outcome.crashed)
    assert "waits" == head.link.runs[-1].key.split("-", 2)[2]


def test_a_machine_that_is_there_and_never_answers_loses_what_it_has(monkeypatch):
    head = Head()
    head.show(one=1)
    head.pool.submit(make_task("begun"))
    head.pool.submit(make_task("waits"))
    assert [] == head.hear(wire.Begun(head.link.runs[0].key))
    monkeypatch.setattr(pool, "LATE", 0)
    time.sleep(0.01)
    (outcome,) = head.hear()
    assert ("begun", True, "machine_lost") == (outcome.key, outcome.crashed, outcome.failure.code)
    assert 0 == head.pool.room
    head.show(one=1, two=1)
    assert ("two", "waits") == (head.link.runs[-1].machine, head.link.runs[-1].key.split("-", 2)[2])


def test_when_the_bridge_is_lost_the_next_one_is_told_everything_anew(monkeypatch):
    monkeypatch.setattr(pool, "RESTART_FIRST_S", 0.0)
    head = Head()
    head.show(one=1)
    head.pool.submit(make_task())
    head.link.is_gone = True
    assert [] == head.hear()
    assert 0 == head.pool.room
    head.show(two=1)
    assert (2, "two") == (len(head.links), head.link.runs[0].machine)
    assert 2 == len([told for told in head.link.told if isinstance(told, wire.Hold)])
    assert 1 == len(head.answer(invoices=(make_record(),)))


def test_a_spooled_file_that_cannot_be_read_is_an_outcome(tmp_path):
    head = Head()
    head.show(one=1)
    head.pool.submit(make_task("k", 0, SpooledFile("a.pdf", tmp_path / "none", "5a", "text/plain", ARRIVED)))
    (outcome,) = head.hear()
    assert ("enoent", True, False) == (outcome.failure.code, outcome.transient, outcome.crashed)
    assert 2 == head.pool.room


def test_a_list_of_files_does_not_wait_for_machines_for_ever():
    head = Head(patience_s=0.05)
    head.pool.submit(make_task())
    head.hear()
    time.sleep(0.1)
    with pytest.raises(DependencyError, match="no machine of the cluster"):
        head.hear()
    patient = Head()
    patient.pool.submit(make_task())
    assert [] == patient.hear()


class LocalPool:
    """This machine's processes, one of them free."""

    ready = True
    model_state = "loaded"

    def __init__(self):
        self.room = 1
        self.stages = {}
        self.tasks = []

    def submit(self, task):
        self.room = 0
        self.stages[task.key] = "ocr"

    def poll(self, timeout_s, wake=()):
        done, self.stages = [Outcome(key, (make_record(),)) for key in self.stages], {}
        return done

    def close(self, grace_s):
        return [Outcome("left", (make_record(),))]


def test_this_machines_own_processes_work_beside_the_cluster():
    head = Head(local=LocalPool())
    head.show(one=1)
    assert 3 == head.pool.room
    head.pool.submit(make_task("here"))
    head.pool.submit(make_task("there"))
    assert ({"here": "ocr"}, 1) == (head.pool.stages, len(head.link.runs))
    assert ["here"] == [outcome.key for outcome in head.pool.poll(5)]
    assert ["left"] == [outcome.key for outcome in head.pool.close(0)]


def test_no_setting_reaches_the_bridge_by_its_environment(monkeypatch):
    from invoicewatch.cluster import link

    monkeypatch.setenv("INVOICEWATCH_NOTIFY__APPRISE", "mailtos://me:secret@example.org")
    assert "secret" not in str(msgspec.to_builtins(link._choose_environment()))
