"""The cluster as a pool: hands tasks to machines through the bridge, and again when a machine or the bridge is lost.

The ledger is the truth. What is here in memory is which task was given to whom; if this process ends, the ledger hands
all of it out again.
"""

from __future__ import annotations

import errno
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import wait

import structlog

from invoicewatch.cluster.carry import CarryError, describe_refusal, read_outcome, write_task
from invoicewatch.cluster.given import MAX_LOSSES, Book, Given
from invoicewatch.cluster.held import Held
from invoicewatch.cluster.link import Link, LinkLostError
from invoicewatch.cluster.machines import UNFIT_S, Machines, Seat
from invoicewatch.cluster.task import STOPPED
from invoicewatch.cluster.versions import find_versions
from invoicewatch.cluster.wire import Begun, Connect, Done, Gone, Lost, Run, ToHead
from invoicewatch.cluster.wire import Machines as MachinesNow
from invoicewatch.config import Config
from invoicewatch.errors import DependencyError, DocumentError
from invoicewatch.records import Failure
from invoicewatch.workers.pool import WorkerPool
from invoicewatch.workers.task import Outcome, Task

RESTART_FIRST_S = 0.5
RESTART_CAP_S = 30.0
LATE = 4  # times the time limit of a document: after so long a machine that says nothing of it is lost for it
_TURN_S = 1.0


