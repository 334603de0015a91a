"""Copy a file into the spool and hash the copy; what is processed is the copy."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from invoicewatch.errors import TransientError
from invoicewatch.intake.opening import find_stamp, make_stamp, open_file
from invoicewatch.records.ledger import Stamp

CHUNK_BYTES = 1 << 20
HEAD_BYTES = 4096
Alive = Callable[[], None]


class FileChangedError(TransientError):
    """The file was replaced or written to while it was read; ``found`` is its stamp now."""

    default_code = "changed"

    def __init__(self, path: bytes, found: Stamp) -> None:
        super().__init__(f"{os.fsdecode(path)} changed while it was read")
        self.found = found


@dataclass(frozen=True, slots=True)
class SpoolCopy:
    """A complete copy: where it is, the hash of its bytes, and its first bytes."""

    file: Path
    sha256: str
    head: bytes


def spool_file(spool: Path, file_id: int) -> Path:
    """Where the copy of a file lies."""
    return spool / str(file_id)


def copy_to_spool(root: bytes, path: bytes, stamp: Stamp, target: Path, alive: Alive = lambda: None) -> SpoolCopy:
    """Copy a file beside ``target``; ``sync_copies`` puts it there, and on the disk.

    Args:
        root: The folder that holds it.
        path: The file.
        stamp: What it must be, before and after.
        target: The copy; it appears complete or not at all.
        alive: Called after every chunk: a large file on a slow share takes minutes.

    Raises:
        FileChangedError: It is not, or does not stay, what ``stamp`` says.
        OSError: It cannot be read or the copy cannot be written.
    """
    with open_file(root, path) as source:
        _check(path, make_stamp(os.fstat(source)), stamp)
        digest, head = hashlib.sha256(), b""
        with partial_file(target).open("wb") as copy:
            # One byte more than there should be shows growth; a file that never ends must not be copied without end.
            left = stamp.size + 1
            while left > 0 and (chunk := os.read(source, min(CHUNK_BYTES, left))):
                left -= len(chunk)
                digest.update(chunk)
                copy.write(chunk)
                head = head or chunk[:HEAD_BYTES]
                alive()
        _check(path, make_stamp(os.fstat(source)), stamp)
        # Replaced by a rename: what we hold open never changed. (Removed is no change: we have it all.)
        _check(path, find_stamp(root, path) or stamp, stamp)
    return SpoolCopy(target, digest.hexdigest(), head)


def sync_copies(targets: Sequence[Path], reach: Callable[[str], None] = lambda _: None) -> None:
    """Put copies that were just made on the disk and in their place; all of one folder. Raises OSError."""
    for target in targets:
        sync_file(partial_file(target))
        partial_file(target).rename(target)
        reach("copied")
    if targets:
        sync_folder(targets[0].parent)


def partial_file(target: Path) -> Path:
    """Where a copy lies until it is whole."""
    return target.with_name(f"{target.name}.part")


def _check(path: bytes, found: Stamp, stamp: Stamp) -> None:
    if found != stamp:
        raise FileChangedError(path, found)


def sync_folder(folder: Path | bytes) -> None:
    """Put a folder's own changes (a new or removed name) on the disk."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def sync_file(file: Path) -> None:
    """Put what was written to a file on the disk."""
    _sync(file, os.O_RDONLY | os.O_CLOEXEC)


def _sync(path: Path | bytes, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def clear_spool(spool: Path, keep: frozenset[int]) -> int:
    """Remove copies that no row needs, left by a crash. Returns how many."""
    removed = 0
    for file in spool.iterdir():
        if not (file.name.isdigit() and int(file.name) in keep):
            file.unlink()
            removed += 1
    return removed
