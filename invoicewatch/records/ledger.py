"""Files on their way in: what the ledger remembers of each, and which changes of state are legal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class FileState(StrEnum):
    """Where a file is on its way.

    ``waiting`` is for a retry at a set time; ``gone`` was removed by a person before it was claimed.
    """

    SEEN = "seen"
    SETTLED = "settled"
    CLAIMED = "claimed"
    WORKING = "working"
    RECORDED = "recorded"
    FILED = "filed"
    WAITING = "waiting"
    SET_ASIDE = "set_aside"
    DUPLICATE = "duplicate"
    GONE = "gone"


_S = FileState
TRANSITIONS: dict[FileState, frozenset[FileState]] = {
    _S.SEEN: frozenset({_S.SETTLED, _S.GONE}),
    # back to seen: it changed again before it was copied
    _S.SETTLED: frozenset({_S.CLAIMED, _S.SEEN, _S.WAITING, _S.SET_ASIDE, _S.GONE}),
    # straight to recorded: the same bytes were recorded without the daemon; back to settled: the copy was lost
    _S.CLAIMED: frozenset({_S.WORKING, _S.DUPLICATE, _S.RECORDED, _S.SET_ASIDE, _S.SETTLED}),
    # back to claimed: the daemon stopped before it was done
    _S.WORKING: frozenset({_S.RECORDED, _S.WAITING, _S.SET_ASIDE, _S.CLAIMED}),
    _S.WAITING: frozenset({_S.CLAIMED, _S.SETTLED, _S.SEEN, _S.GONE}),
    _S.RECORDED: frozenset({_S.FILED}),
    _S.FILED: frozenset(),
    # a person asks for another try, or replaces the file that was set aside, or takes it away
    _S.SET_ASIDE: frozenset({_S.SEEN, _S.CLAIMED, _S.GONE}),
    _S.DUPLICATE: frozenset(),
    _S.GONE: frozenset(),
}
"""Every legal change; a trigger in the database holds the same list."""

UNCLAIMED = frozenset({FileState.SEEN, FileState.SETTLED})
"""Nothing has been copied yet: if the file goes, there is nothing to do."""

FILING = frozenset({FileState.RECORDED, FileState.DUPLICATE, FileState.SET_ASIDE})
"""The outcome is committed; the original may still have to be moved."""


class Stamp(NamedTuple):
    """What tells that a file is still the same without reading it.

    ``inode`` is folded into SQLite's signed 64 bits. The device number is left out: it changes with every mount.
    """

    inode: int
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the ledger.

    ``path`` is the file system's own bytes. ``in_inbox``: what lies at ``path`` is this file. All times are Unix
    seconds; ``changed_s`` is when we last saw its stamp change, ``next_s`` when to look at it again or try it again.
    ``checks`` counts vain looks, ``attempts`` failed tries, ``crashes`` those that took the worker along. ``target`` is
    where the original was or will be moved, and ``filed_s`` when that was done (or was found to need nothing).
    """

    id: int
    inbox: str
    path: bytes
    state: FileState
    stamp: Stamp
    seen_s: float
    changed_s: float
    next_s: float = 0.0
    in_inbox: bool = True
    checks: int = 0
    attempts: int = 0
    crashes: int = 0
    without_model: bool = False
    sha256: str = ""
    media_type: str = ""
    invoice_id: int | None = None
    duplicate_of: int | None = None
    version_of: int | None = None
    target: bytes = b""
    filed_s: float | None = None
    error_code: str = ""
    error_message: str = ""
    error_remedy: str = ""
