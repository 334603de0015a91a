"""Delete archived originals that are older than the settings ask to keep; by default none ever is."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from pathlib import Path

from invoicewatch.daemon.context import Context, to_utc
from invoicewatch.store.upkeep.retention import Expired, list_expired, note_deleted

_EVERY_S = 3600.0
_BATCH = 20


class _Found(Enum):
    """What lies where an original should."""

    ORIGINAL = auto()
    NOTHING = auto()
    OTHER = auto()
    UNREACHABLE = auto()


class Retention:
    """Once an hour goes through the records by their number, a few at a turn of the loop."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._days = context.config.retention.originals_days
        self._next_s = 0.0
        self._after_id = 0
        self._told: set[int] = set()

    def forget_times(self) -> None:
        """Go through the records now."""
        self._next_s = 0.0

    def delete_due(self, now_s: float) -> bool:
        """Delete a few originals if it is time. Returns whether there may be more."""
        if not self._days or now_s < self._next_s:
            return False
        before = to_utc(now_s) - timedelta(days=self._days)
        archive = self._context.config.paths.archive
        with self._context.database.begin() as session:
            expired = list_expired(session, archive, before, self._after_id, _BATCH)
        for each in expired:
            self._end(each, now_s)
            self._context.alive()
        more = len(expired) == _BATCH
        self._after_id = expired[-1].invoice_id if more else 0
        self._next_s = now_s if more else now_s + _EVERY_S
        return more

    def _end(self, expired: Expired, now_s: float) -> None:
        """Delete one. The file goes first: if we are stopped in between, the next round says so in the record."""
        found = {path: find_original(path, expired.sha256) for path in expired.paths}
        if not found or not set(found.values()) <= {_Found.ORIGINAL, _Found.NOTHING}:
            self._leave(expired, found)
            return
        try:
            for path, what in found.items():
                if what is _Found.ORIGINAL:
                    os.unlink(path)  # noqa: PTH108 - the path is bytes
        except OSError as exc:
            self._tell_once(expired.invoice_id, f"it cannot be deleted: {exc.strerror}")
            return
        self._context.reach("original deleted")
        day = datetime.fromtimestamp(now_s, UTC).astimezone().date().isoformat()
        note = f"The original is no longer kept since {day}: it was older than {self._days} days."
        with self._context.database.begin() as session:
            note_deleted(session, expired.invoice_id, note)
        self._context.log.info("original deleted", record=expired.invoice_id, kept_days=self._days)

    def _leave(self, expired: Expired, found: dict[bytes, _Found]) -> None:
        """Not what was recorded, so not what was asked for; or its folder is not there, a share perhaps."""
        other = _Found.OTHER in found.values()
        reason = "its bytes are not those that were recorded" if other else "its folder cannot be reached"
        self._tell_once(expired.invoice_id, reason)

    def _tell_once(self, invoice_id: int, reason: str) -> None:
        if invoice_id not in self._told:
            self._told.add(invoice_id)
            self._context.log.warning("original not deleted", record=invoice_id, reason=reason)


def find_original(path: bytes, sha256: str) -> _Found:
    """What lies there; nothing only if the folder itself is there, as a share that is gone has no folders."""
    file = Path(os.fsdecode(path))
    try:
        with file.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
    except FileNotFoundError:
        return _Found.NOTHING if file.parent.is_dir() else _Found.UNREACHABLE
    except OSError:
        return _Found.UNREACHABLE
    return _Found.ORIGINAL if digest == sha256 else _Found.OTHER
