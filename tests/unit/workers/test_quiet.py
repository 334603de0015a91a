"""What is loaded at the start is not looked through for ever; what comes later is collected as ever."""

from __future__ import annotations

import gc
import weakref

import pytest

from invoicewatch.workers.quiet import keep_loaded, load_quietly


class Knot:
    """An object that only the collector can free."""

    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def _thaw():
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_while_loading_and_later_knots_are():
    with load_quietly():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 1000
    later = weakref.ref(Knot())
    gc.collect()
    assert later() is None


def test_what_the_first_document_left_over_is_freed_before_the_rest_is_kept():
    gc.disable()
    left = weakref.ref(Knot())
    keep_loaded()
    assert left() is None
    assert gc.isenabled()
