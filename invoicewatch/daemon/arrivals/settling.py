"""Look at files whose quiet time is over: settled, changed again, or to wait for longer."""

from __future__ import annotations

import os

from invoicewatch.daemon.arrivals.asking import Askers
from invoicewatch.daemon.arrivals.scanner import Scanner
from invoicewatch.daemon.context import Context
from invoicewatch.intake.backoff import look_delay_s
from invoicewatch.intake.settle import Look, Verdict, look_at
from invoicewatch.pages.formats.media_type import detect_media_type
from invoicewatch.records import Failure
from invoicewatch.records.ledger import FileEntry, FileState
from invoicewatch.store.ledger import files as ledger

INCOMPLETE = "incomplete"
_BATCH = 500


class Settler:
    """Moves files from seen to settled."""

    def __init__(self, context: Context, askers: Askers, scanner: Scanner) -> None:
        self._context = context
        self._askers = askers
        self._scanner = scanner

    def settle_due(self, now_s: float) -> bool:
        """Look at the files that are due, a batch of them. Returns whether there may be more."""
        with self._context.database.begin() as session:
            due = ledger.list_due(session, FileState.SEEN, now_s, limit=_BATCH, inboxes=self._scanner.reachable)
        looks: list[tuple[FileEntry, Look]] = []
        lost: set[str] = set()
        for entry in due:
            if entry.inbox in lost:
                continue
            try:
                looks.append((entry, self._look(entry)))
            except OSError as exc:
                lost.add(entry.inbox)
                self._scanner.lose(entry.inbox, exc)
            self._context.alive()
        self._write(looks, now_s)
        return len(due) == _BATCH and not lost

    def _look(self, entry: FileEntry) -> Look:
        return self._askers.ask(asked_for(entry), lambda _: look_at(entry, root_of(entry), detect_media_type))

    def _write(self, looks: list[tuple[FileEntry, Look]], now_s: float) -> None:
        ready = [entry.id for entry, look in looks if look.verdict is Verdict.READY]
        with self._context.database.begin(sync=False) as session:  # else they are looked at again
            ledger.change_many(session, ready, FileState.SETTLED, now_s, next_s=0.0, error_code="", error_message="")
            for entry, look in looks:
                if look.verdict is not Verdict.READY:
                    self._write_wait(session, entry, look, now_s)
        if ready:
            self._context.reach("settled")

    def _write_wait(self, session: ledger.Transaction, entry: FileEntry, look: Look, now_s: float) -> None:
        settle_s = self._context.config.intake.settle_s
        match look.verdict:
            case Verdict.CHANGED:
                values = {"stamp": look.stamp, "changed_s": now_s, "next_s": now_s + settle_s, "checks": 0}
                ledger.note(session, entry.id, **values)
            case Verdict.GONE if lies_in_inbox(entry):
                self._scanner.ask_for_scan(entry.inbox)  # whether it is gone or its share is, only that can tell
            case Verdict.GONE:
                ledger.change_state(session, entry.id, FileState.GONE, now_s, in_inbox=False)
            case _:
                self._wait_longer(session, entry, look, now_s)

    def _wait_longer(self, session: ledger.Transaction, entry: FileEntry, look: Look, now_s: float) -> None:
        intake = self._context.config.intake
        if look.verdict is Verdict.INCOMPLETE and now_s - entry.changed_s >= intake.give_up_s:
            failure = Failure(INCOMPLETE, f"{look.why}, and it has not changed for long", "Scan or copy it again.")
            ledger.change_state(session, entry.id, FileState.SETTLED, now_s, failure=failure, next_s=0.0)
            return
        delay_s = look_delay_s(entry.checks, intake.settle_s)
        code = INCOMPLETE if look.verdict is Verdict.INCOMPLETE else "locked"
        ledger.note(session, entry.id, checks=entry.checks + 1, next_s=now_s + delay_s, failure=Failure(code, look.why))


def root_of(entry: FileEntry) -> bytes:
    """The folder below which a file is opened: its inbox, or the folder that it was set aside in."""
    return os.fsencode(entry.inbox) if lies_in_inbox(entry) else entry.path.rpartition(b"/")[0]


def asked_for(entry: FileEntry) -> str:
    """Who is asked for a file: its inbox, or nobody for one that was set aside."""
    return entry.inbox if lies_in_inbox(entry) else ""


def lies_in_inbox(entry: FileEntry) -> bool:
    """Whether a file lies in its inbox, rather than where it was set aside."""
    return entry.path.startswith(os.fsencode(entry.inbox) + b"/")
