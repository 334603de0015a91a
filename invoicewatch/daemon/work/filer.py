"""Bring originals where they belong, once what became of them is committed."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from datetime import datetime
from typing import Any

from invoicewatch.daemon.arrivals.asking import Askers
from invoicewatch.daemon.arrivals.settling import asked_for, root_of
from invoicewatch.daemon.context import Context, OutOfSpaceError
from invoicewatch.daemon.work.targets import choose_target
from invoicewatch.intake.backoff import retry_delay_s
from invoicewatch.intake.claim import spool_file, sync_folder
from invoicewatch.intake.filing import Original, file_away, remove_original
from invoicewatch.intake.opening import find_stamp
from invoicewatch.intake.reason import remove_reason, write_reason
from invoicewatch.records.ledger import FileEntry, FileState
from invoicewatch.store.ledger import files as ledger

_BATCH = 50
_FIRST_S = 5.0
LONGEST_DELAY_S = 300.0


class Filer:
    """Moves originals of recorded documents, duplicates and failures out of the inbox."""

    def __init__(self, context: Context, askers: Askers) -> None:
        self._context = context
        self._askers = askers
        self._failures = 0
        self._unsynced: set[bytes] = set()
        self.trouble = ""

    def file_due(self, now_s: float) -> bool:
        """File a batch, and commit to all of it at once. Returns whether there may be more.

        Raises:
            OutOfSpaceError: There is no room where an original is to go.
        """
        with self._context.database.begin() as session:
            due = ledger.list_unfiled(session, now_s, _BATCH)
        filed: list[tuple[FileEntry, dict[str, Any]]] = []
        try:
            for entry in due:
                try:
                    filed.append((entry, self._file(entry, now_s)))
                except OSError as exc:
                    self._put_off(entry, exc, now_s)
                self._context.alive()
        finally:
            self._commit(filed, now_s)
        return len(due) == _BATCH

    def _file(self, entry: FileEntry, now_s: float) -> dict[str, Any]:
        """File one; returns what the ledger is to know of it. Raises OSError."""
        intake = self._context.config.intake
        if intake.keep_originals == "in_place":
            return {"in_inbox": entry.in_inbox}
        if entry.state is FileState.DUPLICATE and intake.on_duplicate != "move":
            return self._keep_duplicate(entry, delete=intake.on_duplicate == "delete")
        if entry.state is FileState.DUPLICATE and not entry.in_inbox:
            return {"in_inbox": False}  # removed or replaced meanwhile; its bytes are the first's
        return self._move(entry, now_s)

    def _keep_duplicate(self, entry: FileEntry, *, delete: bool) -> dict[str, Any]:
        """Leave it where it lies, or delete it: its bytes are those of the first."""
        original = self._find_original(entry)
        if delete and entry.in_inbox:
            self._askers.ask(asked_for(entry), lambda _: _remove_if_there(original))
        return {"in_inbox": entry.in_inbox and not delete}

    def _move(self, entry: FileEntry, now_s: float) -> dict[str, Any]:
        target = self._bring(entry)
        self._context.reach("moved")
        if entry.state is FileState.SET_ASIDE and target:
            self._write_reason(entry, target, now_s)
        elif self._was_set_aside(entry):
            remove_reason(entry.path)
        if not target:
            return {"in_inbox": False}
        # A copy has an inode of its own.
        stamp = find_stamp(target.rpartition(b"/")[0], target) or entry.stamp
        return {"in_inbox": False, "target": target, "stamp": stamp}

    def _bring(self, entry: FileEntry) -> bytes:
        """Move the original, or our copy where it changed or went. Returns where it lies then."""
        if entry.state is FileState.SET_ASIDE and self._was_set_aside(entry):
            return entry.path  # it failed again where it was set aside before
        if not entry.sha256 and not entry.in_inbox:
            return b""  # never copied, and gone before it could be moved
        original = self._find_original(entry)
        target = entry.target or self._choose_target(entry)
        try:
            self._file_away(entry, original, target)
        except FileExistsError:
            target = self._choose_target(entry)
            self._file_away(entry, original, target)
        return target

    def _file_away(self, entry: FileEntry, original: Original, target: bytes) -> None:
        reach = self._context.reach
        self._askers.ask(asked_for(entry), lambda alive: file_away(original, target, reach, alive, self._unsynced.add))

    def _find_original(self, entry: FileEntry) -> Original:
        copy = os.fsencode(spool_file(self._context.spool, entry.id))
        return Original(root_of(entry), entry.path, entry.stamp, entry.sha256, copy)

    def _was_set_aside(self, entry: FileEntry) -> bool:
        return entry.path.rpartition(b"/")[0] == self._context.set_aside

    def _choose_target(self, entry: FileEntry) -> bytes:
        target = choose_target(self._context, entry, entry.state)
        with self._context.database.begin() as session:
            ledger.note(session, entry.id, target=target)
        self._context.reach("target chosen")
        return target

    def _write_reason(self, entry: FileEntry, target: bytes, now_s: float) -> None:
        write_reason(
            target,
            original=os.fsdecode(entry.path),
            code=entry.error_code,
            message=entry.error_message,
            remedy=entry.error_remedy,
            when=datetime.fromtimestamp(now_s).astimezone(),
        )
        self._context.reach("reason written")

    def _commit(self, filed: list[tuple[FileEntry, dict[str, Any]]], now_s: float) -> None:
        if not filed:
            return
        try:
            self._sync_folders()
        except OSError as exc:
            for entry, _ in filed:  # they lie where they belong; whether they stay there is seen the next time
                self._put_off(entry, exc, now_s)
            return
        # If the power fails before this is on the disk, the originals are found where they are to be.
        with self._context.database.begin(sync=False) as session:
            for entry, values in filed:
                state = FileState.FILED if entry.state is FileState.RECORDED else entry.state
                ledger.change_state(session, entry.id, state, now_s, filed_s=now_s, next_s=0.0, **values)
                if entry.invoice_id is not None and entry.state is not FileState.DUPLICATE:
                    ledger.move_record(session, entry.invoice_id, values.get("target", entry.path))
        self._context.reach("filed")
        for entry, _ in filed:
            with suppress(FileNotFoundError):
                spool_file(self._context.spool, entry.id).unlink()
        self._failures, self.trouble = 0, ""

    def _sync_folders(self) -> None:
        """Put the moves on the disk: once they are committed to, nobody looks for the originals."""
        for folder in self._unsynced:
            sync_folder(folder)
        self._unsynced.clear()

    def _put_off(self, entry: FileEntry, exc: OSError, now_s: float) -> None:
        self._failures += 1
        delay_s = retry_delay_s(self._failures, _FIRST_S, LONGEST_DELAY_S)
        with self._context.database.begin() as session:
            ledger.note(session, entry.id, next_s=now_s + delay_s)
        if not self.trouble:
            self._context.log.error("cannot file the original", file=os.fsdecode(entry.path), reason=str(exc))
        self.trouble = f"cannot file {os.fsdecode(entry.path)}: {exc.strerror or exc}"
        if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise OutOfSpaceError(self.trouble) from exc


def _remove_if_there(original: Original) -> None:
    if original.is_there:
        remove_original(original)
