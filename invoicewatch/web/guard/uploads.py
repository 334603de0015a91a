"""How much somebody may hand in: so many files a minute, so many requests at a time; then they wait."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from invoicewatch.errors import TransientError

_MINUTE_S = 60.0
_AT_A_TIME = 6
_ALL_AT_A_TIME = 24


class TooManyError(TransientError):
    """Too many files in too short a time; ``wait_s`` is how long to wait, in whole seconds."""

    default_code = "too_many"

    def __init__(self, wait_s: float) -> None:
        self.wait_s = max(1, round(wait_s + 0.5))
        super().__init__(
            "that is more than one person may hand in at a time",
            remedy=f"Wait {self.wait_s} seconds ([web] upload_files).",
        )


class Uploads:
    """Counts for all people; used on the event loop only."""

    def __init__(self, files_a_minute: int, now_s: Callable[[], float]) -> None:
        self._files_a_minute = files_a_minute
        self._now_s = now_s
        self._times: dict[int, deque[float]] = {}
        self._running: Counter[int] = Counter()

    @contextmanager
    def enter(self, person_id: int) -> Iterator[None]:
        """One more request, until the block ends. Raises TooManyError."""
        if self._running[person_id] >= _AT_A_TIME or self._running.total() >= _ALL_AT_A_TIME:
            raise TooManyError(1.0)
        self._running[person_id] += 1
        try:
            yield
        finally:
            self._running[person_id] -= 1

    def count(self, person_id: int) -> None:
        """One more file. Raises TooManyError."""
        now_s = self._now_s()
        times = self._times.setdefault(person_id, deque())
        while times and not now_s - _MINUTE_S < times[0] <= now_s:
            times.popleft()
        if len(times) >= self._files_a_minute:
            raise TooManyError(times[0] + _MINUTE_S - now_s)
        times.append(now_s)
