"""Machines, scheduler and bridge die at any moment: no document is lost, none comes twice, each attempt counts once."""

import os
import signal
import time

import pytest

from invoicewatch.cluster.keys import make_keys
from invoicewatch.workers.task import Outcome
from tests.faults.cluster.conftest import Cluster, kill, run, wait_for
from tests.faults.test_workers import make_task


def make_slow(number, text="slow"):
    return make_task(f"{text} {number}", key=str(number))


def test_documents_of_all_kinds_come_back_from_two_machines_as_from_one(cluster):
    cluster.start("worker", cores=2)
    cluster.start("worker")
    pool = cluster.open_pool()
    wait_for(pool, lambda: len(pool.seats) == 2)
    assert pool.room == 6
    kinds = ["crash in ocr", "encrypted", "stack", "busy"]
    outcomes = run(pool, *(make_task(kind) for kind in kinds), *(make_slow(number) for number in range(8)))
    assert (True, "ocr", "worker_died") == (
        outcomes["crash in ocr"].crashed,
        outcomes["crash in ocr"].stage,
        outcomes["crash in ocr"].failure.code,
    )
    assert ("encrypted", False) == (outcomes["encrypted"].failure.code, outcomes["encrypted"].transient)
    assert ("try_again", True) == (outcomes["busy"].failure.code, outcomes["busy"].transient)
    assert [1, 2, 3] == [each.part.number for each in outcomes["stack"].invoices]
    assert all(outcomes[str(number)].invoice.raw_text == f"slow {number}" for number in range(8))
    wait_for(pool, lambda: sum(seat.machine.load.done for seat in pool.seats) == 12)
    assert 6 == pool.room


def test_the_memory_that_a_record_is_judged_by_is_the_one_that_goes_with_it(cluster):
    cluster.start("worker")
    pool = cluster.open_pool()
    assert "3" == run(pool, make_task("fine", version=3))["fine"].invoice.versions["memory"]
    judged = run(pool, make_task("later", version=4))["later"].invoice
    assert judged.versions["memory"] in {"3", "4"}, "it may lag a little, and says so"


def test_what_a_lost_machine_had_begun_counts_as_a_crash_and_the_rest_is_read_elsewhere(cluster):
    lost = cluster.start("worker")
    pool = cluster.open_pool()
    wait_for(pool, lambda: pool.room == 2)
    pool.submit(make_task("hang in ocr"))
    wait_for(pool, lambda: pool.stages.get("hang in ocr") == "ocr")
    pool.submit(make_task("waits behind it"))
    wait_for(pool, lambda: pool.room == 0)
    time.sleep(1)
    kill(lost)
    cluster.start("worker")
    outcomes: dict[str, Outcome] = {}
    wait_for(pool, lambda: len(outcomes) == 2, outcomes)
    failed = outcomes["hang in ocr"]
    assert (True, True) == (failed.crashed, failed.transient)
    assert failed.failure
    assert "machine_lost" == failed.failure.code
    assert outcomes["waits behind it"].invoice


def test_a_machine_that_is_told_to_stop_gives_its_documents_back_uncounted(cluster):
    leaving = cluster.start("worker")
    pool = cluster.open_pool()
    wait_for(pool, lambda: pool.room == 2)
    pool.submit(make_task("hang in ocr"))
    wait_for(pool, lambda: bool(pool.stages))
    pool.submit(make_task("waits behind it"))
    leaving.send_signal(signal.SIGTERM)
    cluster.start("worker", cores=2)
    outcomes: dict[str, Outcome] = {}
    wait_for(pool, lambda: len(pool.seats) == 1 and pool.seats[0].cores == 2 and bool(pool.stages), outcomes)
    wait_for(pool, lambda: bool(outcomes), outcomes)
    assert ["waits behind it"] == list(outcomes)
    assert outcomes["waits behind it"].invoice


def test_a_scheduler_and_a_bridge_that_die_cost_time_and_no_document(cluster):
    cluster.start("worker", cores=2)
    pool = cluster.open_pool()
    wait_for(pool, lambda: pool.room == 4)
    for number in range(4):
        pool.submit(make_slow(number))
    outcomes: dict[str, Outcome] = {}
    wait_for(pool, lambda: bool(outcomes), outcomes)
    os.kill(pool.bridge_pid, signal.SIGKILL)
    wait_for(pool, lambda: len(outcomes) == 4, outcomes)
    for number in range(4, 8):
        pool.submit(make_slow(number))
    wait_for(pool, lambda: len(outcomes) >= 5, outcomes)
    kill(cluster._parts[0])
    cluster.start("scheduler")
    wait_for(pool, lambda: len(outcomes) == 8, outcomes)
    assert [] == [outcome for outcome in outcomes.values() if outcome.failure]


def test_a_machine_with_another_version_is_refused_or_named_in_the_record(cluster):
    cluster.start("worker", version="0.0.1")
    strict, lenient = cluster.open_pool(), cluster.open_pool(differing="note")
    wait_for(strict, lambda: len(strict.seats) == 1)
    assert 0 == strict.room
    assert "invoicewatch 0.0.1 instead of" in strict.seats[0].trouble
    (note,) = run(lenient, make_task("fine"))["fine"].invoice.notes
    assert "invoicewatch 0.0.1 instead of" in note


def test_between_machines_both_sides_show_a_certificate_of_the_clusters_own_authority(tmp_path):
    make_keys(tmp_path / "keys", ("head", "scheduler", "worker"))
    make_keys(tmp_path / "others", ("worker",))
    cluster = Cluster(tmp_path / "keys")
    try:
        cluster.start("scheduler")
        cluster.start("worker")
        pool = cluster.open_pool()
        assert run(pool, make_task("fine"))["fine"].invoice
        cluster.keys = tmp_path / "others"
        stranger = cluster.start("worker")
        time.sleep(6)
        pool.poll(2)
        assert 1 == len(pool.seats)
        assert stranger.poll() is None, "it keeps trying"
    finally:
        cluster.close()


@pytest.mark.parametrize("how", ["error", "object", "garbage", "huge"])
def test_whatever_a_machine_answers_runs_nothing_on_the_head_nor_in_its_bridge(cluster, tmp_path, how):
    mark = tmp_path / "mark"
    cluster.start("hostile", how=how, mark=mark)
    pool = cluster.open_pool()
    outcome = run(pool, make_task("fine"))["fine"]
    assert (True, True) == (outcome.crashed, outcome.transient)
    assert outcome.failure.code in {"bad_answer", "machine_lost"}
    parents = set(mark.read_text().split()) if mark.exists() else set()
    assert not parents & {str(os.getpid()), str(pool.bridge_pid)}


def test_a_record_of_another_document_is_no_answer(cluster, tmp_path):
    cluster.start("hostile", how="other", mark=tmp_path / "mark")
    outcome = run(cluster.open_pool(), make_task("fine"))["fine"]
    assert ("bad_answer", True) == (outcome.failure.code, outcome.crashed)
