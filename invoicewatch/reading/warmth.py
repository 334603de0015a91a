"""What takes long to load and not every file needs: begun in the background, once, at the latest by who needs it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

Load = Callable[[], None]


def _do_nothing() -> None:
    pass


class Warmth:
    """Loads that are done one after the other in a thread of their own, the most urgent first.

    Side by side they would hold up one another, and with it the one that the first page waits for.

    Args:
        loads: What is loaded for any page. Each returns once it has loaded, and raises nothing.
        for_pictures: What is loaded before that for a picture.
    """

    def __init__(self, *loads: Load, for_pictures: Load = _do_nothing) -> None:
        self._loads = loads
        self._for_pictures = for_pictures
        self._lock = threading.Lock()
        self._begun: list[Load] = []
        self._before = _do_nothing

    def announce(self, before: Callable[[], None]) -> None:
        """Have ``before`` called before ``loads`` begin: a load may be the last thing that a process does."""
        self._before = before

    def begin(self) -> None:
        """Begin to load what any page needs, if that was not done before; returns at once. Any thread may ask."""
        self._begin(self._loads)

    def begin_for_picture(self) -> None:
        """Begin to load what a picture needs, likewise."""
        self._begin((self._for_pictures, *self._loads))

    def _begin(self, wanted: Sequence[Load]) -> None:
        with self._lock:
            fresh = [load for load in wanted if load not in self._begun]
            if not fresh:
                return
            self._begun += fresh
            if any(load in fresh for load in self._loads):
                self._before()  # by who asks: what it tells of the load goes where that one tells of all else
            threading.Thread(target=_load, args=(fresh,), name="warmth", daemon=True).start()


def _load(loads: Sequence[Load]) -> None:
    for load in loads:
        load()
