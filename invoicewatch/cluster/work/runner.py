"""The processes of a cluster's machine: the pool that every machine has, in a thread of its own."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import wait
from queue import Empty, SimpleQueue

import msgspec
import structlog

from invoicewatch.cluster.carry import CarryError, read_memory, read_task, write_outcome
from invoicewatch.cluster.task import STOPPED
from invoicewatch.cluster.versions import read_settings
from invoicewatch.cluster.wire import Load
from invoicewatch.config import Config
from invoicewatch.errors import FatalError
from invoicewatch.records import Failure, Memory
from invoicewatch.workers.child import Build, Process, build_default_tools, process_by_pipeline
from invoicewatch.workers.pool import WorkerPool
from invoicewatch.workers.task import Outcome, Task

_TURN_S = 1.0
_CLOSE_S = 3.0
_RATE_S = 600.0
_MOST_WAIT_S = 30.0
_MOST_UNCLAIMED = 64  # outcomes that nobody waits for, kept for who asks again


class Runner:
    """Runs tasks for threads that wait. The pool is made in, and polled from, one thread, which the kernel asks for."""

    def __init__(
        self,
        config: Config,
        count: int,
        build: Build = build_default_tools,
        process: Process = process_by_pipeline,
    ) -> None:
        self._config = config
        self._count = count
        self._build = build
        self._process = process
        self._asked: SimpleQueue[tuple[Task, bytes, Future[Outcome]] | None] = SimpleQueue()
        self._waiting: dict[str, Future[Outcome]] = {}
        self._running: set[str] = set()
        self._unclaimed: dict[str, Outcome] = {}
        self._settings = b""
        self._memory: tuple[str, Memory] = ("", Memory())
        self._pool: WorkerPool | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self._ends: deque[float] = deque(maxlen=4096)
        self._done = 0
        self._crashed = 0
        self._begun_s = time.monotonic()
        self._reader = self._writer = -1
        self._thread = threading.Thread(target=self._serve, name="runner", daemon=True)
        self._log = structlog.get_logger("invoicewatch.cluster")

    def start(self) -> None:
        """Begin; processes start with the first task, whose settings they take over."""
        self._reader, self._writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._thread.start()

    def run(self, key: str, content: bytes, names: tuple[str, str], held: tuple[bytes, bytes]) -> bytes:
        """Run one task from any thread and wait for it; its outcome as bytes. ``key`` is its own among all heads'.

        Raises:
            CarryError: It is no task, or its outcome cannot travel.
        """
        task = read_task(content, self._read_memory(names[0], held[0]))
        if self._stopped:
            return write_outcome(_give_back(task.key))
        future: Future[Outcome] = Future()
        self._asked.put((replace(task, key=key), held[1], future))
        self._wake()
        try:
            return write_outcome(replace(future.result(), key=task.key))
        except (msgspec.EncodeError, TypeError, ValueError) as exc:
            raise CarryError(f"a record that cannot travel: {exc}") from exc

    def describe(self) -> Load:
        """How things are."""
        pool, now_s = self._pool, time.monotonic()
        recent = sum(end_s > now_s - _RATE_S for end_s in list(self._ends))
        span_s = max(1.0, min(_RATE_S, now_s - self._begun_s))
        stages = dict(pool.stages) if pool else {}
        state = pool.model_state if pool else "unloaded"
        return Load(stages, state, self._done, self._crashed, round(recent * 3600 / span_s, 1))

    def leave(self) -> None:
        """The scheduler is out of reach: nobody waits any more. What runs goes on; who asks for it again joins it."""
        self._asked.put(None)
        self._wake()

    def stop(self) -> None:
        """End the processes; whoever waits gives the document back, and so does whoever comes later."""
        self._stopped = True
        self._asked.put(None)
        self._wake()
        self._thread.join(2 * _CLOSE_S)

    def _wake(self) -> None:
        os.write(self._writer, b"x")

    def _read_memory(self, name: str, content: bytes) -> Memory:
        with self._lock:
            if self._memory[0] != name:
                self._memory = (name, read_memory(content, self._memory[1]))
            return self._memory[1]

    def _serve(self) -> None:
        going = True
        while going:
            try:
                going = self._turn()
            except FatalError as exc:  # this machine cannot work as it is: it says so, and tries anew with the next
                failure = Failure(exc.code, exc.message, exc.remedy)
                for key in list(self._waiting):
                    self._answer(Outcome(key, failure=failure, transient=True, exit_code=exc.exit_code))
                self._let_go()
        self._let_go()

    def _turn(self) -> bool:
        with suppress(Empty):
            while True:
                if (asked := self._asked.get_nowait()) is not None:
                    self._submit(*asked)
                elif self._stopped:
                    return False
                else:
                    self._give_all_back()
        if self._pool is None:
            wait([self._reader])
        else:
            for outcome in self._pool.poll(_TURN_S, [self._reader]):
                self._answer(outcome)
        with suppress(BlockingIOError):
            os.read(self._reader, 4096)
        return True

    def _submit(self, task: Task, settings: bytes, future: Future[Outcome]) -> None:
        if self._pool is None or settings != self._settings:
            self._change(settings)
        assert self._pool is not None, "it was just made"
        if (finished := self._unclaimed.pop(task.key, None)) is not None:
            future.set_result(finished)
        elif (
            older := self._waiting.get(task.key)
        ) is not None:  # handed out again, as it seemed lost: both wait for one
            older.add_done_callback(lambda done: future.set_result(done.result()))
        else:
            self._waiting[task.key] = future
            if task.key not in self._running:
                self._running.add(task.key)
                self._pool.submit(task)

    def _change(self, settings: bytes) -> None:
        """Let those who run finish, then start processes with other settings."""
        end_s = time.monotonic() + self._config.workers.timeout_s
        while self._pool and self._running and time.monotonic() < end_s:
            for outcome in self._pool.poll(_MOST_WAIT_S):
                self._answer(outcome)
        self._let_go()
        config = read_settings(settings).apply(self._config)
        self._pool = WorkerPool.start(config, self._count, build=self._build, process=self._process)
        self._settings = settings

    def _answer(self, outcome: Outcome) -> None:
        future = self._waiting.pop(outcome.key, None)
        self._running.discard(outcome.key)
        self._done += 1
        self._crashed += outcome.crashed
        self._ends.append(time.monotonic())
        if future is not None:
            future.set_result(outcome)
            return
        self._unclaimed[outcome.key] = outcome
        while len(self._unclaimed) > _MOST_UNCLAIMED:
            del self._unclaimed[next(iter(self._unclaimed))]

    def _let_go(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            for outcome in pool.close(_CLOSE_S):
                self._answer(outcome)
        self._running.clear()
        self._give_all_back()

    def _give_all_back(self) -> None:
        for key, future in self._waiting.items():
            future.set_result(_give_back(key))
        self._waiting.clear()


def _give_back(key: str) -> Outcome:
    return Outcome(key, failure=Failure(STOPPED, "the machine was stopped"), transient=True, exit_code=1)
