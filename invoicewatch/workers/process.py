"""One worker process as its parent sees it: start it, send it a task, hear from it, end it."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from invoicewatch.errors import FatalError
from invoicewatch.records import Failure, Memory
from invoicewatch.records.memory import MemoryChange
from invoicewatch.workers.child import Order, Setup
from invoicewatch.workers.interpreter import Interpreter
from invoicewatch.workers.task import MODEL_STAGE, Outcome, Task

HANDED = "handed over"  # the stage of a task that the worker has not begun


class WorkerProcess:
    """An interpreter that was told what to do."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: Connection, deadline_s: float) -> None:
        self.pipe = pipe
        self._process = process
        self.pid = process.pid
        self.ready = False
        self.retired = False
        self.task: Task | None = None
        self.stage = "start"
        self.model_state = ""
        self.deadline_s: float | None = deadline_s
        self.broken: FatalError | None = None
        self._timed_out = False
        self._memory = Memory()

    @classmethod
    def start(cls, setup: Setup, deadline_s: float, interpreter: Interpreter | None = None) -> WorkerProcess:
        """Start one, in the ``interpreter`` that is given if it is; ``deadline_s`` is when it must have answered.

        Deadlines are those of ``time.monotonic()``.
        """
        found = interpreter or Interpreter.start()
        worker = cls(found.process, found.pipe, deadline_s)
        worker._send(setup)
        return worker

    def start_task(self, task: Task, deadline_s: float) -> None:
        """Give it a task, which must be done by ``deadline_s``."""
        older, self._memory = self._memory, task.memory
        self.task, self.stage, self.deadline_s = task, HANDED, deadline_s
        known = older.is_same_as(task.memory)
        self._send(Order(task.without_memory(), None if known else MemoryChange.between(older, task.memory)))

    def _send(self, message: Any) -> None:
        # A worker that died meanwhile shows as the end of its pipe, where every death is handled.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(message)

    def receive(self) -> Outcome | None:
        """Take one message. Returns the outcome if it is one; raises EOFError once the process is gone."""
        try:
            kind, *rest = self.pipe.recv()
        except OSError as exc:  # reset, or cut off in the middle of a message
            raise EOFError from exc
        match kind:
            case "stage":
                self.stage = rest[0]
            case "model":
                self.model_state = rest[0]
            case "ready":
                self.ready, self.deadline_s = True, None
            case "broken":
                self.broken = rest[0]
            case "done":
                outcome: Outcome = rest[0]
                self.task, self.deadline_s = None, None
                self.retired = outcome.crashed
                return outcome
        return None

    @property
    def idle(self) -> bool:
        """Whether it can take a task now."""
        return self.ready and self.task is None and not self.retired

    @property
    def model_busy(self) -> bool:
        """Whether, as far as we were told, the model is at work or being loaded."""
        return self.stage == MODEL_STAGE or self.model_state == "loading"

    def expire(self) -> None:
        """Kill it because its time is up."""
        self._timed_out = True
        self.kill()

    def kill(self) -> None:
        """Kill it and the programs it started."""
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    def take_unbegun(self) -> Task | None:
        """The task that it was given and had not begun, which is thereby taken from it."""
        if self.task is None or self.stage != HANDED:
            return None
        task, self.task = self.task, None
        return task

    def bury(self) -> Outcome | None:
        """Reap the dead process. Returns the outcome of the task that it took along, if it had one."""
        self.kill()
        code = self._process.wait()
        self.pipe.close()
        if self.task is None:
            return None
        return Outcome(
            self.task.key,
            failure=self._describe_death(code),
            transient=True,
            crashed=True,
            stage=self.stage,
            model_busy=self.model_busy and self.task.use_model,
            worker_pid=self.pid,
            exit_code=1,
        )

    def _describe_death(self, code: int) -> Failure:
        if self._timed_out:
            return Failure(
                "timeout",
                f"no result within the time limit (stage {self.stage})",
                "Raise workers.timeout_s if the document is worth it.",
            )
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        remedy = "Open it elsewhere and save it anew, or scan it again."
        return Failure("worker_died", f"the worker died ({how}) in stage {self.stage}", remedy)

    def ask_to_stop(self) -> None:
        """Close its pipe: it ends once it is idle."""
        with suppress(OSError):
            self.pipe.close()

    def wait(self, timeout_s: float) -> bool:
        """Wait for its end; False if it still runs."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True
