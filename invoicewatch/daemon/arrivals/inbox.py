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
_PAUSE_PER_COST = 10  # of a huge inbox: scanning takes at most a tenth of the time


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

    def hint(self, folder: bytes, *, deep: bool) -> None:
        """Note a folder that is worth a look, with all below it if ``deep``."""
        self.hints[folder] = self.hints.get(folder, False) or deep

    def hurry(self) -> None:
        """Have all of it looked at now."""
        self.next_scan_s = 0.0

    def forget_times(self) -> None:
        """Have all of it looked at now, and trust no time of an earlier look."""
        self.next_scan_s = self.last_scan_s = 0.0

    def is_due(self, now_s: float) -> bool:
        """Whether all of it is to be looked at now, and not only the folders that were hinted at."""
        return self.next_scan_s <= now_s

    def take_hints(self, now_s: float) -> dict[bytes, bool]:
        """The folders to look at now, which are thereby taken; none where all of it is due."""
        folders, self.hints = ({} if self.is_due(now_s) else self.hints), {}
        return folders

    def note_scan(self, now_s: float, cost_s: float, pace_s: float) -> None:
        """Note that all of it was looked at as was due, which took ``cost_s`` seconds; the next look is planned."""
        self.last_scan_s = now_s
        self.next_scan_s = now_s + max(pace_s, _PAUSE_PER_COST * cost_s)

    def note_hinted_scan(self, now_s: float, cost_s: float, *, whole: bool) -> None:
        """Note that hints were followed; if they did not lead everywhere, their cost tells how often they may be."""
        self.last_scan_s = now_s
        if not whole:
            self.hint_cost_s = cost_s

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

    def find_time_of_change(self, mtime_ns: int, now_s: float) -> float:
        """When a change that is seen now happened: when the file says, if that was since the last look, else now."""
        modified_s = mtime_ns / 1e9
        return modified_s if self.mode == INOTIFY and 0 < self.last_scan_s < modified_s <= now_s else now_s

    def poll_instead(self) -> None:
        """Go without events from now on."""
        self.mode = POLLING
        self.hurry()

    def reach(self, identity: tuple[int, int], mount: Mount) -> bool:
        """Note that it can be read; whether it could not before."""
        back = not self.reachable
        self.trouble, self.failures = "", 0
        self.identity, self.mount = identity, mount
        return back
