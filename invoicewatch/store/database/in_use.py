"""Who may write to the database: many programs share the right, and a restore has it alone.

SQLite's own locks cannot say so, as a restore puts another file in the database's place.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from invoicewatch.errors import StoreError, TransientError

_LOCK_NAME = "database.lock"


def share_use(state_dir: Path) -> int:
    """Take part in the use of a state directory's database, until the descriptor returned is closed.

    Raises:
        TransientError: The database is being replaced.
        OSError: The lock cannot be made.
    """
    descriptor = _open_lock(state_dir)
    if not _try_lock(descriptor, fcntl.LOCK_SH):
        os.close(descriptor)
        raise TransientError(f"the database in {state_dir} is being restored", remedy="Try again.", code="store_busy")
    return descriptor


@contextmanager
def use_alone(state_dir: Path) -> Iterator[None]:
    """Keep all writers out while the block runs.

    Raises:
        StoreError: One is at work.
        OSError: The lock cannot be made.
    """
    descriptor = _open_lock(state_dir)
    try:
        if not _try_lock(descriptor, fcntl.LOCK_EX):
            remedy = "Wait until `invoicewatch process`, or whatever else runs, is done."
            raise StoreError(f"another program writes to the database in {state_dir}", remedy=remedy, code="locked")
        yield
    finally:
        os.close(descriptor)


def _open_lock(state_dir: Path) -> int:
    return os.open(state_dir / _LOCK_NAME, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o640)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
