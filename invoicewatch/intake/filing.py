"""Move an original to where it belongs: no name is ever overwritten, no byte is ever lost."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from invoicewatch.intake.claim import CHUNK_BYTES, sync_folder
from invoicewatch.intake.opening import find_stamp, make_stamp
from invoicewatch.records.ledger import Stamp

NAME_MAX_BYTES = 255  # Linux's NAME_MAX
_RENAME_NOREPLACE = 1  # linux/fs.h
_AT_FDCWD = -100
_LONGEST_SUFFIX = 16
_NOT_SUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}


def month_folder(archive: bytes, arrived: datetime) -> bytes:
    """``ARCHIVE/YYYY/MM`` of the arrival; ``arrived`` is in the time zone that people here live in."""
    return archive + arrived.strftime("/%Y/%m").encode()


def free_name(folder: bytes, name: bytes, taken: frozenset[bytes] = frozenset()) -> bytes:
    """A path in ``folder`` where nothing lies yet: ``name``, or ``name (2)`` and so on before its suffix."""
    stem, dot, suffix = name.rpartition(b".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, b"", b""
    number = 1
    while True:
        mark = b"" if number == 1 else b" (%d)" % number
        path = folder + b"/" + stem[: NAME_MAX_BYTES - len(mark + dot + suffix)] + mark + dot + suffix
        if path not in taken and not os.path.lexists(path):
            return path
        number += 1


def file_away(
    source: bytes,
    target: bytes,
    stamp: Stamp,
    sha256: str,
    copy: bytes,
    reach: Callable[[str], None] = lambda _: None,
) -> None:
    """Bring what was claimed to ``target``: the original, or our copy where the original changed or went.

    May be called again after a crash at any point; ``reach`` is told of those within. Raises OSError; FileExistsError
    if something else lies at ``target``.
    """
    if is_filed(target, stamp, sha256):
        if find_stamp(os.path.dirname(source), source) == stamp and not _is_one_file(source, target):  # noqa: PTH120
            os.unlink(source)  # noqa: PTH108 - the crash came between the copy and this
    elif not move_file(source, target, stamp, sha256, reach):
        copy_verified(copy, target, sha256)


def _is_one_file(source: bytes, target: bytes) -> bool:
    """Whether removing ``source`` would remove ``target``: two ways to one name (a bind mount, a linked folder)."""
    return os.path.samefile(source, target) and os.lstat(source).st_nlink == 1  # noqa: PTH121 - bytes


def move_file(
    source: bytes, target: bytes, stamp: Stamp, sha256: str, reach: Callable[[str], None] = lambda _: None
) -> bool:
    """Move the file with this stamp from ``source`` to ``target``, whose folder is made if need be.

    Atomic on one file system; across two it is copied, synced and verified before the source is removed.

    Returns:
        False if what lies at ``source`` is not that file any more; it then stays there, and nothing is at ``target``.

    Raises:
        FileExistsError: Something lies at ``target``.
        OSError: It cannot be moved now; the source is where it was.
    """
    folder = os.path.dirname(target)  # noqa: PTH120 - bytes: pathlib knows only text
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    if find_stamp(os.path.dirname(source), source) != stamp:  # noqa: PTH120
        return False
    try:
        rename_new(source, target)
    except OSError as exc:
        if exc.errno != errno.EXDEV:
            raise
        return _move_across(source, target, stamp, sha256, reach)
    if find_stamp(folder, target) != stamp:
        rename_new(target, source)
        return False
    sync_folder(folder)
    return True


def rename_new(source: bytes, target: bytes) -> None:
    """Rename, but never onto something. Raises FileExistsError, or another OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.renameat2(_AT_FDCWD, source, _AT_FDCWD, target, _RENAME_NOREPLACE) == 0:
        return
    code = ctypes.get_errno()
    if code not in _NOT_SUPPORTED:
        raise OSError(code, os.strerror(code), os.fsdecode(source), None, os.fsdecode(target))
    # Some network file systems cannot do it in one step. We are the only one who writes in the archive.
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fsdecode(target))
    os.rename(source, target)  # noqa: PTH104


def _move_across(source: bytes, target: bytes, stamp: Stamp, sha256: str, reach: Callable[[str], None]) -> bool:
    copy_verified(source, target, sha256)
    reach("copied across")
    if find_stamp(os.path.dirname(source), source) != stamp:  # noqa: PTH120
        os.unlink(target)  # noqa: PTH108
        return False
    os.unlink(source)  # noqa: PTH108
    return True


def copy_verified(source: bytes, target: bytes, sha256: str) -> None:
    """Copy to a temporary name beside ``target``, sync, read it back, compare, rename.

    ``sha256`` empty: compare with what was read rather than with what was recorded. Raises OSError.
    """
    folder = os.path.dirname(target)  # noqa: PTH120
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    partial = folder + b"/.invoicewatch.part"  # one daemon, one copy at a time; a crash leaves at most this
    try:
        with open(source, "rb") as original, open(partial, "wb") as copy:  # noqa: PTH123
            shutil.copyfileobj(original, copy, CHUNK_BYTES)
            copy.flush()
            os.fsync(copy.fileno())
            shutil.copystat(source, partial)
        if hash_file(partial) != (sha256 or hash_file(source)):
            raise OSError(errno.EIO, "the copy differs from what was recorded", os.fsdecode(source))
        rename_new(partial, target)
        sync_folder(folder)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(partial)  # noqa: PTH108


def hash_file(path: bytes) -> str:
    """The SHA-256 of a file, in hex. Raises OSError."""
    with open(path, "rb") as file:  # noqa: PTH123
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_filed(target: bytes, stamp: Stamp, sha256: str) -> bool:
    """Whether the file lies at ``target`` already: the very file, or a verified copy of it."""
    try:
        found = make_stamp(os.lstat(target))
    except (FileNotFoundError, NotADirectoryError):
        return False
    return found == stamp or (found.size == stamp.size and bool(sha256) and hash_file(target) == sha256)
