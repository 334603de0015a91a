"""Keep the workers busy: claim ahead of them, hand them documents, take in what they made of them."""

from __future__ import annotations

import os
from dataclasses import replace

from invoicewatch.daemon.context import Context, to_utc
from invoicewatch.daemon.work.claiming import Claimer
from invoicewatch.daemon.work.recovery import hand_back
from invoicewatch.daemon.work.results import Results
from invoicewatch.errors import DependencyError, FatalError, StoreError
from invoicewatch.intake.claim import spool_file
from invoicewatch.records import Memory, Refusal
from invoicewatch.records.ledger import FileEntry, FileState
from invoicewatch.store.ledger import files as ledger
from invoicewatch.store.memory.learning import load_memory
from invoicewatch.store.records.refusals import list_refused
from invoicewatch.workers.protocol import Pool
from invoicewatch.workers.task import Outcome, SpooledFile, Task

_AHEAD = 8  # copies that wait in the spool beyond those in work
_FATAL = {kind.exit_code: kind for kind in (DependencyError, StoreError)}


class Dispatcher:
    """Moves files from claimed to working, and on to what became of them."""

    def __init__(self, context: Context, pool: Pool, claimer: Claimer) -> None:
        self._context = context
        self.pool = pool
        self._claimer = claimer
        self.results = Results(context)
        self._working: dict[str, FileEntry] = {}
        self._unsaved: list[Outcome] = []
        self._memory = Memory()

    @property
    def busy(self) -> int:
        """How many documents are with the workers."""
        return len(self._working)

    def take_in(self, outcomes: list[Outcome], now_s: float) -> None:
        """Commit outcomes. What the store cannot take now is kept and tried again at the next call.

        An outcome that comes a second time is passed over.

        Raises:
            TransientError: The store cannot take it now.
            FatalError: A dependency is missing; the document is handed back.
        """
        known = {outcome.key for outcome in self._unsaved}
        self._unsaved += [each for each in outcomes if each.key in self._working and each.key not in known]
        while self._unsaved:
            outcome = self._unsaved[0]
            self._refuse_fatal(outcome, now_s)
            self.results.conclude(self._working[outcome.key], outcome, now_s)
            self._unsaved.pop(0)
            del self._working[outcome.key]

    def _refuse_fatal(self, outcome: Outcome, now_s: float) -> None:
        if outcome.failure is None or outcome.exit_code <= 1:
            return
        hand_back(self._context, now_s, [self._working.pop(outcome.key).id])
        self._unsaved.remove(outcome)
        kind = _FATAL.get(outcome.exit_code, FatalError)
        raise kind(outcome.failure.message, remedy=outcome.failure.remedy, code=outcome.failure.code)

    def wake_waiting(self, now_s: float) -> None:
        """Give files whose waiting time is over another try."""
        with self._context.database.begin() as session:
            for entry in ledger.list_due(session, FileState.WAITING, now_s, limit=100):
                state = FileState.CLAIMED if entry.sha256 else FileState.SETTLED
                ledger.change_state(session, entry.id, state, now_s, next_s=0.0)

    def claim_ahead(self, now_s: float) -> int:
        """Claim as many settled files as the workers will need soon. Returns how many were handled."""
        with self._context.database.begin() as session:
            ready = len(ledger.list_in(session, FileState.CLAIMED))
        room = self.pool.room + _AHEAD - ready
        return self._claimer.claim_next(now_s, room) if room > 0 else 0

    def submit(self, now_s: float) -> int:
        """Hand claimed files to idle workers. Returns how many."""
        if not self.pool.room:
            return 0
        newest = self._context.config.intake.order == "newest"
        with self._context.database.begin() as session:
            claimed = ledger.list_in(session, FileState.CLAIMED)
            due = (claimed[::-1] if newest else claimed)[: self.pool.room]
            ledger.change_many(session, [entry.id for entry in due], FileState.WORKING, now_s)
            refused = {entry.id: list_refused(session, entry.sha256) for entry in due}
            if due:
                self.renew_memory(session)
        if due:
            self._context.reach("working")
        for entry in due:
            self._working[str(entry.id)] = replace(entry, state=FileState.WORKING)
            self.pool.submit(self._make_task(entry, refused[entry.id]))
        return len(due)

    def renew_memory(self, session: ledger.Transaction) -> Memory:
        """What was learned until now; only what is new is read."""
        self._memory = load_memory(session, self._memory)
        return self._memory

    def _make_task(self, entry: FileEntry, refused: tuple[Refusal, ...]) -> Task:
        document = SpooledFile(
            os.fsdecode(entry.path),
            spool_file(self._context.spool, entry.id),
            entry.sha256,
            entry.media_type,
            to_utc(entry.seen_s),
        )
        task = Task(str(entry.id), document, self._memory, refused=refused)
        return task.without_model() if entry.without_model else task

    def stop(self, outcomes: list[Outcome], grace_s: float, now_s: float) -> None:
        """Take in ``outcomes`` and what the workers finish in ``grace_s`` seconds; hand back the rest."""
        outcomes = outcomes + self.pool.close(grace_s)
        self.take_in([outcome for outcome in outcomes if outcome.exit_code <= 1], now_s)
        hand_back(self._context, now_s, [entry.id for entry in self._working.values()])
        self._working.clear()
