"""A model that hangs costs its document the enhancement, never the record."""

import hashlib
import time
from datetime import UTC, datetime

from invoicewatch.config import Config, WorkerSettings
from invoicewatch.records import Document, Memory
from invoicewatch.workers.pool import WorkerPool
from invoicewatch.workers.task import Task
from tests.faults import doubles

ARRIVED = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)


def run(pool, task):
    """Submit and wait for the outcome."""
    pool.submit(task)
    end_s = time.monotonic() + 60
    while time.monotonic() < end_s:
        for outcome in pool.poll(1):
            return outcome
    raise AssertionError("the pool lost a task")


def test_after_a_hang_in_the_model_the_next_attempt_does_without_and_says_so():
    content = b"hang in correct"
    document = Document("inbox/a.pdf", content, hashlib.sha256(content).hexdigest(), "text/plain", ARRIVED)
    task = Task("hang", document, Memory())
    config = Config(workers=WorkerSettings(timeout_s=1))
    pool = WorkerPool.start(config, 1, build=doubles.build_cheap_tools, process=doubles.process_cheaply)
    try:
        outcome = run(pool, task)
        assert ("timeout", "correct", True) == (outcome.failure.code, outcome.stage, outcome.model_crashed)
        invoice = run(pool, task.without_model()).invoice
        assert invoice.model is None
        assert "without the model" in invoice.notes[0]
    finally:
        pool.close(0)


def test_a_crash_of_a_model_that_is_loaded_only_when_needed_is_known_for_one():
    content = b"die of the model"
    document = Document("inbox/a.pdf", content, hashlib.sha256(content).hexdigest(), "text/plain", ARRIVED)
    task = Task("crash", document, Memory())
    pool = WorkerPool.start(Config(), 1, build=doubles.build_cheap_tools, process=doubles.process_cheaply, eager=False)
    try:
        assert run(pool, task).model_crashed
        assert run(pool, task.without_model()).invoice.model is None
    finally:
        pool.close(0)
