"""Put the ledger and the spool in order after the last daemon ended, however it ended."""

from __future__ import annotations

import os
from collections.abc import Iterable

from invoicewatch.daemon.context import Context
from invoicewatch.daemon.work.claiming import set_aside
from invoicewatch.daemon.work.set_back import bring_forward_waiting
from invoicewatch.intake.claim import clear_spool, spool_file
from invoicewatch.records import Failure
from invoicewatch.records.ledger import FileEntry, FileState
from invoicewatch.store.ledger import files as ledger


def recover(context: Context, now_s: float) -> None:
    """Hand back what was in work, drop copies that nobody needs, and take anew what lost its copy."""
    context.spool.mkdir(mode=0o750, parents=True, exist_ok=True)
    hand_back(context, now_s)
    bring_forward_waiting(context, now_s)
    with context.database.begin() as session:
        waiting = [entry for entry in ledger.list_in(session, FileState.WAITING) if entry.sha256]
        copies = [*ledger.list_in(session, FileState.CLAIMED), *waiting]
        unfiled = ledger.list_unfiled(session, float("inf"), limit=-1)
    clear_spool(context.spool, frozenset(entry.id for entry in (*copies, *unfiled)))
    for entry in copies:
        if not spool_file(context.spool, entry.id).is_file():
            _replace_lost_copy(context, entry, now_s)


def hand_back(context: Context, now_s: float, ids: Iterable[int] | None = None) -> None:
    """What was in work is claimed again, and has lost no attempt by it."""
    with context.database.begin() as session:
        if ids is None:
            ids = [entry.id for entry in ledger.list_in(session, FileState.WORKING)]
        ledger.change_many(session, list(ids), FileState.CLAIMED, now_s)


def _replace_lost_copy(context: Context, entry: FileEntry, now_s: float) -> None:
    context.log.warning("its copy is gone from the spool", file=os.fsdecode(entry.path))
    with context.database.begin() as session:
        if entry.in_inbox:
            ledger.change_state(session, entry.id, FileState.SETTLED, now_s, sha256="", next_s=0.0)
            return
        if entry.state is FileState.WAITING:
            ledger.change_state(session, entry.id, FileState.CLAIMED, now_s)
        failure = Failure("copy_lost", "both the original and its copy were removed", "Scan it again.")
        event = set_aside(session, context, entry, failure, now_s)
    context.teller.tell(event)
