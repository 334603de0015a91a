"""What pictures need is loaded once, and said before, by who asked."""

from __future__ import annotations

import threading

import pytest

from invoicewatch.reading.warmth import Warmth


class Loads:
    """Notes what is loaded; ``wait`` waits until so much was."""

    def __init__(self):
        self.seen: list[str] = []
        self._news = threading.Semaphore(0)

    def make(self, name):
        def load():
            self.seen.append(name)
            self._news.release()

        return load

    def wait(self, count):
        return all(self._news.acquire(timeout=10) for _ in range(count))


@pytest.fixture
def loads():
    return Loads()


@pytest.fixture
def warmth(loads):
    warmth = Warmth(loads.make("tables"), loads.make("model"), for_pictures=loads.make("engine"))
    warmth.announce(lambda: loads.seen.append(threading.current_thread().name))
    return warmth


ME = threading.main_thread().name


def test_nothing_is_loaded_before_it_is_needed_and_then_once(loads, warmth):
    assert not loads.seen
    warmth.begin()
    warmth.begin()
    assert loads.wait(2)
    assert [ME, "tables", "model"] == loads.seen


def test_a_picture_has_its_engine_loaded_first(loads, warmth):
    warmth.begin_for_picture()
    warmth.begin_for_picture()
    warmth.begin()
    assert loads.wait(3)
    assert [ME, "engine", "tables", "model"] == loads.seen


def test_what_was_loaded_ahead_is_not_loaded_again_for_a_picture(loads, warmth):
    warmth.begin()
    assert loads.wait(2)
    warmth.begin_for_picture()
    assert loads.wait(1)
    assert [ME, "tables", "model", "engine"] == loads.seen
