"""Signals as questions that the loop can ask, and a descriptor that becomes readable when one has come."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType


class Wakeup:
    """A pipe that ends a wait: written by signals and other threads, read by the loop."""

    def __init__(self, reader: int, writer: int) -> None:
        self.reader, self._writer = reader, writer
        self.stop = False
        self.reload = False
        self.hard_stop = False

    @classmethod
    def open(cls) -> Wakeup:
        """One over a new pipe, which lives as long as the process."""
        return cls(*os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC))

    def wake(self) -> None:
        """End the current or the next wait. Safe in signal handlers and threads."""
        with suppress(BlockingIOError):  # full: it will wake all the same
            os.write(self._writer, b"x")

    def clear(self) -> None:
        """Forget wake-ups that have come."""
        with suppress(BlockingIOError):
            os.read(self.reader, 65536)

    @contextmanager
    def listen(self) -> Iterator[None]:
        """Take signals while the block runs.

        SIGTERM and SIGINT stop, the second one at once; SIGHUP reloads; SIGUSR1 only wakes: somebody has changed the
        ledger.
        """
        numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1)
        before = {number: signal.signal(number, self._note) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self.reload = True
        elif number != signal.SIGUSR1:
            self.hard_stop = self.stop
            self.stop = True
        self.wake()
