"""Take in what the workers made of a document: record it, try again later, or set it aside."""

from __future__ import annotations

import os

from invoicewatch.daemon.context import Context, to_utc
from invoicewatch.daemon.tell.event import Event, describe_record
from invoicewatch.daemon.work.claiming import set_aside
from invoicewatch.daemon.work.targets import choose_target
from invoicewatch.intake.backoff import retry_delay_s
from invoicewatch.records import Failure, Invoice
from invoicewatch.records.ledger import FileEntry, FileState
from invoicewatch.store.ledger import files as ledger
from invoicewatch.store.records.parts import SplitChangedError
from invoicewatch.store.records.recording import record_parts
from invoicewatch.workers.task import Outcome

POISON_CRASHES = 2


class Results:
    """Moves files from working to recorded, waiting or set aside."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.last_error = ""

    def conclude(self, entry: FileEntry, outcome: Outcome, now_s: float) -> None:
        """Commit an outcome. Raises TransientError if the store cannot take it now."""
        if outcome.invoices:
            try:
                self._record(entry, outcome.invoices, now_s)
            except SplitChangedError as exc:
                self._fail(entry, outcome, Failure(exc.code, exc.message, exc.remedy), now_s)
            return
        assert outcome.failure, "an outcome is either"
        self.last_error = f"{os.fsdecode(entry.path)}: {outcome.failure.message}"
        if outcome.detail:
            self._context.log.error("unexpected error", file=os.fsdecode(entry.path), traceback=outcome.detail)
        self._fail(entry, outcome, outcome.failure, now_s)

    def _record(self, entry: FileEntry, parts: tuple[Invoice, ...], now_s: float) -> None:
        """Commit all records of a file at once. Raises SplitChangedError."""
        arrived, recorded = to_utc(entry.seen_s), to_utc(now_s)
        with self._context.database.begin() as session:
            kept = record_parts(session, parts, arrived=arrived, inbox=entry.inbox, recorded=recorded)
            target = choose_target(self._context, entry, FileState.RECORDED)
            cleared = {"error_code": "", "error_message": "", "error_remedy": ""}
            ledger.change_state(
                session,
                entry.id,
                FileState.RECORDED,
                now_s,
                invoice_id=kept[0][0],
                target=target,
                next_s=0.0,
                **cleared,
            )
        self._context.reach("recorded")
        for invoice_id, invoice in kept:
            self._tell(entry, invoice_id, invoice, now_s)

    def _tell(self, entry: FileEntry, invoice_id: int, invoice: Invoice, now_s: float) -> None:
        self._context.log.info(
            "recorded",
            file=os.fsdecode(entry.path),
            record=invoice_id,
            status=str(invoice.status),
            seconds=invoice.timings.total_s,
            waited_s=round(now_s - entry.seen_s, 3),
        )
        self._context.teller.tell(describe_record(invoice, invoice_id, entry.inbox, now_s))

    def _fail(self, entry: FileEntry, outcome: Outcome, failure: Failure, now_s: float) -> None:
        attempts = entry.attempts + 1
        crashes = entry.crashes + outcome.crashed
        intake = self._context.config.intake
        hopeless = not outcome.transient or crashes >= POISON_CRASHES or attempts >= intake.max_attempts
        counts = {
            "attempts": attempts,
            "crashes": crashes,
            "without_model": entry.without_model or outcome.model_crashed,
        }
        event: Event | None = None
        with self._context.database.begin() as session:
            if hopeless:
                ledger.note(session, entry.id, **counts)
                event = set_aside(session, self._context, entry, failure, now_s)
            else:
                delay_s = retry_delay_s(attempts, intake.retry_first_s, intake.retry_cap_s)
                ledger.change_state(
                    session, entry.id, FileState.WAITING, now_s, next_s=now_s + delay_s, failure=failure, **counts
                )
        self._context.reach("set_aside" if hopeless else "waiting")
        if event:
            self._context.teller.tell(event)
        else:
            name = os.fsdecode(entry.path)
            self._context.log.warning(
                "will try again", file=name, attempt=attempts, wait_s=delay_s, reason=failure.message
            )
