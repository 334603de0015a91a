"""Notices are sent in order by another thread, tried again, bounded, and nobody waits for them."""

import threading
from typing import Any

import pytest
from structlog.testing import capture_logs

from invoicewatch.config import NotifySettings
from invoicewatch.daemon.tell.channel import UndeliverableError
from invoicewatch.daemon.tell.event import describe_trouble
from invoicewatch.daemon.tell.teller import Teller
from invoicewatch.errors import TransientError

QUICK: dict[str, Any] = {"retry_first_s": 0.0, "retry_cap_s": 0.0}


class Scripted:
    """A channel that fails as it is told, and waits at a gate before each delivery."""

    name = "scripted"

    def __init__(self, *errors, gate=None):
        self.errors = list(errors)
        self.gate = gate
        self.attempts: list[str] = []
        self.delivered: list[str] = []
        self.stopped = False

    def deliver(self, event):
        self.attempts.append(event.payload["message"])
        if self.gate:
            self.gate.wait(20)
        if self.errors and (error := self.errors.pop(0)):
            raise error
        self.delivered.append(event.payload["message"])

    def stop(self):
        self.stopped = True


def later():
    return TransientError("it cannot be reached")


def run(channel, *messages, before_close=lambda teller: None, **settings):
    teller = Teller([channel], NotifySettings(**(QUICK | settings)))
    with capture_logs() as logs:
        for message in messages:
            teller.tell(describe_trouble(message, 0.0))
        before_close(teller)
        teller.close(20)
    return teller, [(line["event"], line.get("count")) for line in logs]


def test_all_are_delivered_in_order_and_the_channel_is_stopped():
    channel = Scripted()
    run(channel, "a", "b", "c")
    assert ["a", "b", "c"] == channel.delivered
    assert channel.stopped


def test_what_fails_for_now_is_tried_again_in_order_and_logged_once():
    channel = Scripted(later(), later(), None)
    teller, logs = run(channel, "a", "b")
    assert ["a", "a", "a", "b"] == channel.attempts
    assert ["a", "b"] == channel.delivered
    assert ["notices do not get through", "notices get through again"] == [event for event, _ in logs]
    assert [] == teller.troubles


def test_what_is_refused_is_not_tried_again():
    channel = Scripted(UndeliverableError("it answered 404"))
    run(channel, "a", "b")
    assert ["a", "b"] == channel.attempts
    assert ["b"] == channel.delivered


def test_attempts_are_bounded_and_the_trouble_is_named():
    channel = Scripted(*[later() for _ in range(6)])
    teller, logs = run(channel, "a", "b", max_attempts=3)
    assert ["a", "a", "a", "b", "b", "b"] == channel.attempts
    assert ["notices by scripted do not get through: it cannot be reached"] == teller.troubles
    assert ["notices do not get through"] == [event for event, _ in logs]


def test_a_channel_that_hangs_holds_nobody_up_and_the_oldest_make_room():
    gate = threading.Event()
    channel = Scripted(gate=gate)
    first = describe_trouble("first", 0.0)
    teller = Teller([channel], NotifySettings(max_waiting=3, **QUICK))
    with capture_logs() as logs:
        teller.tell(first)
        while not channel.attempts:
            threading.Event().wait(0.001)
        for number in range(10):
            teller.tell(describe_trouble(str(number), 0.0))
        gate.set()
        teller.close(20)
    assert ["first", "7", "8", "9"] == channel.delivered
    assert [("notices dropped: too many wait", 7)] == [(line["event"], line["count"]) for line in logs]


def test_closing_does_not_wait_for_a_later_try_and_says_what_was_not_sent():
    channel = Scripted(later())
    _, logs = run(channel, "a", retry_first_s=3600.0, retry_cap_s=3600.0, before_close=wait_for_trouble)
    assert ["a"] == channel.attempts
    assert ("notices were not sent", 1) == logs[-1]


def test_only_what_was_asked_for_is_told():
    channel = Scripted()
    run(channel, "a", events=("failed",))
    assert [] == channel.attempts


def test_without_a_channel_there_is_no_thread():
    before = threading.active_count()
    Teller().tell(describe_trouble("a", 0.0))
    assert before == threading.active_count()


def test_the_loop_is_woken_when_a_channel_fails_and_when_it_works_again():
    woken: list[None] = []
    channel = Scripted(later(), later())
    teller = Teller([channel], NotifySettings(**QUICK), wake=lambda: woken.append(None))
    teller.tell(describe_trouble("a", 0.0))
    teller.close(20)
    assert 2 == len(woken)


@pytest.mark.parametrize("queue", [1, 2])
def test_with_two_channels_one_that_fails_does_not_hold_up_the_other(queue):
    failing, working = Scripted(*[later() for _ in range(9)]), Scripted()
    teller = Teller([failing, working], NotifySettings(retry_first_s=3600.0, retry_cap_s=3600.0))
    for number in range(queue):
        teller.tell(describe_trouble(str(number), 0.0))
    teller.close(20)
    assert [str(number) for number in range(queue)] == working.delivered
    assert ["0"] == failing.attempts


def wait_for_trouble(teller):
    while not teller.troubles:
        threading.Event().wait(0.001)
