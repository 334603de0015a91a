"""When an inbox is looked at next: hints hurry it, outages slow it down."""

import errno

import pytest

from invoicewatch.daemon.arrivals.inbox import INOTIFY, Inbox
from invoicewatch.intake.mounts import Mount

MOUNT = Mount("/", "ext4", "/dev/vda")


@pytest.fixture
def inbox():
    inbox = Inbox("/inbox", INOTIFY)
    inbox.reach((1, 2), MOUNT)
    inbox.last_scan_s, inbox.next_scan_s = 100.0, 160.0
    return inbox


def test_without_hints_it_waits_for_its_turn(inbox):
    assert inbox.next_look_s() == 160.0


def test_a_hint_is_followed_at_once_but_a_flood_of_them_is_paced(inbox):
    inbox.hints[b"/inbox"] = False
    assert inbox.next_look_s() == pytest.approx(100.1)
    inbox.hint_cost_s = 2.0
    assert inbox.next_look_s() == 110.0


def test_an_outage_is_new_only_once_and_is_tried_less_and_less_often(inbox):
    exc = OSError(errno.ESTALE, "Stale file handle")
    assert inbox.lose(exc, 100.0)
    assert inbox.trouble == "ESTALE: Stale file handle"
    waits = []
    for _ in range(7):
        assert not inbox.lose(exc, 100.0)
        waits.append(inbox.next_scan_s - 100.0)
    assert waits == [4, 8, 16, 32, 60, 60, 60]


def test_hints_do_not_hurry_what_cannot_be_reached(inbox):
    inbox.lose(OSError(errno.EIO, "Input/output error"), 100.0)
    inbox.hints[b"/inbox"] = False
    assert inbox.next_look_s() == 102.0


def test_it_is_back_only_if_it_was_away(inbox):
    assert not inbox.reach((1, 2), MOUNT)
    inbox.lose(OSError(errno.EIO, "Input/output error"), 100.0)
    assert inbox.identity is None
    assert inbox.reach((1, 3), MOUNT)
    assert inbox.reachable
