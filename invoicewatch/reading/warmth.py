"""What takes long to load and not every file needs: begun in the background, once, at the latest by who needs it."""

from __future__ import annotations

import threading
from collections.abc import Callable


def _say_nothing() -> None:
    pass


class Warmth:
    """Loads that are done one after the other, the most urgent first, in a thread of their own.

    Side by side they would hold up one another, and with it the one that the first page waits for.

    Args:
        loads: Each returns once it has loaded, and raises nothing.
    """

    def __init__(self, *loads: Callable[[], None]) -> None:
        self._loads = loads
        self._lock = threading.Lock()
        self._begun = False
        self._before = _say_nothing

    def announce(self, before: Callable[[], None]) -> None:
        """Have ``before`` called before anything is loaded: a load may be the last thing that a process does."""
        self._before = before

    def begin(self) -> None:
        """Begin to load, if that was not done before; returns at once. Any thread may ask."""
        with self._lock:
            if self._begun:
                return
            self._begun = True
            self._before()
            threading.Thread(target=self._load, name="warmth", daemon=True).start()

    def _load(self) -> None:
        for load in self._loads:
            load()
