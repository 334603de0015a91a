"""The protocol of sd_notify(3), over a real socket."""

import os
import socket

import pytest

from invoicewatch.daemon.notify import Notifier


@pytest.fixture
def manager(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.setblocking(False)
        yield manager


def receive(manager):
    messages = []
    while True:
        try:
            messages.append(manager.recv(4096).decode())
        except BlockingIOError:
            return messages


def test_without_a_manager_nothing_happens():
    notifier = Notifier({})
    notifier.ready()
    notifier.alive()
    assert notifier.watchdog_interval_s is None


def test_a_status_is_sent_when_it_changes(manager, tmp_path):
    notifier = Notifier({"NOTIFY_SOCKET": str(tmp_path / "notify")})
    notifier.ready()
    notifier.status("1 in work")
    notifier.status("1 in work")
    notifier.status("2 in work")
    notifier.stopping()
    assert receive(manager) == ["READY=1", "STATUS=1 in work", "STATUS=2 in work", "STOPPING=1"]


def test_the_watchdog_is_fed_three_times_in_its_time_and_no_more(manager, tmp_path):
    env = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}
    notifier = Notifier(env)
    assert notifier.watchdog_interval_s == 10.0
    for _ in range(100):
        notifier.alive()
    assert receive(manager) == ["WATCHDOG=1"]


def test_a_watchdog_meant_for_another_process_is_not_ours(tmp_path):
    env = {"NOTIFY_SOCKET": str(tmp_path / "none"), "WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}
    assert Notifier(env).watchdog_interval_s is None


def test_a_manager_that_went_away_does_no_harm(tmp_path):
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()


def test_an_abstract_socket_is_understood():
    name = f"invoicewatch-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(f"\0{name}")
        manager.setblocking(False)
        Notifier({"NOTIFY_SOCKET": f"@{name}"}).ready()
        assert receive(manager) == ["READY=1"]
