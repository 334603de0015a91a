"""Judge records again that an answer concerns, while no new document waits for the workers."""

from __future__ import annotations

from collections.abc import Sequence

from invoicewatch.daemon.context import Context, to_utc
from invoicewatch.daemon.work.dispatch import Dispatcher
from invoicewatch.store.records.again import KeptRecord, drop_queued, list_queued, record_again, take_kept
from invoicewatch.workers.task import Outcome, Task

_KEY = "again "


class Rejudge:
    """Moves records from the queue through the workers; what is interrupted stays in the queue."""

    def __init__(self, context: Context, dispatcher: Dispatcher) -> None:
        self._context = context
        self._dispatcher = dispatcher
        self._working: dict[str, KeptRecord] = {}

    def take_in(self, outcomes: Sequence[Outcome], now_s: float) -> None:
        """Commit new judgements. Raises TransientError if the store cannot take one now: it is made anew then."""
        for outcome in outcomes:
            kept = self._working.pop(outcome.key, None)
            if kept is not None:
                self._conclude(kept, outcome, now_s)

    def submit(self) -> int:
        """Hand queued records to workers that have nothing else to do. Returns how many."""
        room = self._dispatcher.pool.room
        if not room:
            return 0
        busy = {kept.id for kept in self._working.values()}
        with self._context.database.begin() as session:
            numbers = [number for number in list_queued(session, room + len(busy)) if number not in busy]
            due = [kept for number in numbers[:room] if (kept := take_kept(session, number)) is not None]
            memory = self._dispatcher.renew_memory(session) if due else None
        for kept in due:
            assert memory is not None, "it was read for these"
            key = f"{_KEY}{kept.id}"
            self._working[key] = kept
            self._dispatcher.pool.submit(Task(key, kept.machine, memory))
        return len(due)

    def _conclude(self, kept: KeptRecord, outcome: Outcome, now_s: float) -> None:
        with self._context.database.begin() as session:
            if outcome.invoice is None:
                drop_queued(session, kept.id)  # it stays in review as it is
                found = None
            else:
                found = record_again(session, kept, outcome.invoice, to_utc(now_s))
        status = str(found.status) if found is not None else "left as it was"
        self._context.log.info("judged again", record=kept.id, status=status)
