"""What the parts of the daemon share: settings, store, clock, log, and the points at which tests pull the plug."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.config import Config
from invoicewatch.daemon.tell.teller import Teller
from invoicewatch.errors import TransientError
from invoicewatch.store.database.writer import Database

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

SPOOL = "spool"


class OutOfSpaceError(TransientError):
    """There is no room on the disk: intake pauses until there is."""

    default_code = "disk_full"


@dataclass(slots=True)
class Context:
    """Shared by all parts of one daemon.

    ``now`` gives Unix seconds. ``reach`` is told the name of every point between two steps that a crash could fall
    between; the real one does nothing. ``alive`` says that work is going on, for the service's watchdog.
    ``teller`` tells people and programs what happened, once it is committed.
    """

    config: Config
    database: Database
    log: FilteringBoundLogger
    now: Callable[[], float]
    alive: Callable[[], None] = lambda: None
    reach: Callable[[str], None] = lambda _: None
    teller: Teller = field(default_factory=Teller)

    @property
    def spool(self) -> Path:
        """The folder of the copies."""
        return Path(self.config.paths.state) / SPOOL

    @property
    def archive(self) -> bytes:
        """The archive's folder as the file system knows it."""
        return os.fsencode(self.config.paths.archive)

    @property
    def set_aside(self) -> bytes:
        """The folder of documents that could not be read."""
        return os.fsencode(self.config.paths.set_aside)

    @property
    def duplicates(self) -> bytes:
        """The folder of duplicates."""
        return os.fsencode(self.config.paths.duplicates)

    @property
    def root_of_state(self) -> Path:
        """The state folder."""
        return Path(self.config.paths.state)


def to_utc(seconds: float) -> datetime:
    """A moment of the ledger as timezone-aware UTC."""
    return datetime.fromtimestamp(seconds, UTC)
