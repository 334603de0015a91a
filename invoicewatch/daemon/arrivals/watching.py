"""Keep the inotify observer alive, and do without it where it cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from invoicewatch.daemon.arrivals.hints import FolderWatch
from invoicewatch.daemon.arrivals.inbox import INOTIFY, Inbox
from invoicewatch.daemon.context import Context

PULSE_EVERY_S = 60.0
PULSE_PATIENCE_S = 10.0
MAX_RESTARTS = 3
_PULSE_FOLDER = "watch"


class Watching:
    """Watches the inboxes that can be watched; the others are polled by the scanner.

    The observer is replaced when it dies. Where even that does not help, inboxes are polled until the daemon starts
    again.
    """

    def __init__(self, context: Context, inboxes: Sequence[Inbox], wake: Callable[[], None]) -> None:
        self._context = context
        self._inboxes = inboxes
        self._wake = wake
        self._watch: FolderWatch | None = None
        self._next_pulse_s = 0.0
        self._restarts = 0

    def add(self, inbox: Inbox) -> None:
        """Watch an inbox that has become reachable, if it is one to be watched."""
        if inbox.mode != INOTIFY:
            return
        if inbox.watched:
            # Its old watch hangs on a file system or folder that is gone; the observer cannot be told so.
            self._restart()
            return
        try:
            self._watch = self._watch or self._start()
            self._watch.add(inbox.root)
            inbox.watched = True
        except OSError as exc:
            self._poll_instead(inbox, f"inotify: {exc.strerror}")

    def take_hints(self, inbox: Inbox) -> None:
        """Hand an inbox the folders that had events."""
        if self._watch:
            for folder, deep in self._watch.take_hints(inbox.root).items():
                inbox.hint(folder, deep=deep)

    def check(self, now_s: float) -> None:
        """See whether events still arrive; mend it if not."""
        if self._watch is None:
            return
        if not self._watch.is_alive(now_s, PULSE_PATIENCE_S):
            self._context.log.error("the observer is dead: starting another")
            self._restarts += 1
            self._restart()
        elif now_s >= self._next_pulse_s:
            if self._watch.has_proved_alive:
                self._restarts = 0
            self._next_pulse_s = now_s + PULSE_EVERY_S
            self._watch.beat(now_s)

    def next_check_s(self, now_s: float) -> float:
        """When ``check`` should be called next."""
        if self._watch is None:
            return float("inf")
        return min(self._next_pulse_s, now_s + PULSE_PATIENCE_S) if self._watch.is_waiting else self._next_pulse_s

    def forget_times(self) -> None:
        """Send the next pulse now."""
        self._next_pulse_s = 0.0

    def close(self) -> None:
        """Stop the observer."""
        if self._watch:
            self._watch.close()
            self._watch = None

    def _start(self) -> FolderWatch:
        self._next_pulse_s = 0.0
        return FolderWatch.start(self._context.root_of_state / _PULSE_FOLDER, self._wake, self._say_overflow)

    def _say_overflow(self) -> None:
        self._context.log.warning("the kernel dropped events: looking at everything")

    def _restart(self) -> None:
        self.close()
        watched = [inbox for inbox in self._inboxes if inbox.mode == INOTIFY]
        for inbox in watched:
            inbox.watched = False
            inbox.hurry()  # events were missed meanwhile
            if self._restarts > MAX_RESTARTS:
                self._poll_instead(inbox, "observers keep dying")
            elif inbox.reachable:
                self.add(inbox)

    def _poll_instead(self, inbox: Inbox, reason: str) -> None:
        inbox.poll_instead()
        self._context.log.warning("inbox is polled instead of watched", inbox=inbox.path, reason=reason)
