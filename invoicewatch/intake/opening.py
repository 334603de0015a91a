"""Open what lies in an inbox without being led astray: no symlink is followed, no FIFO or device is waited for."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from invoicewatch.records.ledger import Stamp

_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
_SIGNED_LIMIT = 2**63

# What a share answers that is gone, rather than a file that is bad.
OUTAGE = frozenset(
    {errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ETIMEDOUT, errno.ENODEV, errno.ENXIO}
)


class NotAFileError(OSError):
    """What lies there is no regular file."""


def make_stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file's status."""
    inode = status.st_ino if status.st_ino < _SIGNED_LIMIT else status.st_ino - 2 * _SIGNED_LIMIT
    return Stamp(inode, status.st_size, status.st_mtime_ns)


@contextmanager
def open_folder(root: bytes, relative: bytes) -> Iterator[int]:
    """A descriptor of a folder below ``root``, opened step by step so that no step can be a symlink.

    ``root`` itself may be one: the owner of the configuration named it. Depth is bounded by nothing but the disk, as
    no path longer than one name is ever handed to the kernel. Raises OSError.
    """
    current = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in relative.split(b"/") if relative else []:
            below = os.open(part, _FOLDER_FLAGS, dir_fd=current)
            os.close(current)
            current = below
        yield current
    finally:
        os.close(current)


@contextmanager
def open_file(root: bytes, path: bytes) -> Iterator[int]:
    """A descriptor of the regular file at ``path``, which lies below ``root``.

    Raises:
        NotAFileError: It is a symlink, FIFO, device, socket or folder.
        OSError: It cannot be opened.
    """
    folder, _, name = os.path.relpath(path, root).rpartition(b"/")
    with open_folder(root, folder) as parent:
        if not stat.S_ISREG(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
            raise NotAFileError(None, "not a regular file", os.fsdecode(path))
        descriptor = os.open(name, _FILE_FLAGS, dir_fd=parent)
    try:
        # The check above was for not opening a device at all; this one is for what we really have.
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFileError(None, "not a regular file", os.fsdecode(path))
        yield descriptor
    finally:
        os.close(descriptor)


def find_stamp(root: bytes, path: bytes) -> Stamp | None:
    """The stamp of the regular file at ``path`` below ``root``; None if there is none (any more). Raises OSError."""
    os.stat(root)  # noqa: PTH116 - bytes; a root that is missing says nothing about the file
    folder, _, name = os.path.relpath(path, root).rpartition(b"/")
    with suppress(FileNotFoundError, NotADirectoryError), open_folder(root, folder) as parent:
        status = os.stat(name, dir_fd=parent, follow_symlinks=False)
        return make_stamp(status) if stat.S_ISREG(status.st_mode) else None
    return None
