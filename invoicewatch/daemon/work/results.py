"""Take in what the workers made of a document: record it, try again later, or set it aside."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from invoicewatch.daemon.context import Context, to_utc
from invoicewatch.daemon.tell.event import Event, describe_record
from invoicewatch.daemon.work.claiming import set_aside
from invoicewatch.daemon.work.targets import choose_target
from invoicewatch.intake.backoff import retry_delay_s
from invoicewatch.records import Failure, Invoice
from invoicewatch.records.ledger import FileEntry, FileState
from invoicewatch.store.database.session_rows import is_fault_of_store, keep_apart
from invoicewatch.store.ledger import files as ledger
from invoicewatch.store.records.parts import SplitChangedError
from invoicewatch.store.records.recording import record_parts
from invoicewatch.workers.task import Outcome

POISON_CRASHES = 2
News = Callable[[], None]
"""What is to be said and told of an outcome, once it is committed."""


class Results:
    """Moves files from working to recorded, waiting or set aside."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.last_error = ""

    def conclude(self, group: Sequence[tuple[FileEntry, Outcome]], now_s: float) -> None:
        """Commit outcomes together, each of them whole; then tell of them.

        A record that cannot be written sets its document aside, and the others get in.

        Raises:
            TransientError: The store cannot take them now; none of them is in.
        """
        news: list[News] = []
        with self._context.database.begin() as session:
            for entry, outcome in group:
                news.append(self._write(session, entry, outcome, now_s))
                self._context.reach("written")
                self._context.alive()
        for tell in news:
            tell()

    def _write(self, session: ledger.Transaction, entry: FileEntry, outcome: Outcome, now_s: float) -> News:
        """Write one outcome. Returns what to do once it is committed."""
        if not outcome.invoices:
            assert outcome.failure, "an outcome is either"
            return self._fail(session, entry, outcome, outcome.failure, now_s)
        try:
            with keep_apart(session):
                return self._record(session, entry, outcome.invoices, now_s)
        except SplitChangedError as exc:
            failure = Failure(exc.code, exc.message, exc.remedy)
        except Exception as exc:
            if is_fault_of_store(exc):
                raise
            # The boundary of one document: the others get in.
            failure = Failure("internal", f"{type(exc).__name__}: {exc}", "Please report this with the log.")
            outcome = replace(outcome, detail=traceback.format_exc(), transient=False)
        return self._fail(session, entry, outcome, failure, now_s)

    def _record(self, session: ledger.Transaction, entry: FileEntry, parts: tuple[Invoice, ...], now_s: float) -> News:
        """Write all records of a file. Raises SplitChangedError."""
        arrived, recorded = to_utc(entry.seen_s), to_utc(now_s)
        kept = record_parts(session, parts, arrived=arrived, inbox=entry.inbox, recorded=recorded)
        ledger.change_state(
            session,
            entry.id,
            FileState.RECORDED,
            now_s,
            invoice_id=kept[0][0],
            target=choose_target(self._context, entry, FileState.RECORDED),
            next_s=0.0,
            error_code="",
            error_message="",
            error_remedy="",
        )
        return partial(self._tell_recorded, entry, kept, now_s)

    def _tell_recorded(self, entry: FileEntry, kept: Sequence[tuple[int, Invoice]], now_s: float) -> None:
        self._context.reach("recorded")
        for invoice_id, invoice in kept:
            self._context.log.info(
                "recorded",
                file=os.fsdecode(entry.path),
                record=invoice_id,
                status=str(invoice.status),
                seconds=invoice.timings.total_s,
                waited_s=round(now_s - entry.seen_s, 3),
            )
            self._context.teller.tell(describe_record(invoice, invoice_id, entry.inbox, now_s))

    def _fail(
        self, session: ledger.Transaction, entry: FileEntry, outcome: Outcome, failure: Failure, now_s: float
    ) -> News:
        attempts = entry.attempts + 1
        crashes = entry.crashes + outcome.crashed
        intake = self._context.config.intake
        hopeless = not outcome.transient or crashes >= POISON_CRASHES or attempts >= intake.max_attempts
        counts = {
            "attempts": attempts,
            "crashes": crashes,
            "without_model": entry.without_model or outcome.model_crashed,
        }
        if hopeless:
            ledger.note(session, entry.id, **counts)
            event = set_aside(session, self._context, entry, failure, now_s)
            return partial(self._tell_set_aside, entry, outcome, failure, event)
        delay_s = retry_delay_s(attempts, intake.retry_first_s, intake.retry_cap_s)
        ledger.change_state(
            session, entry.id, FileState.WAITING, now_s, next_s=now_s + delay_s, failure=failure, **counts
        )
        waits = {"attempt": attempts, "wait_s": delay_s, "reason": failure.message}
        return partial(self._tell_waiting, entry, outcome, waits)

    def _tell_set_aside(self, entry: FileEntry, outcome: Outcome, failure: Failure, event: Event) -> None:
        self._note_error(entry, outcome, failure.message)
        self._context.reach("set_aside")
        self._context.teller.tell(event)

    def _tell_waiting(self, entry: FileEntry, outcome: Outcome, waits: Mapping[str, Any]) -> None:
        self._note_error(entry, outcome, waits["reason"])
        self._context.reach("waiting")
        self._context.log.warning("will try again", file=os.fsdecode(entry.path), **waits)

    def _note_error(self, entry: FileEntry, outcome: Outcome, reason: str) -> None:
        name = os.fsdecode(entry.path)
        self.last_error = f"{name}: {reason}"
        if outcome.detail:
            self._context.log.error("unexpected error", file=name, traceback=outcome.detail)