class ClusterPool:
    """Machines of a cluster, with processes of this one beside them if the settings say so.

    Poll from the thread that made it: the bridge and the local processes live as long as that thread.
    """

    def __init__(
        self,
        config: Config,
        here: Mapping[str, str],
        local: WorkerPool | None,
        patience_s: float | None,
        start_link: Callable[[Connect], Link],
    ) -> None:
        self._config = config
        self._local = local
        self._patience_s = patience_s
        self._start_link = start_link
        self._machines = Machines(config, here)
        self._book = Book()
        self._held = Held(config)
        self._pending: deque[Given] = deque()
        self._done: list[Outcome] = []
        self._link: Link | None = None
        self._links = 0
        self._start_not_before_s = 0.0
        self._useful_s = time.monotonic()
        self._log = structlog.get_logger("invoicewatch.cluster")

    @classmethod
    def start(
        cls,
        config: Config,
        local: WorkerPool | None = None,
        *,
        patience_s: float | None = None,
        start_link: Callable[[Connect], Link] = Link.start,
    ) -> ClusterPool:
        """A pool whose bridge is under way.

        Args:
            config: All settings.
            local: Processes of this machine that work, too.
            patience_s: After how long without any machine polling raises DependencyError; None waits for ever.
            start_link: Starts the bridge.
        """
        pool = cls(config, find_versions(config), local, patience_s, start_link)
        pool._connect()
        return pool

    @property
    def room(self) -> int:
        """How many tasks would be handed out at once."""
        local = self._local.room if self._local else 0
        return max(0, self._machines.room - len(self._pending)) + local

    @property
    def stages(self) -> dict[str, str]:
        """Where tasks are, by their keys; those that only wait at a machine have no stage."""
        said = [item for seat in self._machines.seats for item in seat.machine.load.stages.items()]
        ours = {given.task.key: stage for name, stage in said if (given := self._book.find(name)) is not None}
        return ours | (self._local.stages if self._local else {})

    @property
    def ready(self) -> bool:
        """Whether the local processes answer; machines come and go."""
        return self._local is None or self._local.ready

    @property
    def model_state(self) -> str:
        """The state of the model on all machines, in words."""
        states = {seat.machine.load.model_state for seat in self._machines.seats if not seat.trouble}
        if self._local:
            states.add(self._local.model_state)
        return ", ".join(sorted(filter(None, states))) or "no machine in the cluster"

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The machines as they are known now."""
        return self._machines.seats

    @property
    def bridge_pid(self) -> int:
        """The process id of the bridge, 0 while there is none."""
        return self._link.pid if self._link else 0

    def submit(self, task: Task) -> None:
        """Take a task; this machine's own processes come first."""
        if self._local and self._local.room:
            self._local.submit(task)
            return
        self._pending.append(self._book.add(task))
        self._guard(self._place)

    def poll(self, timeout_s: float, wake: Sequence[int] = ()) -> list[Outcome]:
        """Wait until a task is done, a descriptor in ``wake`` is readable, or the time is up. Raises FatalError."""
        end_s = time.monotonic() + timeout_s
        while True:
            self._connect()
            self._guard(self._listen)
            self._guard(self._place)
            self._expire()
            self._see_patience()
            left_s = end_s - time.monotonic()
            if self._done or left_s <= 0:
                break
            woken = self._wait(min(left_s, self._time_to_restart()), wake)
            if woken:
                self._guard(self._listen)
                break
        done, self._done = self._done, []
        return done

    def _wait(self, timeout_s: float, wake: Sequence[int]) -> bool:
        """Wait for news of any kind; whether it was a wake-up from outside."""
        heard = [*wake, *([self._link.fileno()] if self._link else [])]
        if self._local:
            self._done += self._local.poll(timeout_s, heard)
            return bool(wake and wait(wake, 0))
        return any(found in wake for found in wait(heard, timeout_s))

    def let_go(self) -> None:
        """See `Pool`: this machine's processes end; the others' are their own machines'."""
        if self._local:
            self._local.let_go()

    def close(self, grace_s: float) -> list[Outcome]:
        """Stop. Returns what finished within ``grace_s`` seconds; all else is the caller's again."""
        end_s = time.monotonic() + grace_s
        outcomes: list[Outcome] = []
        self._pending.clear()
        self._patience_s = None
        while any(given.begun for given in self._book) and (left_s := end_s - time.monotonic()) > 0:
            outcomes += self.poll(min(left_s, 0.5))
        if self._local:
            outcomes += self._local.close(max(0.0, end_s - time.monotonic()))
        if self._link:
            self._link.close()
            self._link = None
        self._book.clear()
        return outcomes + self._done

    def _connect(self) -> None:
        if self._link is None and time.monotonic() >= self._start_not_before_s:
            asked = self._config.cluster
            self._link = self._start_link(
                Connect(asked.scheduler, asked.ca, asked.certificate, asked.key, asked.lost_after_s)
            )

    def _time_to_restart(self) -> float:
        return _TURN_S if self._link else max(0.0, self._start_not_before_s - time.monotonic())

    def _guard(self, step: Callable[[], None]) -> None:
        """Do something with the bridge; if that ends it, all that it carried is handed out again by the next."""
        if self._link is None:
            return
        try:
            step()
        except LinkLostError as exc:
            self._links += 1
            delay_s = min(RESTART_CAP_S, RESTART_FIRST_S * 2 ** min(self._links - 1, 10))
            self._log.warning("bridge lost", reason=str(exc), retry_s=delay_s)
            self._link.close()
            self._link = None
            self._start_not_before_s = time.monotonic() + delay_s
            self._machines.clear()
            self._held.forget_bridge()
            self._pending = deque(self._book)
            for given in self._pending:
                given.leave()

    def _listen(self) -> None:
        assert self._link is not None, "guarded"
        for message in self._link.receive():
            self._take(message)

    def _take(self, message: ToHead) -> None:
        if isinstance(message, MachinesNow):
            self._links = 0
            for seat in self._machines.renew(message.items):
                self._log.info("machine", machine=seat.machine.name, cores=seat.cores, refused=seat.refused)
        elif isinstance(message, Gone):
            raise LinkLostError(message.why[:500])
        elif (given := self._book.find(message.key)) is not None and given.machine:
            if isinstance(message, Begun):
                given.begun = True
            elif isinstance(message, Done):
                self._take_answer(given, message.content)
            else:
                self._take_loss(given, message)

    def _take_answer(self, given: Given, content: bytes) -> None:
        try:
            outcome = read_outcome(content, given.task)
        except CarryError as exc:
            self._log.error("bad answer", machine=self._call(given), reason=str(exc))
            outcome = describe_refusal(given.task.key, str(exc))
        failure = outcome.failure
        if failure is not None and (failure.code == STOPPED or outcome.exit_code > DocumentError.exit_code):
            self._turn_away(given, failure.message)
            self._hand_again(given)
        else:
            self._end(given, outcome)

    def _take_loss(self, given: Given, lost: Lost) -> None:
        self._log.warning(
            "machine lost", machine=self._call(given), task=given.task.key, begun=given.begun, reason=lost.why
        )
        given.losses += 1
        if (lost.died and given.begun) or given.losses >= MAX_LOSSES:
            self._end(given, given.describe_loss(self._call(given), lost.why))
        else:
            self._hand_again(given)

    def _expire(self) -> None:
        """Give up what a machine has had for far too long, though it is there: half its network works, or it lies."""
        late_s = time.monotonic() - LATE * self._config.workers.timeout_s
        for given in self._book:
            if given.machine and given.since_s < late_s:
                self._turn_away(given, "it does not answer")
                self._take_loss(given, Lost(given.name, died=True, why="it does not answer"))

    def _turn_away(self, given: Given, why: str) -> None:
        """The machine gets nothing for a while."""
        self._log.error("machine cannot work", machine=self._call(given), reason=why)
        if (seat := self._machines.find(given.machine)) is not None:
            seat.unfit, seat.unfit_until_s = why, time.monotonic() + UNFIT_S

    def _hand_again(self, given: Given) -> None:
        self._leave_machine(given)
        self._book.rename(given)
        given.leave()
        self._pending.append(given)

    def _call(self, given: Given) -> str:
        seat = self._machines.find(given.machine)
        return seat.machine.name if seat else given.machine

    def _end(self, given: Given, outcome: Outcome) -> None:
        self._leave_machine(given)
        self._book.end(given)
        self._done.append(outcome)

    def _leave_machine(self, given: Given) -> None:
        if (seat := self._machines.find(given.machine)) is not None:
            seat.keys.discard(given.name)

    def _place(self) -> None:
        assert self._link is not None, "guarded"
        while self._pending and (seat := self._machines.choose()) is not None:
            given = self._pending.popleft()
            given.place(seat.machine.address)
            seat.keys.add(given.name)
            self._send(self._link, given, seat)

    def _send(self, link: Link, given: Given, seat: Seat) -> None:
        task = replace(given.task, notes=(*given.task.notes, *_note(seat)))
        try:
            content = write_task(task)
        except OSError as exc:
            code = errno.errorcode.get(exc.errno or 0, "os_error").lower()
            self._end(given, Outcome(task.key, failure=Failure(code, str(exc)), transient=True, exit_code=1))
            return
        memory, settings = self._held.send(link, task)
        link.send(Run(given.name, given.machine, memory, settings, content))

    def _see_patience(self) -> None:
        now_s = time.monotonic()
        if self._local or not self._patience_s or any(not seat.trouble for seat in self._machines.seats):
            self._useful_s = now_s
        elif now_s - self._useful_s > self._patience_s:
            troubles = sorted({seat.trouble for seat in self._machines.seats})
            raise DependencyError(
                f"no machine of the cluster at {self._config.cluster.scheduler} can work"
                + (f": {troubles[0]}" if troubles else ""),
                remedy="Look at `invoicewatch cluster status`, or set [cluster] local_workers.",
                code="cluster_empty",
            )


def _note(seat: Seat) -> tuple[str, ...]:
    """What the record says of a machine that differs from this one."""
    return (f"read on {seat.machine.name}: {'; '.join(seat.differences)}",) if seat.differences else ()
