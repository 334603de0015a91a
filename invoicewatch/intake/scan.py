"""List the files of an inbox as they are at this moment."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from invoicewatch.intake.opening import make_stamp, open_folder
from invoicewatch.records.ledger import Stamp

IsIgnored = Callable[[bytes], bool]


class Sighting(NamedTuple):
    """A regular file and its stamp."""

    path: bytes
    stamp: Stamp


@dataclass(slots=True)
class Scan:
    """What was found: ``files``, the folders that were ``listed``, and those that could not be (with the reason).

    ``identity`` is the root's device and inode number. ``whole`` says that the scan started there and
    went everywhere.
    """

    root: bytes
    alive: Callable[[], None] = lambda: None
    identity: tuple[int, int] = (0, 0)
    whole: bool = True
    files: list[Sighting] = field(default_factory=list)
    listed: set[bytes] = field(default_factory=set)
    failed: dict[bytes, OSError] = field(default_factory=dict)

    def covers(self, path: bytes) -> bool:
        """Whether a file at ``path`` would have been found if it were there."""
        folder = path.rpartition(b"/")[0]
        if folder in self.listed:
            return True
        inside = folder == self.root or folder.startswith(self.root + b"/")
        return self.whole and inside and not any(_is_below(folder, bad) for bad in self.failed)


def make_ignore(patterns: Iterable[str]) -> IsIgnored:
    """A test for names (not paths) to be ignored, by shell patterns, upper and lower case alike."""
    pattern = re.compile("|".join(fnmatch.translate(each.lower()) for each in patterns) or r"(?!)")
    return lambda name: pattern.match(os.fsdecode(name).lower()) is not None


def scan_inbox(
    root: bytes,
    is_ignored: IsIgnored,
    excluded: frozenset[bytes],
    folders: Mapping[bytes, bool] = MappingProxyType({}),
    alive: Callable[[], None] = lambda: None,
) -> Scan:
    """List the inbox, or only some of its folders.

    Args:
        root: The inbox, an absolute path without a trailing slash.
        is_ignored: Tells names of files and folders to pass over.
        excluded: Folders that are never entered (the archive, or another inbox, may lie inside an inbox); those that
            are not below ``root`` are of no matter.
        folders: If given, only these; True with those of which everything below is wanted too.
        alive: Called for every file that is found.

    Raises:
        OSError: The root cannot be read: an outage, not an empty inbox.
    """
    scan = Scan(root, alive=alive)
    excluded = frozenset(folder for folder in excluded if folder.startswith(root + b"/"))
    with open_folder(root, b"") as descriptor:
        status = os.fstat(descriptor)
        scan.identity = (status.st_dev, status.st_ino)
        if not folders or folders.get(root):
            _list_folder(scan, descriptor, root, is_ignored, excluded)
            return scan
    scan.whole = False
    for folder in sorted(folders):
        _scan_below(scan, folder, is_ignored, excluded, deep=folders[folder])
    return scan


def _scan_below(scan: Scan, folder: bytes, is_ignored: IsIgnored, excluded: frozenset[bytes], *, deep: bool) -> None:
    if folder in scan.listed or any(_is_below(folder, out) for out in excluded):
        return
    relative = folder[len(scan.root) + 1 :]
    if any(is_ignored(part) for part in relative.split(b"/") if part):
        return
    try:
        with open_folder(scan.root, relative) as descriptor:
            _list_folder(scan, descriptor, folder, is_ignored, excluded, deep=deep)
    except (FileNotFoundError, NotADirectoryError):
        scan.listed.add(folder)  # it is gone, and its files with it
    except OSError as exc:
        scan.failed[folder] = exc


def _list_folder(
    scan: Scan, descriptor: int, path: bytes, is_ignored: IsIgnored, excluded: frozenset[bytes], *, deep: bool = True
) -> None:
    """List one open folder, and everything below it if ``deep``. Raises OSError if it itself cannot be listed."""
    below = []
    with os.scandir(descriptor) as entries:
        for entry in entries:
            name = os.fsencode(entry.name)
            if is_ignored(name):
                continue
            if entry.is_dir(follow_symlinks=False):
                below.append(name)
            elif entry.is_file(follow_symlinks=False):
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                scan.files.append(Sighting(path + b"/" + name, make_stamp(status)))
                scan.alive()
    scan.listed.add(path)
    for name in sorted(below) if deep else ():
        folder = path + b"/" + name
        if folder not in excluded:
            _enter(scan, descriptor, folder, is_ignored, excluded)


def _enter(scan: Scan, parent: int, folder: bytes, is_ignored: IsIgnored, excluded: frozenset[bytes]) -> None:
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY | os.O_CLOEXEC
        descriptor = os.open(folder.rpartition(b"/")[2], flags, dir_fd=parent)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as exc:
        scan.failed[folder] = exc
        return
    try:
        _list_folder(scan, descriptor, folder, is_ignored, excluded)
    except OSError as exc:
        scan.failed[folder] = exc
    finally:
        os.close(descriptor)


def _is_below(folder: bytes, top: bytes) -> bool:
    return folder == top or folder.startswith(top + b"/")
