"""What worker processes hold in memory, by ``/proc``: each one's share, its largest moment, the model's mapped file."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import NamedTuple, Self

_EVERY_S = 0.1
_WORKER = b"invoicewatch.workers.child"


class PeakMemory:
    """The most that each worker process has had, in megabytes of PSS, while the block ran.

    What several processes map together counts for each by its share: the model's file, and libraries.
    """

    def __init__(self) -> None:
        self.peaks_mb: dict[int, int] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def largest_mb(self) -> int:
        """The most that any one of them has had; 0 where none was seen."""
        return max(self.peaks_mb.values(), default=0)

    def _watch(self) -> None:
        while not self._over.wait(_EVERY_S):
            for pid in list_workers():
                self.peaks_mb[pid] = max(self.peaks_mb.get(pid, 0), find_pss_mb(pid))


def list_workers() -> tuple[int, ...]:
    """The process ids of the workers that stem from this process, the oldest first."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it ended meanwhile
            continue
    return tuple(sorted(pid for pid in parents if _stems_from_us(pid, parents) and _is_worker(pid)))


def find_pss_mb(pid: int) -> int:
    """What a process holds, megabytes of PSS; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("Pss:")), 0)


class Mapping(NamedTuple):
    """What a process maps of one file, megabytes: all that is in memory, its own share, and what it has changed."""

    resident_mb: int
    share_mb: int
    private_dirty_mb: int


def find_mapping(pid: int, file: Path) -> Mapping:
    """What ``pid`` maps of ``file``, found by its device and inode; zeros if it maps nothing of it."""
    sums = dict.fromkeys(("Rss:", "Pss:", "Private_Dirty:"), 0)
    inside = False
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        key, *rest = line.split()
        if not key.endswith(":"):  # the head of a mapping: its addresses, rights, offset, device, inode and path
            inside = int(rest[3]) == file.stat().st_ino and " ".join(rest[4:]) == str(file)
        elif inside and key in sums:
            sums[key] += int(rest[0])
    return Mapping(*(kilobytes // 1024 for kilobytes in sums.values()))


def _stems_from_us(pid: int, parents: dict[int, int]) -> bool:
    while pid in parents and pid != os.getpid():
        pid = parents[pid]
    return pid == os.getpid()


def _is_worker(pid: int) -> bool:
    try:
        return _WORKER in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
