"""Events are hints: what happens when they stop, and when there are too many."""

import os
import signal
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import structlog

from invoicewatch.daemon.arrivals.inbox import INOTIFY, POLLING, Inbox
from invoicewatch.daemon.arrivals.watching import MAX_RESTARTS, PULSE_PATIENCE_S, Watching
from tests.faults.folders import Folders, stop

MAX_QUEUED_EVENTS = Path("/proc/sys/fs/inotify/max_queued_events")


@pytest.fixture
def watching(tmp_path):
    (tmp_path / "inbox").mkdir()
    inbox = Inbox(str(tmp_path / "inbox"), INOTIFY)
    context: Any = SimpleNamespace(root_of_state=tmp_path / "state", log=structlog.get_logger())
    watching = Watching(context, [inbox], lambda: None)
    watching.add(inbox)
    yield SimpleNamespace(watching=watching, inbox=inbox)
    watching.close()


def sees_a_new_file(watched):
    watched.inbox.hints.clear()
    (Path(watched.inbox.path) / f"{time.monotonic_ns()}.pdf").touch()
    end_s = time.monotonic() + 2
    while time.monotonic() < end_s and not watched.inbox.hints:
        watched.watching.take_hints(watched.inbox)
        time.sleep(0.01)
    return bool(watched.inbox.hints)


def check_after_a_pulse(watched, now_s):
    """Send a pulse, give it time to come back, and check once the patience is over."""
    watched.watching.check(now_s)
    end_s = time.monotonic() + 1
    while time.monotonic() < end_s and watched.watching.next_check_s(now_s) < now_s + PULSE_PATIENCE_S + 1:
        time.sleep(0.01)
    watched.watching.check(now_s + PULSE_PATIENCE_S + 1)


def test_a_living_observer_is_left_alone(watching):
    check_after_a_pulse(watching, 1000.0)
    assert watching.inbox.mode == INOTIFY
    assert watching.inbox.next_scan_s == 0.0
    assert sees_a_new_file(watching)


def test_a_dead_observer_thread_is_replaced(watching):
    watching.watching._watch._observer.stop()
    watching.watching._watch._observer.join()
    watching.inbox.next_scan_s = 5000.0
    watching.watching.check(1000.0)
    assert watching.inbox.next_scan_s == 0.0, "what was missed must be looked for"
    assert watching.inbox.mode == INOTIFY
    assert sees_a_new_file(watching)


def deafen(watched):
    """End the thread that reads the kernel's events: the observer itself lives on and looks well."""
    watched.watching._watch._observer._inotify_fd.stop()
    watched.watching._watch._observer._inotify_fd.join(5)
    assert watched.watching._watch._observer.is_alive()


def test_an_observer_that_lives_but_hears_nothing_is_found_out_and_replaced(watching):
    deafen(watching)
    assert not sees_a_new_file(watching)
    check_after_a_pulse(watching, 1000.0)
    assert watching.inbox.mode == INOTIFY
    assert sees_a_new_file(watching)


def test_where_observers_keep_dying_the_inbox_is_polled(watching):
    for number in range(MAX_RESTARTS + 1):
        deafen(watching)
        watching.inbox.next_scan_s = 5000.0
        check_after_a_pulse(watching, 1000.0 + 20 * number)
    assert watching.inbox.mode == POLLING
    assert watching.inbox.next_scan_s == 0.0


def test_an_overflowing_event_queue_is_noticed_and_nothing_is_missed(quick_folder):
    """The daemon is stopped while more happens than the kernel remembers; the last file's events are among the lost."""
    folders = Folders(quick_folder, reconcile_s=600.0)
    daemon = folders.start()
    try:
        folders.drop("before.txt", "fine before")
        folders.wait_for(folders.is_done, "it never worked")
        os.kill(daemon.pid, signal.SIGSTOP)
        flood = folders.inbox / "flood.part"
        for _ in range(int(MAX_QUEUED_EVENTS.read_text()) // 2 + 1000):
            flood.write_bytes(b"x")
            flood.unlink()
        folders.drop("after.txt", "fine after")
        os.kill(daemon.pid, signal.SIGCONT)
        folders.wait_for(lambda: "dropped events" in folders.log, "the overflow was not noticed")
        folders.wait_for(folders.is_done, "a file was missed")
    finally:
        code = stop(daemon)
    assert code == 0
    folders.check_sound()
