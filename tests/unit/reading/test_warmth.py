"""What pictures need is loaded once, and said before."""

from __future__ import annotations

import threading

from invoicewatch.reading.warmth import Warmth


def test_nothing_is_loaded_before_it_is_needed_and_then_once():
    seen: list[str] = []
    done = threading.Event()
    warmth = Warmth(lambda: seen.append("model"), lambda: seen.append("tables"), done.set)
    warmth.announce(lambda: seen.append("said"))
    assert not seen
    warmth.begin()
    warmth.begin()
    assert done.wait(10)
    assert seen == ["said", "model", "tables"]
