"""One daemon for a state folder; it stops in good time, reloads, and is woken."""

import os
import signal
import subprocess
import sys
import time

import pytest

from invoicewatch.answers.records.person import find_doer
from invoicewatch.answers.runs.retry import retry_files
from invoicewatch.config import load_config
from invoicewatch.daemon.health.state import read_health
from invoicewatch.daemon.lock import find_owner
from tests.faults.folders import Folders, stop


@pytest.fixture
def folders(quick_folder):
    return Folders(quick_folder)


def test_a_second_daemon_says_who_has_the_folder_and_leaves(folders):
    daemon = folders.start()
    folders.wait_for(lambda: find_owner(folders.state), "it never started")
    second = folders.start()
    assert second.wait(20) == 4
    assert f"process {daemon.pid}" in folders.log
    assert find_owner(folders.state) == daemon.pid
    assert stop(daemon) == 0
    assert find_owner(folders.state) is None


def test_a_killed_daemon_leaves_no_lock(folders):
    daemon = folders.start()
    folders.wait_for(lambda: find_owner(folders.state), "it never started")
    daemon.kill()
    folders.drop("a.txt", "fine")
    folders.run_to_the_end()


def test_sigterm_hands_back_what_does_not_finish_in_time(folders):
    """And it costs the document no attempt."""
    folders.drop("long.txt", "hang in ocr")
    daemon = folders.start()
    folders.wait_for(lambda: folders.states()["working"], "never taken")
    begun_s = time.monotonic()
    assert stop(daemon) == 0
    assert time.monotonic() - begun_s < 30
    assert folders.query("SELECT state, attempts, crashes FROM file") == [("claimed", 0, 0)]


def test_sighup_takes_the_new_settings_and_keeps_the_old_if_they_are_no_good(folders):
    daemon = folders.start()
    folders.wait_for(lambda: "watching inbox" in folders.log, "it never started")
    folders.config.write_text("[intake]\nsettle_s = 'long'")
    daemon.send_signal(signal.SIGHUP)
    folders.wait_for(lambda: "not reloaded" in folders.log, "it said nothing")
    folders.drop("a.txt", "fine a")
    folders.wait_for(folders.is_done, "it did not go on")
    folders.paths["archive"] = "elsewhere"
    folders.write_config()
    daemon.send_signal(signal.SIGHUP)
    folders.wait_for(lambda: "configuration reloaded" in folders.log, "it said nothing")
    folders.drop("b.txt", "fine b")
    folders.wait_for(folders.is_done, "it did not go on")
    assert stop(daemon) == 0
    assert [path.name for path in (folders.base / "elsewhere").rglob("*.txt")] == ["b.txt"]


def test_status_tells_a_living_daemon_from_a_dead_one(folders):
    config = load_config(folders.config).config
    assert read_health(config, time.time()).problems == ("the daemon is not running",)
    daemon = folders.start()
    folders.drop("a.txt", "fine a")
    folders.wait_for(folders.is_done, "never done")
    folders.wait_for(lambda: read_health(config, time.time()).healthy, "not healthy")
    health = read_health(config, time.time())
    assert (health.pid, health.states, health.recorded_last_hour) == (daemon.pid, {"filed": 1}, 1)
    assert [(inbox.mode, inbox.reachable) for inbox in health.inboxes] == [("inotify", True)]
    assert "not been heard of" in read_health(config, time.time() + 1000).problems[0]
    assert stop(daemon) == 0


def test_retry_wakes_the_daemon_which_tries_at_once(folders):
    """The fault is mended from outside; nothing else would make the daemon look for a minute."""
    folders.intake["reconcile_s"] = 600.0
    folders.write_config()
    folders.drop("a.txt", "encrypted")
    daemon = folders.start()
    folders.wait_for(folders.is_done, "never done")
    config = load_config(folders.config).config
    (number,) = folders.query("SELECT id FROM invoice")[0]
    (folders.set_aside / "a.txt").write_text("fine now")
    folders.dropped.clear()
    folders.drop("../set-aside/a.txt", "fine now")
    retried = retry_files(config, [number], find_doer({"SUDO_USER": "anna"}))
    assert (retried.count, retried.daemon_runs) == (1, True)
    folders.wait_for(lambda: folders.states() == {"filed": 1}, "not tried again")
    assert stop(daemon) == 0
    assert not list(folders.set_aside.iterdir()), "file or reason was left behind"
    assert [path.read_text() for path in folders.archive.rglob("a.txt")] == ["fine now"]


