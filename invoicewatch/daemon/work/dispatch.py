"""Keep the workers busy: claim ahead of them, hand them documents, take in what they made of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

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
_A_COPY_FOR = 8  # and one more for so many documents in work, as many workers are done at once
_TOGETHER = 50  # outcomes committed at once: more save little, and those who read along wait for the lock
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

    def note(self, outcomes: Sequence[Outcome]) -> None:
        """Keep outcomes until they are committed; one that comes a second time is passed over."""
        known = {outcome.key for outcome in self._unsaved}
        self._unsaved += [each for each in outcomes if each.key in self._working and each.key not in known]

    def take_in(self, now_s: float) -> None:
        """Commit what was noted, all at once; what the store cannot take now is tried again at the next call.

        Raises:
            TransientError: The store cannot take it now.
            FatalError: A dependency is missing; the document is handed back.
        """
        while self._unsaved:
            self._refuse_fatal(self._unsaved[0], now_s)
            group = list(takewhile(lambda each: not _is_fatal(each), self._unsaved[:_TOGETHER]))
            self.results.conclude([(self._working[outcome.key], outcome) for outcome in group], now_s)
            del self._unsaved[: len(group)]
            for outcome in group:
                del self._working[outcome.key]

    def _refuse_fatal(self, outcome: Outcome, now_s: float) -> None:
        if outcome.failure is None or not _is_fatal(outcome):
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
        return self._claimer.claim_next(now_s, self.pool.room + _AHEAD + self.busy // _A_COPY_FOR)

    def submit(self, now_s: float) -> int:
        """Hand claimed files to idle workers. Returns how many."""
        if not self.pool.room:
            return 0
        newest = self._context.config.intake.order == "newest"
        with self._context.database.begin(sync=False) as session:  # what was in work is claimed again after a crash
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
        self.note([outcome for outcome in outcomes if outcome.exit_code <= 1])
        self.take_in(now_s)
        hand_back(self._context, now_s, [entry.id for entry in self._working.values()])
        self._working.clear()


def _is_fatal(outcome: Outcome) -> bool:
    return outcome.failure is not None and outcome.exit_code > 1
