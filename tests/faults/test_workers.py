"""A crash, a hang or a lack of memory costs one document one attempt, and nobody else anything."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from invoicewatch.config import Config
from invoicewatch.errors import DependencyError
from invoicewatch.records import Document, Memory
from invoicewatch.workers.pool import WorkerPool
from invoicewatch.workers.task import Outcome, SpooledFile, Task
from tests.faults import doubles

ARRIVED = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)


def make_task(text, *, key="", version=0):
    content = text.encode()
    document = Document("inbox/a.pdf", content, hashlib.sha256(content).hexdigest(), "text/plain", ARRIVED)
    return Task(key or text, document, Memory(version))


def configure(**workers):
    return msgspec.structs.replace(Config(), workers=msgspec.structs.replace(Config().workers, **workers))


@pytest.fixture
def start_pool():
    pools = []

    def start(count=1, *, build=doubles.build_cheap_tools, **settings):
        pool = WorkerPool.start(configure(**settings), count, build=build, process=doubles.process_cheaply)
        pools.append(pool)
        return pool

    yield start
    for pool in pools:
        pool.close(0)


def run(pool, *tasks):
    """Submit all, wait for all; outcomes by key."""
    for task in tasks:
        pool.submit(task)
    outcomes: dict[str, Outcome] = {}
    end_s = time.monotonic() + 60
    while len(outcomes) < len(tasks):
        assert time.monotonic() < end_s, "the pool lost a task"
        outcomes |= {outcome.key: outcome for outcome in pool.poll(1)}
    return outcomes


def test_a_task_comes_back_as_an_invoice(start_pool):
    outcome = run(start_pool(), make_task("fine", version=3))["fine"]
    assert outcome.invoice.raw_text == "fine"
    assert outcome.invoice.versions["memory"] == "3"
    assert outcome.failure is None
    assert not outcome.crashed


def test_a_module_that_lies_where_the_daemon_was_started_is_never_imported(start_pool, tmp_path, monkeypatch):
    planted = tmp_path / "invoicewatch" / "__init__.py"
    planted.parent.mkdir()
    planted.write_text("raise SystemExit('planted')")
    monkeypatch.chdir(tmp_path)
    (outcome,) = run(start_pool(), make_task("as it should be")).values()
    assert outcome.failure is None


def test_the_memory_travels_only_when_it_changed_and_is_never_mixed_up(start_pool):
    pool = start_pool()
    for number, version in enumerate((1, 1, 2, 2, 1)):
        outcome = run(pool, make_task("fine", key=str(number), version=version))[str(number)]
        assert outcome.invoice.versions["memory"] == str(version)


def test_a_spooled_file_is_read_by_the_worker(start_pool, tmp_path):
    file = tmp_path / "claimed"
    file.write_bytes(b"from disk")
    spooled = SpooledFile("inbox/b.pdf", file, "00", "text/plain", ARRIVED)
    pool = start_pool()
    assert run(pool, Task("k", spooled, Memory()))["k"].invoice.raw_text == "from disk"
    file.unlink()
    outcome = run(pool, Task("k", spooled, Memory()))["k"]
    assert outcome.failure.code == "enoent"
    assert outcome.transient


@pytest.mark.parametrize(
    ("text", "code", "transient"),
    [("encrypted", "encrypted", False), ("busy", "try_again", True), ("bug", "internal", False)],
)
def test_an_error_is_an_outcome_and_the_worker_lives_on(start_pool, text, code, transient):
    pool = start_pool()
    outcomes = run(pool, make_task(text), make_task("fine"))
    assert outcomes[text].failure.code == code
    assert outcomes[text].transient == transient
    assert not outcomes[text].crashed
    assert outcomes[text].worker_pid == outcomes["fine"].worker_pid
    assert ("ZeroDivisionError" in outcomes[text].detail) == (text == "bug")


def test_a_crash_costs_only_its_own_document(start_pool):
    pool = start_pool(2)
    tasks = [make_task("crash in ocr"), *(make_task("slow", key=f"slow {n}") for n in range(4))]
    outcomes = run(pool, *tasks)
    crash = outcomes.pop("crash in ocr")
    assert (crash.crashed, crash.stage, crash.failure.code) == (True, "ocr", "worker_died")
    assert "SIGSEGV" in crash.failure.message
    assert not crash.model_crashed
    assert all(outcome.invoice for outcome in outcomes.values())


def test_a_hang_ends_at_the_time_limit(start_pool):
    pool = start_pool(timeout_s=1)
    outcomes = run(pool, make_task("hang in extract"), make_task("fine"))
    assert outcomes["hang in extract"].failure.code == "timeout"
    assert outcomes["hang in extract"].crashed
    assert outcomes["fine"].invoice


def test_a_document_that_needs_too_much_memory_is_told_so(start_pool):
    pool = start_pool(memory_mb=1024)
    outcomes = run(pool, make_task("exhaust memory"), make_task("fine"))
    assert outcomes["exhaust memory"].failure.code == "out_of_memory"
    assert outcomes["exhaust memory"].crashed
    assert outcomes["fine"].worker_pid != outcomes["exhaust memory"].worker_pid


def test_after_a_crash_in_the_model_the_next_attempt_does_without_and_says_so(start_pool):
    pool = start_pool()
    task = make_task("crash in correct")
    outcome = run(pool, task)["crash in correct"]
    assert outcome.model_crashed
    invoice = run(pool, task.without_model())["crash in correct"].invoice
    assert invoice.model is None
    assert "without the model" in invoice.notes[0]


def test_a_model_that_kills_every_worker_is_turned_off(start_pool):
    pool = start_pool(build=doubles.build_tools_with_crashing_model)
    invoice = run(pool, make_task("fine"))["fine"].invoice
    assert invoice.model is None
    assert "without the model" in invoice.notes[0]
    assert pool.model_state == "off after crashes"


def test_a_killed_idle_worker_is_replaced(start_pool):
    pool = start_pool()
    first = run(pool, make_task("fine"))["fine"].worker_pid
    os.kill(first, signal.SIGKILL)
    assert run(pool, make_task("fine"))["fine"].worker_pid != first


def test_tools_that_cannot_be_built_are_a_fatal_error_with_its_remedy(start_pool):
    pool = start_pool(build=doubles.build_broken_tools)
    with pytest.raises(DependencyError, match="no Tesseract") as caught:
        pool.poll(30)
    assert caught.value.remedy == "Install it."


def test_workers_that_die_at_every_start_are_a_fatal_error(start_pool):
    pool = start_pool(build=doubles.build_crashing_tools)
    with pytest.raises(DependencyError, match="die while they start"):
        run(pool, make_task("fine"))


def test_closing_finishes_what_can_finish_in_time(start_pool):
    pool = start_pool(2)
    while not pool.ready:
        pool.poll(1)
    pool.submit(make_task("slow"))
    pool.submit(make_task("hang in load"))
    pids = pool.pids
    begun_s = time.monotonic()
    finished = pool.close(2.0)
    assert [outcome.key for outcome in finished] == ["slow"]
    assert time.monotonic() - begun_s < 20
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_poll_returns_early_when_woken(start_pool):
    pool = start_pool()
    reader, writer = os.pipe()
    os.write(writer, b"x")
    begun_s = time.monotonic()
    while not pool.ready:
        pool.poll(1)
    assert pool.poll(30, wake=[reader]) == []
    assert time.monotonic() - begun_s < 20
    os.close(reader)
    os.close(writer)


def test_workers_never_outlive_a_killed_parent(tmp_path):
    """Neither an idle one nor one in the middle of a task."""
    script = tmp_path / "parent.py"
    script.write_text(
        f"import sys, time; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from tests.faults import doubles, test_workers as t\n"
        "tools = {'build': doubles.build_cheap_tools, 'process': doubles.process_cheaply}\n"
        "pool = t.WorkerPool.start(t.configure(), 2, **tools)\n"
        "while not pool.ready: pool.poll(1)\n"
        "pool.submit(t.make_task('hang in ocr'))\n"
        "print(*pool.pids, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pids = parent.stdout.readline().split()
        parent.kill()
    end_s = time.monotonic() + 10
    while any(_runs(pid) for pid in pids):
        assert time.monotonic() < end_s, "a worker outlived its parent"
        time.sleep(0.05)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