@pytest.mark.parametrize(("waiting", "tried"), [(False, {"a.txt", "b.txt"}), (True, {"a.txt", "b.txt", "busy.txt"})])
def test_retry_of_all_that_failed_or_of_those_that_wait_too(folders, waiting, tried):
    """`--failed` and `--all`: what was mended meanwhile is recorded, what was not fails again."""
    folders.intake |= {"retry_first_s": 600.0, "retry_cap_s": 600.0, "reconcile_s": 600.0}
    folders.write_config()
    for name, text in (("a.txt", "encrypted a"), ("b.txt", "encrypted b"), ("busy.txt", "busy"), ("c.txt", "fine c")):
        folders.drop(name, text)
    daemon = folders.start()
    folders.wait_for(lambda: folders.states() == {"set_aside": 2, "waiting": 1, "filed": 1}, "never done")
    folders.wait_for(lambda: len(list(folders.set_aside.glob("*.txt"))) == 4, "not set aside")
    before = dict(folders.query("SELECT name, since_s FROM file"))
    config = load_config(folders.config).config
    retried = retry_files(config, [], find_doer({"SUDO_USER": "anna"}), failed=True, waiting=waiting)
    assert (retried.count, retried.missing, retried.daemon_runs) == (len(tried), (), True)

    def list_tried():
        rows = folders.query("SELECT name, since_s FROM file WHERE state IN ('set_aside', 'waiting')")
        return {name.rpartition("/")[2] for name, since_s in rows if since_s != before.get(name)}

    folders.wait_for(lambda: list_tried() == tried, "not tried again")
    assert folders.query("SELECT attempts FROM file WHERE state = 'waiting'") == [(1 + waiting,)]
    assert stop(daemon) == 0


@pytest.mark.parametrize("where", ["in set-aside", "back in the inbox"])
def test_a_failed_document_that_a_person_replaces_or_moves_back_is_tried_anew(folders, where):
    folders.drop("a.txt", "encrypted")
    daemon = folders.start()
    folders.wait_for(folders.is_done, "never done")
    folder = folders.set_aside if where == "in set-aside" else folders.inbox
    (folders.set_aside / "a.txt").rename(folder / "a.txt")
    (folder / "a.txt").write_text("fine now")
    folders.wait_for(lambda: folders.states()["filed"] == 1, "not tried again")
    folders.wait_for(lambda: not list(folders.set_aside.iterdir()), "file or reason was left behind")
    assert stop(daemon) == 0
    assert [path.read_text() for path in folders.archive.rglob("a.txt")] == ["fine now"]


def test_originals_may_stay_in_place_and_are_known_again(folders):
    """Neither a restart nor a touch makes them new; a change does."""
    folders.intake["keep_originals"] = "in_place"
    folders.write_config()
    folders.drop("a.txt", "fine a")
    folders.drop("b.txt", "fine b")

    def run(expected):
        daemon = folders.start()
        folders.wait_for(lambda: folders.states()["filed"] == expected, "never done")
        time.sleep(1)
        assert stop(daemon) == 0
        assert folders.states() == {"filed": expected}

    run(2)
    run(2)
    os.utime(folders.inbox / "a.txt")
    run(3)
    (folders.inbox / "b.txt").write_text("fine b, changed")
    run(4)
    assert sorted(path.name for path in folders.inbox.iterdir()) == ["a.txt", "b.txt"]
    assert folders.query("SELECT count(*) FROM invoice") == [(3,)]


@pytest.mark.parametrize(("choice", "left"), [("leave", ["again.txt"]), ("delete", []), ("move", [])])
def test_what_becomes_of_a_duplicate_is_a_setting(folders, choice, left):
    folders.intake["on_duplicate"] = choice
    folders.write_config()
    folders.drop("first.txt", "fine")
    daemon = folders.start()
    folders.wait_for(folders.is_done, "never done")
    folders.drop("again.txt", "fine")
    folders.wait_for(lambda: folders.query("SELECT 1 FROM file WHERE state = 'duplicate' AND filed_s > 0"), "no")
    assert stop(daemon) == 0
    assert [path.name for path in folders.inbox.iterdir()] == left
    assert len(list(folders.duplicates.iterdir())) == (choice == "move")
    assert folders.query("SELECT count(*) FROM invoice") == [(1,)]


def test_the_same_bytes_in_another_inbox_are_known(folders):
    other = folders.base / "other"
    other.mkdir()
    folders.paths["inboxes"] = [str(folders.inbox), str(other)]
    folders.write_config()
    folders.drop("first.txt", "fine")
    daemon = folders.start()
    folders.wait_for(folders.is_done, "never done")
    (other / "again.txt").write_text("fine")
    folders.wait_for(lambda: folders.query("SELECT 1 FROM file WHERE state = 'duplicate' AND filed_s > 0"), "no")
    assert stop(daemon) == 0
    assert folders.query("SELECT count(*) FROM invoice") == [(1,)]
    assert list(other.iterdir()) == []


def test_status_names_the_oldest_file_that_waits_and_the_throughput(folders):
    daemon = folders.start()
    folders.drop("a.txt", "fine a")
    folders.wait_for(folders.is_done, "never done")
    (folders.inbox / "empty.txt").touch()
    folders.wait_for(lambda: folders.states()["seen"] == 1, "never seen")
    command = [sys.executable, "-m", "invoicewatch.cli.main", "--config", folders.config, "status"]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert stop(daemon) == 0
    assert "Oldest waiting: " in shown
    assert "empty.txt (seen, " in " ".join(shown.split())
    assert "Recorded in the last hour: 1." in shown
