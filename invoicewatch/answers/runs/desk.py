"""Where files are handed in: written into an inbox under a name that it passes over, then given their own.

So the folder's own rules keep them safe: nothing takes up half a file, and no file takes another's place.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import TypeVar

from invoicewatch.answers.runs.names import make_name
from invoicewatch.config import Config
from invoicewatch.daemon.arrivals.asking import Askers
from invoicewatch.errors import ConfigError, InvoicewatchError, TransientError
from invoicewatch.intake.claim import HEAD_BYTES
from invoicewatch.intake.filing import number_name, rename_at_once
from invoicewatch.intake.scan import make_ignore
from invoicewatch.pages.load import check_type, refuse_length

T = TypeVar("T")

_PREFIX, _SUFFIX = b".invoicewatch-", b".part"
_LEFT_S = 86_400.0  # a part of this age is left of a program that was killed
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# The inbox's access lists, and the process's umask, say who of the group may do what.
_MODE = 0o660
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Desk:
    """Takes files in for the inboxes; safe to share between threads.

    A share that hangs costs whoever hands in there [intake] answer_s, and nobody else anything.
    """

    def __init__(self, config: Config) -> None:
        self.most_bytes = config.intake.max_bytes
        self._config = config
        self._is_ignored = make_ignore(config.intake.ignore)
        self._inboxes = config.paths.inboxes
        self._askers = Askers(self._inboxes, config.intake.answer_s, lambda: None, lambda: None)
        self._locks = {inbox: threading.Lock() for inbox in self._inboxes}
        self._swept: set[str] = set()

    def begin(self, inbox: str, given: str) -> HandedFile:
        """Begin a file that somebody calls ``given``; an empty ``inbox`` is the first.

        Raises:
            ConfigError: There is no such inbox, or it would take up half a file, or none of that name.
            TransientError: It cannot be written to now, or the disk is full.
        """
        inbox = inbox or self._inboxes[0]
        if inbox not in self._locks:
            raise ConfigError(f"there is no inbox {inbox}", remedy="Choose one of [paths] inboxes.", code="no_inbox")
        name = make_name(given, self._is_ignored)
        partial = _PREFIX + secrets.token_hex(8).encode() + _SUFFIX
        if not self._is_ignored(partial):
            remedy = 'Add ".*" to [intake] ignore.'
            raise ConfigError("the inbox would take up half a file", remedy=remedy, code="ignored_name")
        folder, file = self.ask(inbox, lambda: self._open(inbox, partial))
        return HandedFile(self, inbox, name, partial, folder, file, self.most_bytes)

    def _open(self, inbox: str, partial: bytes) -> tuple[int, int]:
        folder = os.open(inbox, _FOLDER_FLAGS)
        try:
            if inbox not in self._swept:
                _sweep(folder)
                self._swept.add(inbox)
            self.check_space(folder)
            return folder, os.open(partial, _FILE_FLAGS, _MODE, dir_fd=folder)
        except BaseException:
            os.close(folder)
            raise

    def check_space(self, folder: int, wanted: int = 0) -> None:
        """See whether there is room beside what must stay free. Raises TransientError."""
        status = os.fstatvfs(folder)
        if status.f_bavail * status.f_frsize < wanted + self._config.intake.min_free_mb * 2**20:
            raise _full()

    def ask(self, inbox: str, question: Callable[[], T]) -> T:
        """Do something in an inbox, in a thread that may hang. Raises TransientError where it does not work."""
        try:
            with self._locks[inbox]:
                return self._askers.ask(inbox, lambda _: question())
        except OSError as exc:
            if exc.errno in _FULL:
                raise _full() from exc
            reason = exc.strerror or type(exc).__name__
            remedy = "Look whether the folder is there and may be written; then try again."
            raise TransientError(f"cannot write to {inbox}: {reason}", remedy=remedy, code="inbox_away") from exc

    def close(self) -> None:
        """End the threads that do not hang."""
        self._askers.close()


class HandedFile:
    """A file that is being handed in; either ``finish`` or ``drop`` ends it. Used by one thread at a time."""

    def __init__(
        self, desk: Desk, inbox: str, name: bytes, partial: bytes, folder: int, file: int, max_bytes: int
    ) -> None:
        self.inbox = inbox
        self._desk = desk
        self._name = name
        self._partial = partial
        self._folder = folder
        self._file = file
        self._max_bytes = max_bytes
        self._bytes = 0
        self._digest = hashlib.sha256()
        self._head = b""
        self._is_known = False
        self._is_open = True

    @property
    def name(self) -> str:
        """What it is called now."""
        return self._name.decode()

    @property
    def sha256(self) -> str:
        """Of what was written so far, in hexadecimal."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> None:
        """Add to it.

        Raises:
            DocumentError: It is too long, or of no type that is read.
            TransientError: It cannot be written now.
        """
        self._bytes += len(piece)
        if self._bytes > self._max_bytes:
            raise refuse_length(self.name, self._bytes, self._max_bytes)
        if not self._is_known:
            self._head += piece[: HEAD_BYTES - len(self._head)]
            if len(self._head) == HEAD_BYTES:
                self._know()
        self._desk.ask(self.inbox, lambda: self._write(piece))
        self._digest.update(piece)

    def _know(self) -> None:
        check_type(self._head, self.name)
        self._is_known = True

    def _write(self, piece: bytes) -> None:
        self._desk.check_space(self._folder, len(piece))
        left = memoryview(piece)
        while left:
            left = left[os.write(self._file, left) :]

    def finish(self) -> str:
        """Put it on the disk and give it its name, or that with a number. Returns the name; see ``write``."""
        if not self._is_known:
            self._know()
        self._desk.ask(self.inbox, self._finish)
        return self.name

    def _finish(self) -> None:
        os.fsync(self._file)
        first = self._name
        for number in count(1):
            self._name = number_name(first, number)
            with suppress(FileExistsError):
                _give_name(self._folder, self._partial, self._name)
                break
        os.fsync(self._folder)
        self._close()

    def drop(self) -> None:
        """Leave nothing of it, unless it is finished."""
        if self._is_open:
            # What cannot be removed now is swept away later.
            with suppress(InvoicewatchError):
                self._desk.ask(self.inbox, self._drop)

    def _drop(self) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._partial, dir_fd=self._folder)
        self._close()

    def _close(self) -> None:
        self._is_open = False
        os.close(self._file)
        os.close(self._folder)


def _give_name(folder: int, partial: bytes, name: bytes) -> None:
    """Rename, never onto a file of somebody else's. Raises FileExistsError if something is called so."""
    if rename_at_once(partial, name, source_folder=folder, target_folder=folder):
        return
    # Some shares cannot. There the name is taken with an empty file first, which only one can make.
    os.close(os.open(name, _FILE_FLAGS, _MODE, dir_fd=folder))
    os.rename(partial, name, src_dir_fd=folder, dst_dir_fd=folder)


def _sweep(folder: int) -> None:
    """Remove what programs that were killed left here."""
    for name in map(os.fsencode, os.listdir(folder)):
        if name.startswith(_PREFIX) and name.endswith(_SUFFIX):
            with suppress(FileNotFoundError):
                if os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime < time.time() - _LEFT_S:
                    os.unlink(name, dir_fd=folder)


def _full() -> TransientError:
    return TransientError("the disk is full", remedy="Free some space, then try again.", code="disk_full")
