"""When an inbox is looked at next: hints hurry it, outages slow it down."""

import errno

import pytest

from invoicewatch.daemon.arrivals.inbox import INOTIFY, POLLING, Inbox
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


def test_hints_are_taken_once_and_a_deep_one_stays_deep(inbox):
    inbox.hint(b"/inbox/a", deep=True)
    inbox.hint(b"/inbox/a", deep=False)

    assert {b"/inbox/a": True} == inbox.take_hints(120.0)
    assert {} == inbox.take_hints(120.0)


def test_where_all_of_it_is_due_no_folder_is_named(inbox):
    inbox.hint(b"/inbox/a", deep=False)

    assert inbox.is_due(160.0)
    assert {} == inbox.take_hints(160.0)
    assert {} == inbox.hints


def test_a_scan_that_takes_long_is_made_less_often(inbox):
    inbox.note_scan(200.0, 0.5, 60.0)
    assert 260.0 == inbox.next_look_s()
    inbox.note_scan(200.0, 30.0, 60.0)
    assert 500.0 == inbox.next_look_s()


def test_following_hints_does_not_put_off_the_next_scan(inbox):
    inbox.note_hinted_scan(150.0, 2.0, whole=False)

    assert (150.0, 160.0, 2.0) == (inbox.last_scan_s, inbox.next_scan_s, inbox.hint_cost_s)


def test_hints_that_led_everywhere_say_nothing_of_the_cost_of_a_few(inbox):
    inbox.note_hinted_scan(150.0, 9.0, whole=True)

    assert 0.0 == inbox.hint_cost_s


@pytest.mark.parametrize(
    ("mode", "modified_s", "found_s"),
    [(INOTIFY, 110.0, 110.0), (INOTIFY, 90.0, 120.0), (INOTIFY, 130.0, 120.0), (POLLING, 110.0, 120.0)],
)
def test_a_change_happened_when_the_file_says_only_if_that_was_since_the_last_look(inbox, mode, modified_s, found_s):
    inbox.mode = mode

    assert found_s == inbox.find_time_of_change(int(modified_s * 1e9), 120.0)


def test_an_inbox_that_goes_without_events_is_looked_at_now(inbox):
    inbox.poll_instead()

    assert POLLING == inbox.mode
    assert inbox.is_due(100.0)


def test_after_the_clock_was_set_no_earlier_time_counts(inbox):
    inbox.forget_times()

    assert (0.0, 0.0) == (inbox.next_scan_s, inbox.last_scan_s)
