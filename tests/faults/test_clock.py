"""A clock that is set back while the daemon runs, or while it does not."""

import time

import pytest

from tests.faults.folders import Folders, stop

HOUR_S = 3600.0


class Office(Folders):
    """Folders with a clock that the test sets."""

    def __init__(self, base):
        super().__init__(base, retry_first_s=1.0, retry_cap_s=1.0, max_attempts=1000, reconcile_s=2.0)
        self.clock = base / "clock"
        self.set_clock(0)

    def set_clock(self, offset_s):
        (self.base / "clock.new").write_text(str(offset_s))
        (self.base / "clock.new").replace(self.clock)

    def start(self, **env):
        return super().start(CLOCK=str(self.clock), **env)

    def count_attempts(self):
        return (self.query("SELECT max(attempts) FROM file") or [(None,)])[0][0] or 0


@pytest.fixture
def office(quick_folder):
    return Office(quick_folder)


def check_goes_on(office):
    """Retries go on at their pace, a placeholder is looked at again, and what is new is taken."""
    before, begun_s = office.count_attempts(), time.monotonic()
    office.wait_for(lambda: office.count_attempts() >= before + 2, "the retry waits for the clock before", 20)
    assert time.monotonic() - begun_s < 15
    (office.inbox / "later.txt").write_text("fine at last")
    office.drop("new.txt", "fine and new")
    office.wait_for(lambda: office.states()["filed"] == 2, "what is new waits for the clock before", 30)


def wait_until_both_wait(office):
    office.drop("busy.txt", "busy")
    (office.inbox / "later.txt").touch()
    office.wait_for(office.count_attempts, "never tried")
    office.wait_for(lambda: office.states()["seen"] == 1, "never seen")


def test_a_clock_that_is_set_back_delays_nothing(office):
    daemon = office.start()
    wait_until_both_wait(office)
    office.set_clock(-HOUR_S)
    check_goes_on(office)
    assert "clock was set back" in office.log
    assert stop(daemon) == 0


def test_a_clock_that_is_set_back_while_the_daemon_is_down_delays_nothing(office):
    daemon = office.start()
    wait_until_both_wait(office)
    assert stop(daemon) == 0
    office.set_clock(-HOUR_S)
    daemon = office.start()
    check_goes_on(office)
    assert stop(daemon) == 0
