"""Move an original to where it belongs: no name is ever overwritten, no byte is ever lost."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from typing import NamedTuple

from invoicewatch.intake.claim import CHUNK_BYTES, sync_folder
from invoicewatch.intake.opening import find_stamp, make_stamp, open_file, open_folder
from invoicewatch.records.ledger import Stamp

Reach = Callable[[str], None]
Sync = Callable[[bytes], None]

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
    paths = (folder + b"/" + number_name(name, number) for number in count(1))
    return next(path for path in paths if path not in taken and not os.path.lexists(path))


def number_name(name: bytes, number: int) -> bytes:
    """``name`` for the first, ``name (2)`` and so on for the others, the number before the suffix."""
    stem, dot, suffix = name.rpartition(b".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, b"", b""
    mark = b"" if number == 1 else b" (%d)" % number
    return stem[: NAME_MAX_BYTES - len(mark + dot + suffix)] + mark + dot + suffix


class Original(NamedTuple):
    """An original that is to go somewhere: it lies at ``path`` below ``root`` and is what ``stamp`` says.

    ``sha256`` is that of the bytes that were claimed, ``copy`` where our copy of them lies.
    """

    root: bytes
    path: bytes
    stamp: Stamp
    sha256: str
    copy: bytes

    @property
    def is_there(self) -> bool:
        """Whether it still lies there, unchanged. Raises OSError."""
        return find_stamp(self.root, self.path) == self.stamp

    @contextmanager
    def open_parent(self) -> Iterator[tuple[int, bytes]]:
        """A descriptor of its folder, and its name there: works for paths of any length. Raises OSError."""
        folder, _, name = os.path.relpath(self.path, self.root).rpartition(b"/")
        with open_folder(self.root, folder) as descriptor:
            yield descriptor, name


def file_away(
    original: Original,
    target: bytes,
    reach: Reach = lambda _: None,
    alive: Callable[[], None] = lambda: None,
    sync: Sync = sync_folder,
) -> None:
    """Bring what was claimed to ``target``: the original, or our copy where the original changed or went.

    May be called again after a crash at any point; ``reach`` is told of those within, and ``alive`` is called while
    bytes are copied. ``sync`` is given the folder that has to be put on the disk before the move counts as done. Raises
    OSError; FileExistsError if something else lies at ``target``.
    """
    if is_filed(target, original.stamp, original.sha256):
        if original.is_there and not _is_one_file(original, target):
            remove_original(original)  # the crash came between the copy and this
        sync(os.path.dirname(target))  # noqa: PTH120 - a crash may have come before that, too
    elif not move_file(original, target, reach, alive, sync):
        copy_verified(original.copy, target, original.sha256, reach, alive)


def _is_one_file(original: Original, target: bytes) -> bool:
    """Whether removing the original would remove ``target``: two ways to one name (a bind mount, a linked folder)."""
    with original.open_parent() as (folder, name):
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    return os.path.samestat(status, os.lstat(target)) and status.st_nlink == 1


def remove_original(original: Original) -> None:
    """Remove it from where it lies. Raises OSError."""
    with original.open_parent() as (folder, name):
        os.unlink(name, dir_fd=folder)


def move_file(
    original: Original,
    target: bytes,
    reach: Reach = lambda _: None,
    alive: Callable[[], None] = lambda: None,
    sync: Sync = sync_folder,
) -> bool:
    """Move the original to ``target``, whose folder is made if need be.

    Atomic on one file system; across two it is copied, synced and verified before the source is removed.

    Returns:
        False if what lies at its path is not that file any more; it then stays there, and nothing is at ``target``.

    Raises:
        FileExistsError: Something lies at ``target``.
        OSError: It cannot be moved now; the source is where it was.
    """
    folder = os.path.dirname(target)  # noqa: PTH120 - bytes: pathlib knows only text
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    if not original.is_there:
        return False
    with original.open_parent() as (parent, name):
        try:
            rename_new(name, target, source_folder=parent)
        except OSError as exc:
            if exc.errno != errno.EXDEV:
                raise
            return _move_across(original, target, reach, alive)
        if find_stamp(folder, target) != original.stamp:
            _put_back(target, name, parent)
            return False
    sync(folder)
    return True


def _put_back(target: bytes, name: bytes, parent: int) -> None:
    """Give back what is not the file that was to be moved; beside it if yet another lies at its name by now."""
    for number in count(1):
        with suppress(FileExistsError):
            rename_new(target, number_name(name, number), target_folder=parent)
            return


def rename_new(source: bytes, target: bytes, *, source_folder: int = _AT_FDCWD, target_folder: int = _AT_FDCWD) -> None:
    """Rename, but never onto something. Names are relative to the folders' descriptors where these are given.

    Raises:
        FileExistsError: Something lies at ``target``.
        OSError: It cannot be renamed.
    """
    if rename_at_once(source, target, source_folder=source_folder, target_folder=target_folder):
        return
    # Some network file systems cannot do it in one step. We are the only one who writes in the archive.
    if _exists(target, target_folder):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fsdecode(target))
    os.rename(source, target, src_dir_fd=_or_none(source_folder), dst_dir_fd=_or_none(target_folder))


def rename_at_once(
    source: bytes, target: bytes, *, source_folder: int = _AT_FDCWD, target_folder: int = _AT_FDCWD
) -> bool:
    """Rename in one step that cannot replace anything. False where the file system knows no such step.

    Raises:
        FileExistsError: Something lies at ``target``.
        OSError: It cannot be renamed.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.renameat2(source_folder, source, target_folder, target, _RENAME_NOREPLACE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_SUPPORTED:
        return False
    raise OSError(code, os.strerror(code), os.fsdecode(source), None, os.fsdecode(target))


def _exists(path: bytes, folder: int) -> bool:
    try:
        os.stat(path, dir_fd=_or_none(folder), follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _or_none(folder: int) -> int | None:
    return None if folder == _AT_FDCWD else folder


def _move_across(original: Original, target: bytes, reach: Reach, alive: Callable[[], None]) -> bool:
    with open_file(original.root, original.path) as descriptor:
        _copy(descriptor, target, original.sha256, reach, alive)
    reach("copied across")
    if not original.is_there:
        os.unlink(target)  # noqa: PTH108
        return False
    remove_original(original)
    return True


def copy_verified(
    source: bytes,
    target: bytes,
    sha256: str,
    reach: Reach = lambda _: None,
    alive: Callable[[], None] = lambda: None,
) -> None:
    """Copy to a temporary name beside ``target``, sync, read it back, compare, rename. Raises OSError."""
    os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
    with open(source, "rb") as file:  # noqa: PTH123
        _copy(file.fileno(), target, sha256, reach, alive)


def _copy(descriptor: int, target: bytes, sha256: str, reach: Reach, alive: Callable[[], None]) -> None:
    """Copy what is open. ``sha256`` empty: compare with what was read rather than with what was recorded."""
    folder = os.path.dirname(target)  # noqa: PTH120
    partial = folder + b"/.invoicewatch.part"  # one daemon, one copy at a time; a crash leaves at most this
    digest = hashlib.sha256()
    try:
        with open(partial, "wb") as copy:  # noqa: PTH123
            while chunk := os.read(descriptor, CHUNK_BYTES):
                digest.update(chunk)
                copy.write(chunk)
                alive()
            copy.flush()
            os.fsync(copy.fileno())
        reach("copy synced")
        status = os.fstat(descriptor)
        os.utime(partial, ns=(status.st_atime_ns, status.st_mtime_ns))
        os.chmod(partial, status.st_mode & 0o777)  # noqa: PTH101
        if hash_file(partial) != (sha256 or digest.hexdigest()):
            raise OSError(errno.EIO, "the copy differs from what was recorded", os.fsdecode(target))
        reach("copy verified")
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
