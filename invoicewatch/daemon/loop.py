"""The daemon's loop: look, settle, claim, hand out, take in, file away; then wait for the next thing to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from invoicewatch.config import Config
from invoicewatch.daemon.arrivals.asking import Askers
from invoicewatch.daemon.arrivals.scanner import Scanner
from invoicewatch.daemon.arrivals.settling import Settler
from invoicewatch.daemon.context import Context
from invoicewatch.daemon.health.report import Reporter
from invoicewatch.daemon.notify import Notifier
from invoicewatch.daemon.pause import Pause
from invoicewatch.daemon.signals import Wakeup
from invoicewatch.daemon.work.again import Rejudge
from invoicewatch.daemon.work.claiming import Claimer
from invoicewatch.daemon.work.dispatch import Dispatcher
from invoicewatch.daemon.work.filer import Filer
from invoicewatch.daemon.work.recovery import recover
from invoicewatch.daemon.work.retention import Retention
from invoicewatch.daemon.work.returned import Returned
from invoicewatch.daemon.work.set_back import SLACK_S, bring_forward_waiting
from invoicewatch.errors import TransientError
from invoicewatch.store.ledger import files as ledger
from invoicewatch.workers.protocol import Pool
from invoicewatch.workers.task import Outcome

STOP_GRACE_S = 3.0
_LONGEST_WAIT_S = 60.0
_START_WAIT_S = 0.2


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a daemon is made from, besides its context."""

    notifier: Notifier
    wakeup: Wakeup
    start_pool: Callable[[Config], Pool]


class Daemon:
    """One run of the daemon over one configuration."""

    def __init__(self, context: Context, pieces: Pieces, askers: Askers, scanner: Scanner, pool: Pool) -> None:
        self._context = context
        self._wakeup = pieces.wakeup
        self._notifier = pieces.notifier
        self._askers = askers
        self._scanner = scanner
        self._settler = Settler(context, askers, scanner)
        self._dispatcher = Dispatcher(context, pool, Claimer(context, askers, scanner))
        self._rejudge = Rejudge(context, self._dispatcher)
        self._filer = Filer(context, askers)
        self._returned = Returned(context)
        self._retention = Retention(context)
        self._pause = Pause(context)
        self._reporter = Reporter(context, pieces.notifier)
        self._said_ready = False
        self._last_s = 0.0

    @classmethod
    def start(cls, context: Context, pieces: Pieces) -> Daemon:
        """Put the ledger in order, make the inboxes that are new and start the workers. Raises FatalError."""
        recover(context, context.now())
        intake, wake = context.config.intake, pieces.wakeup.wake
        askers = Askers(context.config.paths.inboxes, intake.answer_s, context.alive, wake)
        scanner = Scanner(context, askers, wake)
        scanner.make_folders()
        return cls(context, pieces, askers, scanner, pieces.start_pool(context.config))

    def run(self) -> None:
        """Work until told to stop or to reload. Raises FatalError."""
        more = False
        outcomes: list[Outcome] = []
        try:
            while not (self._wakeup.stop or self._wakeup.reload):
                more = self._turn(outcomes)
                self._notifier.alive()
                outcomes = self._dispatcher.pool.poll(0.0 if more else self._time_to_wait(), [self._wakeup.reader])
                self._wakeup.clear()
        finally:
            self._stop(outcomes)

    def _turn(self, outcomes: list[Outcome]) -> bool:
        """Do whatever is due. Returns whether there is more to do at once."""
        now_s = self._context.now()
        more = False
        try:
            if now_s < self._last_s - SLACK_S:
                self._start_over(now_s)
            self._last_s = now_s
            self._dispatcher.note(outcomes)
            if self._pause.is_over(now_s):
                self._dispatcher.submit(now_s)  # first of all: who is done shall not wait for what is committed of it
            self._dispatcher.take_in(now_s)
            self._rejudge.take_in(outcomes, now_s)
            self._reporter.count(len(outcomes), now_s)
            if self._pause.is_over(now_s):
                more = self._work(now_s)
                self._pause.end()
                self._say_ready()
        except TransientError as exc:
            self._pause.begin(exc)
        self._reporter.report(self._scanner, self._dispatcher, self._pause, self._filer.trouble, now_s)
        return more

    def _start_over(self, now_s: float) -> None:
        """Nothing that was to happen at a time by the clock before waits for it."""
        self._context.log.warning("the clock was set back", seconds=round(self._last_s - now_s))
        for part in (self._scanner, self._returned, self._retention, self._reporter, self._pause):
            part.forget_times()
        bring_forward_waiting(self._context, now_s)

    def _work(self, now_s: float) -> bool:
        self._scanner.scan_due(now_s)
        self._returned.look_due(now_s)
        times = self._find_next_times()
        more = _is_due(times.file_s, now_s) and self._filer.file_due(now_s)
        more |= _is_due(times.look_s, now_s) and self._settler.settle_due(now_s)
        if _is_due(times.retry_s, now_s):
            self._dispatcher.wake_waiting(now_s)
        if times.settled or _is_due(times.look_s, now_s):
            more |= self._dispatcher.claim_ahead(now_s) > 0
        more |= self._dispatcher.submit(now_s) > 0
        more |= self._rejudge.submit() > 0
        more |= self._retention.delete_due(now_s)
        return more

    def _find_next_times(self) -> ledger.NextTimes:
        with self._context.database.begin() as session:
            return ledger.find_next_times(session, self._scanner.reachable)

    def _say_ready(self) -> None:
        """Once the inboxes were looked at and every worker answers."""
        if not self._said_ready and self._dispatcher.pool.ready:
            self._said_ready = True
            self._notifier.ready()
            self._context.log.info("ready", inboxes=len(self._scanner.inboxes), pid=os.getpid())

    def _time_to_wait(self) -> float:
        now_s = self._context.now()
        times = [self._scanner.next_time(now_s), self._returned.next_s, self._reporter.next_time()]
        if self._pause.reason:
            times = [self._pause.until_s]
        else:
            next_file_s = self._find_next_times().first_s
            if next_file_s is not None:
                times.append(next_file_s)
        longest_s = _START_WAIT_S if not self._said_ready else _LONGEST_WAIT_S
        if self._notifier.watchdog_interval_s:
            longest_s = min(longest_s, self._notifier.watchdog_interval_s)
        return max(0.0, min(longest_s, min(times) - now_s))

    def _stop(self, outcomes: list[Outcome]) -> None:
        """Finish what finishes in a few seconds, hand back the rest, let go of everything."""
        if self._wakeup.stop:
            self._notifier.stopping()
        self._scanner.close()
        grace_s = 0.0 if self._wakeup.hard_stop else STOP_GRACE_S
        try:
            self._dispatcher.stop(outcomes, grace_s, self._context.now())
            self._filer.file_due(self._context.now())
        except TransientError:
            # Nothing is lost: what was in work is handed back at the next start.
            self._context.log.exception("stopped before everything was committed")
        self._askers.close()


def _is_due(time_s: float | None, now_s: float) -> bool:
    return time_s is not None and time_s <= now_s
