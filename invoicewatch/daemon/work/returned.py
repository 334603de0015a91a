"""Look after documents that were set aside: a person may replace one, take it away, or fetch it back."""

from __future__ import annotations

import os

from invoicewatch.daemon.context import Context
from invoicewatch.intake.opening import find_stamp
from invoicewatch.intake.reason import remove_reason
from invoicewatch.records.ledger import FileEntry, FileState, Stamp
from invoicewatch.store.ledger import files as ledger


class Returned:
    """Notices what became of set-aside files, at the pace of the periodic scan."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.next_s = 0.0

    def forget_times(self) -> None:
        """Look now."""
        self.next_s = 0.0

    def look_due(self, now_s: float) -> None:
        """Compare the set-aside files with their rows, if it is time."""
        if now_s < self.next_s:
            return
        self.next_s = now_s + self._context.config.intake.reconcile_s
        with self._context.database.begin() as session:
            entries = ledger.list_in(session, FileState.SET_ASIDE)
        for entry in entries:
            if entry.filed_s is None or not entry.target:
                continue
            try:
                stamp = find_stamp(self._context.set_aside, entry.target)
            except OSError as exc:
                self._context.log.warning("cannot look at what was set aside", reason=str(exc))
                return
            if stamp != entry.stamp:
                self._follow(entry, stamp, now_s)

    def _follow(self, entry: FileEntry, stamp: Stamp | None, now_s: float) -> None:
        with self._context.database.begin() as session:
            if ledger.find_state(session, entry.id) is not FileState.SET_ASIDE:
                return  # forgotten or tried again from outside, a moment ago
            if stamp is None:
                ledger.change_state(session, entry.id, FileState.GONE, now_s)
                remove_reason(entry.target)
            else:
                try_again(session, entry, stamp, now_s, self._context.config.intake.settle_s)
        if stamp is not None:
            self._context.log.info("replaced by a person: tried anew", file=os.fsdecode(entry.target))


def try_again(session: ledger.Transaction, entry: FileEntry, stamp: Stamp, now_s: float, settle_s: float = 0.0) -> None:
    """Give a set-aside file a fresh start from where it lies now."""
    ledger.change_state(
        session,
        entry.id,
        FileState.SEEN,
        now_s,
        path=entry.target or entry.path,
        stamp=stamp,
        in_inbox=True,
        changed_s=now_s,
        next_s=now_s + settle_s,
        target=b"",
        filed_s=None,
        checks=0,
        attempts=0,
        crashes=0,
        without_model=False,
        sha256="",
    )
