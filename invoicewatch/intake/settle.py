"""Tell whether a file is ready to be taken: quiet for long enough, not empty, and complete."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from invoicewatch.intake.opening import OUTAGE, NotAFileError, find_stamp, open_file
from invoicewatch.intake.probe import ProbedFile, find_gap
from invoicewatch.records.ledger import FileEntry, Stamp

DetectType = Callable[[bytes], str]
_HEAD_BYTES = 4096


class Verdict(Enum):
    """What a look at a file says; LOCKED: it cannot be read now, whatever keeps it."""

    READY = auto()
    CHANGED = auto()
    GONE = auto()
    INCOMPLETE = auto()
    LOCKED = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """A verdict, with the stamp found and, where it has to wait, why."""

    verdict: Verdict
    stamp: Stamp | None = None
    why: str = ""


def look_at(entry: FileEntry, root: bytes, detect_type: DetectType) -> Look:
    """Look at a file whose quiet time is over.

    Args:
        entry: Its row.
        root: The folder below which it lies.
        detect_type: Tells a media type from a file's first bytes.

    Raises:
        OSError: The folder cannot be read: an outage, which says nothing about the file.
    """
    os.stat(root)  # noqa: PTH116 - bytes
    try:
        stamp = find_stamp(root, entry.path)
        if stamp is None:
            return Look(Verdict.GONE)
        if stamp != entry.stamp:
            return Look(Verdict.CHANGED, stamp)
        gap = _find_gap(root, entry.path, detect_type)
    except (FileNotFoundError, NotADirectoryError, NotAFileError):
        return Look(Verdict.GONE)
    except OSError as exc:
        if exc.errno in OUTAGE:
            raise
        return Look(Verdict.LOCKED, entry.stamp, f"it cannot be read: {exc.strerror}")
    return Look(Verdict.INCOMPLETE, stamp, gap) if gap else Look(Verdict.READY, stamp)


def _find_gap(root: bytes, path: bytes, detect_type: DetectType) -> str | None:
    with open_file(root, path) as descriptor:
        file = ProbedFile(descriptor, os.fstat(descriptor).st_size)
        return find_gap(file, detect_type(file.read(0, _HEAD_BYTES)))
