"""One inbox: how it is watched, whether it can be reached, and when it is to be looked at next."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field

from invoicewatch.intake.backoff import retry_delay_s
from invoicewatch.intake.mounts import Mount

INOTIFY = "inotify"
POLLING = "polling"
_OUTAGE_FIRST_S = 2.0
_OUTAGE_CAP_S = 60.0
_EVENT_GAP_S = 0.1


@dataclass(slots=True)
class Inbox:
    """The state of one inbox. Times are Unix seconds.

    ``identity`` is the root's device and inode number when it was last reached, None before. ``trouble`` is why it
    cannot be reached, empty if it can. ``hints`` are folders to look at before the next whole scan.
    """

    path: str
    mode: str
    identity: tuple[int, int] | None = None
    mount: Mount | None = None
    watched: bool = False
    trouble: str = ""
    failures: int = 0
    next_scan_s: float = 0.0
    last_scan_s: float = 0.0
    hint_cost_s: float = 0.0
    hints: dict[bytes, bool] = field(default_factory=dict)

    @property
    def root(self) -> bytes:
        """The path as the file system knows it."""
        return os.fsencode(self.path)

    @property
    def reachable(self) -> bool:
        """Whether the last scan could read it."""
        return not self.trouble

    def next_look_s(self) -> float:
        """When it is to be looked at next."""
        if self.hints and self.reachable:
            # A flood of events must not turn into a flood of scans.
            return min(self.next_scan_s, self.last_scan_s + max(_EVENT_GAP_S, 5 * self.hint_cost_s))
        return self.next_scan_s

    def lose(self, exc: OSError, now_s: float) -> bool:
        """Note an outage; whether it is a new one."""
        new = self.reachable
        self.failures += 1
        self.identity = None  # whatever comes back is looked at afresh, and watched anew
        self.trouble = f"{errno.errorcode.get(exc.errno or 0, 'error')}: {exc.strerror or exc}"
        self.next_scan_s = now_s + retry_delay_s(self.failures, _OUTAGE_FIRST_S, _OUTAGE_CAP_S)
        return new

    def reach(self, identity: tuple[int, int], mount: Mount) -> bool:
        """Note that it can be read; whether it could not before."""
        back = not self.reachable
        self.trouble, self.failures = "", 0
        self.identity, self.mount = identity, mount
        return back
