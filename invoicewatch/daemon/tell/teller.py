"""Hand events to the channels, on a thread of its own: whatever becomes of them, the daemon's loop never waits."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from invoicewatch.config import NotifySettings
from invoicewatch.daemon.tell.channel import Channel
from invoicewatch.daemon.tell.event import Event
from invoicewatch.errors import InvoicewatchError, TransientError
from invoicewatch.intake.backoff import retry_delay_s


@dataclass(slots=True, eq=False)
class _Line:
    """A channel and how it fares; while it fails all that it is to deliver waits, so that the order is kept."""

    channel: Channel
    failures: int = 0
    until_s: float = 0.0
    lost: int = 0
    trouble: str = ""


@dataclass(slots=True, eq=False)
class _Notice:
    line: _Line
    event: Event
    attempts: int = 0


class Teller:
    """A bounded queue and the thread that empties it. Without channels it does nothing and starts no thread.

    What waits is kept in memory only: the ledger, not a notice, says what happened.
    """

    def __init__(
        self,
        channels: Sequence[Channel] = (),
        settings: NotifySettings | None = None,
        wake: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings or NotifySettings()
        self._lines = [_Line(channel) for channel in channels]
        self._wake = wake
        self._clock = clock
        self._log = structlog.get_logger("invoicewatch.notify")
        self._waiting: deque[_Notice] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._dropped = 0
        self._thread: threading.Thread | None = None

    @property
    def troubles(self) -> list[str]:
        """The channels that do not get through now, in words."""
        with self._changed:
            return [line.trouble for line in self._lines if line.trouble]

    def tell(self, event: Event) -> None:
        """Put an event in the queue if somebody wants to hear of its kind; the oldest make room for it."""
        if not self._lines or event.kind not in self._settings.events:
            return
        with self._changed:
            for line in self._lines:
                self._make_room()
                self._waiting.append(_Notice(line, event))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="notify", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self, grace_s: float) -> None:
        """Deliver what can be delivered at once, for so many seconds; say how much was not."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(grace_s)
        with self._changed:
            left = len(self._waiting)
            self._waiting.clear()
        for line in self._lines:
            line.channel.stop()
        if left:
            self._log.warning("notices were not sent", count=left)

    def _make_room(self) -> None:
        if len(self._waiting) >= self._settings.max_waiting:
            self._waiting.popleft()
            self._dropped += 1

    def _run(self) -> None:
        while (notice := self._await_next()) is not None:
            try:
                notice.line.channel.deliver(notice.event)
            except InvoicewatchError as exc:
                self._note_failure(notice, exc)
            else:
                self._note_success(notice.line)
            self._report_dropped()

    def _await_next(self) -> _Notice | None:
        """The first notice whose channel may be tried; None once there is none and we are closing."""
        with self._changed:
            while True:
                now_s = self._clock()
                due = next((notice for notice in self._waiting if notice.line.until_s <= now_s), None)
                if due is not None:
                    self._waiting.remove(due)
                    return due
                if self._closing:
                    return None
                times = [notice.line.until_s - now_s for notice in self._waiting]
                self._changed.wait(min(times) if times else None)

    def _note_success(self, line: _Line) -> None:
        if line.trouble:
            self._log.info("notices get through again", channel=line.channel.name, lost=line.lost)
        recovered = bool(line.trouble)
        with self._changed:
            line.failures, line.until_s, line.lost, line.trouble = 0, 0.0, 0, ""
        if recovered:
            self._wake()

    def _note_failure(self, notice: _Notice, exc: InvoicewatchError) -> None:
        line, settings = notice.line, self._settings
        notice.attempts += 1
        may_pass = isinstance(exc, TransientError)
        began = not line.trouble
        with self._changed:
            line.trouble = f"notices by {line.channel.name} do not get through: {exc.message}"
            if may_pass:
                line.failures += 1
                delay_s = retry_delay_s(line.failures, settings.retry_first_s, settings.retry_cap_s)
                line.until_s = self._clock() + delay_s
            if may_pass and notice.attempts < settings.max_attempts and len(self._waiting) < settings.max_waiting:
                self._waiting.appendleft(notice)
            else:
                line.lost += 1
        if began:
            self._log.error("notices do not get through", channel=line.channel.name, reason=exc.message)
            self._wake()

    def _report_dropped(self) -> None:
        """At most once a delivery, however many there were."""
        with self._changed:
            dropped, self._dropped = self._dropped, 0
        if dropped:
            self._log.warning("notices dropped: too many wait", count=dropped, most=self._settings.max_waiting)
