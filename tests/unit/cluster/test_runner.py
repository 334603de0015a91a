"""A machine's processes behind threads that wait: what is asked for twice is read once, what stops is given back."""

import threading
import time

from invoicewatch.cluster import carry
from invoicewatch.cluster.task import STOPPED
from invoicewatch.cluster.versions import write_settings
from invoicewatch.cluster.work.runner import Runner
from invoicewatch.config import Config
from invoicewatch.records import Memory
from tests.faults import doubles
from tests.faults.test_workers import make_task

NAMES = ("memory", "settings")
HELD = (carry.write_memory(Memory()), write_settings(Config()))


class Asked(threading.Thread):
    """A thread that asks for a task and keeps its outcome."""

    def __init__(self, runner, key, task):
        super().__init__(daemon=True)
        self.outcome = None
        self._asked = (runner, key, task)
        self.start()

    def run(self):
        runner, key, task = self._asked
        self.outcome = carry.read_outcome(runner.run(key, carry.write_task(task), NAMES, HELD), task)

    def wait(self):
        self.join(60)
        assert self.outcome is not None, "it waits for ever"
        return self.outcome


def wait_until(is_so):
    end_s = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end_s, "it never was so"
        time.sleep(0.02)


def test_a_task_outlives_the_way_to_the_scheduler_and_is_read_once():
    runner = Runner(Config(), 1, doubles.build_cheap_tools, doubles.process_cheaply)
    runner.start()
    slow, other = make_task("slow", key="7"), make_task("fine", key="7")
    first = Asked(runner, "head-0-7", slow)
    wait_until(lambda: runner.describe().stages)
    twice = Asked(runner, "head-0-7", slow)
    runner.leave()
    assert STOPPED == first.wait().failure.code == twice.wait().failure.code
    again = Asked(runner, "head-0-7", slow).wait()
    assert "slow" == again.invoice.raw_text
    assert "7" == again.key
    assert "fine" == Asked(runner, "other-0-7", other).wait().invoice.raw_text
    load = runner.describe()
    assert (2, 0, "loaded") == (load.done, load.crashed, load.model_state)
    assert load.an_hour > 0
    hanging = Asked(runner, "head-0-8", make_task("hang in ocr"))
    wait_until(lambda: runner.describe().stages)
    runner.stop()
    assert STOPPED == hanging.wait().failure.code
    assert STOPPED == Asked(runner, "head-0-9", other).wait().failure.code


def test_a_machine_that_lacks_what_every_document_needs_says_so_to_each():
    runner = Runner(Config(), 1, doubles.build_broken_tools, doubles.process_cheaply)
    runner.start()
    try:
        for key in ("a", "b"):
            outcome = Asked(runner, key, make_task("fine")).wait()
            assert (3, "no Tesseract here") == (outcome.exit_code, outcome.failure.message)
    finally:
        runner.stop()
