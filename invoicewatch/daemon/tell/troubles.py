"""Tell of a trouble when it begins, and not again while it lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from invoicewatch.daemon.tell.event import Event, describe_trouble


class Troubles:
    """Remembers which troubles there were at the last look."""

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell
        self._known: frozenset[str] = frozenset()

    def look(self, current: Mapping[str, str], now_s: float) -> None:
        """Tell of each trouble that was not there before; ``current`` maps what is affected to words, empty if well."""
        present = {key: message for key, message in current.items() if message}
        for key in present.keys() - self._known:
            self._tell(describe_trouble(present[key], now_s))
        self._known = frozenset(present)
