"""One daemon for each state folder."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from invoicewatch.errors import StoreError

LOCK_NAME = "daemon.lock"
_GLANCE_S = 0.5


@contextmanager
def hold_lock(state: Path) -> Iterator[None]:
    """Hold the state folder's lock; the kernel lets go of it however the process ends.

    Raises:
        StoreError: Another daemon holds it, or it cannot be made.
    """
    path = state / LOCK_NAME
    try:
        state.mkdir(mode=0o750, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    except OSError as exc:
        raise StoreError(f"cannot make {path}: {exc.strerror}", remedy="Check [paths] state.", code="state") from exc
    try:
        _lock(descriptor, path)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    end_s = time.monotonic() + _GLANCE_S
    while not _try_lock(descriptor):
        if time.monotonic() < end_s:
            time.sleep(_GLANCE_S / 20)  # whoever asks who holds it, holds it for a moment
            continue
        owner = os.pread(descriptor, 32, 0).decode().strip() or "unknown"
        raise StoreError(
            f"another daemon (process {owner}) works on {path.parent}",
            remedy="Stop it first, or give this one a state folder of its own ([paths] state).",
            code="locked",
        )


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def find_owner(state: Path) -> int | None:
    """The process id of the daemon that holds the lock, or None if none does."""
    try:
        descriptor = os.open(state / LOCK_NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        text = os.pread(descriptor, 32, 0).decode().strip()
        return int(text) if text.isdigit() else None
    finally:
        os.close(descriptor)
    return None
