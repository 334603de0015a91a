"""The pool: hands tasks to worker processes, watches over them, and replaces those that die."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.config import Config
from invoicewatch.errors import DependencyError
from invoicewatch.workers.child import Build, Process, Setup, build_default_tools, process_by_pipeline
from invoicewatch.workers.interpreter import Interpreter
from invoicewatch.workers.process import WorkerProcess
from invoicewatch.workers.task import Outcome, Task

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

START_LIMIT_S = 120.0
RESTART_FIRST_S = 0.25
RESTART_CAP_S = 30.0
MAX_FAILED_STARTS = 4
MAX_MODEL_DEATHS = 3


class WorkerPool:
    """Worker processes behind a queue that its caller keeps short (see ``room``).

    The caller must poll from the thread that made the pool: the kernel ties the workers' lives to that thread.
    """

    def __init__(
        self, config: Config, count: int, build: Build, process: Process, *, eager: bool = True, page_threads: int = 1
    ) -> None:
        self._config = config
        self._build = build
        self._process = process
        self._count = count
        self._eager = eager
        self._page_threads = page_threads
        self._pending: deque[Task] = deque()
        self._done: list[Outcome] = []
        self._failed_starts = 0
        self._answered = False
        self._model_deaths = 0
        self._start_not_before_s = 0.0
        self._closed = False
        self._workers: list[WorkerProcess] = []
        self._ahead: Interpreter | None = None

    @classmethod
    def start(
        cls,
        config: Config,
        count: int,
        *,
        build: Build = build_default_tools,
        process: Process = process_by_pipeline,
        eager: bool = True,
        page_threads: int = 1,
        ahead: Interpreter | None = None,
    ) -> WorkerPool:
        """A pool with ``count`` workers under way; they load in the background.

        Args:
            config: All settings; workers get the whole of it.
            count: How many processes, at least 1.
            build: Makes a worker's tools, in the worker: ``build(config, use_model=..., page_threads=...)``.
            process: Runs a document, in the worker: ``process(document, tools, memory, enter)``, and gives its
                records, one or one a part. Both callables must be importable there by module and name.
            eager: Load what takes long at once; else when the first document needs it, if one does.
            page_threads: What most tasks will ask for; a worker makes its tools anew for others.
            ahead: An interpreter that was started before, for the first worker.
        """
        pool = cls(config, count, build, process, eager=eager, page_threads=page_threads)
        pool._ahead = ahead
        pool._fill()
        return pool

    @property
    def room(self) -> int:
        """How many tasks could start at once: submit no more than this, and the queue stays empty."""
        return max(0, self._count - len(self._pending) - self.busy)

    @property
    def busy(self) -> int:
        """How many workers are at work."""
        return sum(worker.task is not None for worker in self._workers)

    @property
    def stages(self) -> dict[str, str]:
        """Where the tasks that are at work are, by their keys."""
        return {worker.task.key: worker.stage for worker in self._workers if worker.task is not None}

    @property
    def ready(self) -> bool:
        """Whether every worker answers."""
        return len(self._workers) == self._count and all(worker.ready for worker in self._workers)

    @property
    def model_state(self) -> str:
        """The model's state in words, for people: that of the workers if they agree, else all of them."""
        if self._model_is_off:
            return "off after crashes"
        states = sorted({worker.model_state for worker in self._workers if worker.model_state})
        return ", ".join(states) or "starting"

    @property
    def pids(self) -> tuple[int, ...]:
        """The workers' process ids."""
        return tuple(worker.pid for worker in self._workers)

    @property
    def _model_is_off(self) -> bool:
        return self._model_deaths >= MAX_MODEL_DEATHS

    def submit(self, task: Task) -> None:
        """Queue a task; its outcome comes from a later ``poll``."""
        self._pending.append(task)
        self._dispatch()

    def poll(self, timeout_s: float, wake: Sequence[int] = ()) -> list[Outcome]:
        """Wait until a task is done, a descriptor in ``wake`` is readable, or the time is up.

        Returns:
            The outcomes that have arrived, perhaps none.

        Raises:
            FatalError: A worker cannot build its tools, or workers die before they ever answered.
        """
        end_s = time.monotonic() + timeout_s
        while not self._step(max(0.0, end_s - time.monotonic()), wake) and not self._done:
            if time.monotonic() >= end_s:
                break
        done, self._done = self._done, []
        return done

    def let_go(self) -> None:
        """Nothing more will be submitted, and the outcomes of all tasks were given: workers may end meanwhile."""
        self._closed = True
        for worker in self._workers:
            # One that has not begun, or still loads, leaves nothing behind.
            worker.kill() if worker.task or not worker.ready else worker.ask_to_stop()

    def close(self, grace_s: float) -> list[Outcome]:
        """Stop: let what runs finish within ``grace_s`` seconds, then kill. Returns what finished.

        Tasks that did not finish have no outcome: they are the caller's again.
        """
        self._pending.clear()
        self._closed = True
        end_s = time.monotonic() + grace_s
        outcomes: list[Outcome] = []
        while self.busy and (left_s := end_s - time.monotonic()) > 0:
            outcomes += self.poll(left_s)
        self.let_go()
        for worker in self._workers:
            if not worker.wait(max(0.1, end_s - time.monotonic())):
                worker.kill()
            worker.task = None
            worker.bury()
        self._workers.clear()
        return outcomes

    def _step(self, timeout_s: float, wake: Sequence[int]) -> bool:
        """Wait once for news and take it in; whether it was a wake-up from outside."""
        self._fill()
        self._dispatch()
        pipes = {worker.pipe: worker for worker in self._workers}
        heard = wait([*pipes, *wake], 0 if self._done else self._time_to_wait(timeout_s))
        for found in heard:
            if isinstance(found, Connection) and found in pipes:
                self._hear(pipes[found])
        self._expire()
        self._dispatch()
        return any(found in wake for found in heard)

    def _fill(self) -> None:
        if self._closed or time.monotonic() < self._start_not_before_s:
            return
        while len(self._workers) < self._count:
            setup = Setup(
                self._config,
                self._build,
                self._process,
                parent_pid=os.getpid(),
                address_space=_address_space(self._config),
                use_model=not self._model_is_off,
                eager=self._eager,
                page_threads=self._page_threads,
            )
            ahead, self._ahead = self._ahead, None
            self._workers.append(WorkerProcess.start(setup, time.monotonic() + START_LIMIT_S, ahead))

    def _dispatch(self) -> None:
        for worker in self._workers:
            if self._pending and worker.idle:
                task = self._pending.popleft()
                if self._model_is_off and task.use_model:
                    task = task.without_model()
                worker.start_task(task, time.monotonic() + self._config.workers.timeout_s)

    def _time_to_wait(self, timeout_s: float) -> float:
        now_s = time.monotonic()
        times = [worker.deadline_s - now_s for worker in self._workers if worker.deadline_s is not None]
        if len(self._workers) < self._count and not self._closed:
            times.append(self._start_not_before_s - now_s)
        return max(0.0, min([timeout_s, *times]))

    def _hear(self, worker: WorkerProcess) -> None:
        try:
            outcome = worker.receive()
        except EOFError:
            self._bury(worker)
            return
        if worker.ready:
            self._answered, self._failed_starts = True, 0
        if outcome:
            self._finish(outcome)

    def _finish(self, outcome: Outcome) -> None:
        if outcome.model_crashed:
            self._count_model_death()
        elif outcome.invoice and outcome.invoice.model:
            self._model_deaths = 0
        self._done.append(outcome)

    def _count_model_death(self) -> None:
        self._model_deaths += 1
        if self._model_deaths == MAX_MODEL_DEATHS:
            _get_log().error("model turned off: workers keep dying in it", deaths=self._model_deaths)

    def _expire(self) -> None:
        now_s = time.monotonic()
        for worker in list(self._workers):
            if worker.deadline_s is not None and worker.deadline_s <= now_s:
                worker.expire()
                self._bury(worker)

    def _bury(self, worker: WorkerProcess) -> None:
        self._workers.remove(worker)
        was_ready = worker.ready
        if unbegun := worker.take_unbegun():
            self._pending.appendleft(unbegun)
        outcome = worker.bury()
        if worker.broken:
            raise worker.broken
        if outcome:
            _get_log().warning("worker died", worker=worker.pid, stage=worker.stage)
            self._finish(outcome)
        elif worker.model_busy:
            self._count_model_death()
        if not was_ready:
            self._back_off()

    def _back_off(self) -> None:
        """A worker died before it answered: wait longer each time, and give up if none ever did."""
        self._failed_starts += 1
        if not self._answered and self._failed_starts >= MAX_FAILED_STARTS:
            raise DependencyError(
                "the worker processes die while they start", remedy="Run `invoicewatch doctor` for the cause."
            )
        delay_s = min(RESTART_CAP_S, RESTART_FIRST_S * 2 ** (self._failed_starts - 1))
        self._start_not_before_s = time.monotonic() + delay_s
        _get_log().warning("worker died while starting", retry_s=delay_s)


def _get_log() -> FilteringBoundLogger:
    """Imported when there is something to say, which is seldom."""
    import structlog

    log: FilteringBoundLogger = structlog.get_logger("invoicewatch.workers")
    return log


def count_workers(config: Config) -> int:
    """How many workers the settings ask for: ``workers.count``, or one for each core we may use."""
    return config.workers.count or len(os.sched_getaffinity(0))


def _address_space(config: Config) -> int:
    """The limit in bytes, 0 for none. The model's file is mapped, so its size is allowed on top."""
    if not config.workers.memory_mb:
        return 0
    model = Path(config.model.path)
    return config.workers.memory_mb * 2**20 + (model.stat().st_size if model.is_file() else 0)
