"""The worker process: reads tasks from its pipe, runs them with warm tools, writes outcomes back.

Messages to the worker: first a ``Setup``, then ``Order`` values; the pipe's end means stop. Messages from it are
tuples whose first item is ``stage``, ``model``, ``ready``, ``done`` or ``broken``.
"""

from __future__ import annotations

import errno
import gc
import os
import resource
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from invoicewatch.config import Config
from invoicewatch.errors import FatalError, InvoicewatchError, TransientError
from invoicewatch.records import Document, Failure, Invoice, Memory
from invoicewatch.records.memory import MemoryChange
from invoicewatch.workers.heap import return_large_blocks
from invoicewatch.workers.interpreter import AHEAD
from invoicewatch.workers.parent import tie_to_parent
from invoicewatch.workers.quiet import keep_loaded
from invoicewatch.workers.signal_stack import drop_signal_stack
from invoicewatch.workers.task import Outcome, SpooledFile, Task

IDLE_TICK_S = 30.0
SOON_S = 0.2
OUT_OF_MEMORY = "out_of_memory"


class Tools(Protocol):
    """What a worker keeps warm between documents."""

    @property
    def model_state(self) -> str:
        """In a word or two: ``missing``, ``loading``, ``loaded``, ``unloaded``, ``off`` ..."""

    def warm(self, before: Callable[[], None], *, now: bool) -> None:
        """Load what takes long in the background: ``now``, or when a document needs it. ``before`` is called first.

        Raises:
            FatalError: ``now``, and no document could be read.
        """

    def unload_if_idle(self, now_s: float) -> None:
        """Free the model if it was not used for long; ``now_s`` is ``time.monotonic()``."""

    def close(self) -> None:
        """Free everything."""


Build = Callable[..., Tools]
Process = Callable[..., tuple[Invoice, ...]]


@dataclass(frozen=True, slots=True)
class Setup:
    """How the worker makes its tools and runs a document; both callables are found again by their import path.

    An ``eager`` worker loads what takes long before a document needs it; ``page_threads`` are those of its usual task.
    """

    config: Config
    build: Build
    process: Process
    parent_pid: int
    address_space: int
    use_model: bool
    eager: bool = True
    page_threads: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """A task; its memory is None where the worker already has that version, else what changed since the one it has."""

    task: Task
    memory: MemoryChange | None


def build_default_tools(config: Config, *, use_model: bool, page_threads: int) -> Tools:
    """The real tools, imported here so that only workers pay for them."""
    from invoicewatch.wiring import build_tools

    return build_tools(config, use_model=use_model, page_threads=page_threads)


def process_by_pipeline(
    document: Document | Invoice, tools: Any, memory: Memory, enter: Callable[[str], None]
) -> tuple[Invoice, ...]:
    """The real road, with this machine's calendar; for a record only its last stage."""
    from invoicewatch.pipeline import process
    from invoicewatch.pipeline.verdict import judge_again

    today = datetime.now().astimezone().date()
    if isinstance(document, Invoice):
        enter("extract")
        return (judge_again(document, tools, memory, today),)
    return process(document, tools, memory, today, enter)


def main(argv: list[str]) -> None:
    """Serve one pipe until it ends; ``argv[1]`` is its file descriptor, and `AHEAD` may follow."""
    return_large_blocks()
    gc.disable()  # until the first document is done; see ``quiet``
    pipe = Connection(int(argv[1]))
    # Native libraries print to stdout when they please; ours belongs to the caller's JSON.
    os.dup2(2, 1)
    # Decoders warn of what they forgive; the person at the terminal has the record.
    warnings.simplefilter("ignore")
    if AHEAD in argv:
        _import_ahead()
    try:
        setup: Setup = pipe.recv()
    except EOFError:
        return  # there is nothing to do
    tie_to_parent(setup.parent_pid)
    _limit(setup.address_space)
    worker = _Worker(pipe, setup)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        worker.serve()
    worker.close()
    # Freeing every object one by one, as Python does at its end, is of use to nobody.
    sys.stderr.flush()
    os._exit(0)


def _import_ahead() -> None:
    """Import what the real tools need. What is wrong here shows again when they are built, with its remedy."""
    from invoicewatch.wiring import import_road

    with suppress(InvoicewatchError):
        import_road()


def _limit(address_space: int) -> None:
    """Bound memory, write no core files (they would hold documents), and be the one the OOM killer takes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if address_space:
        # Only the soft limit: the process that checks e-invoices reserves more addresses, and has a limit of its own.
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (address_space, hard))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


class _Worker:
    def __init__(self, pipe: Connection, setup: Setup) -> None:
        self._pipe = pipe
        self._setup = setup
        self._tools: Tools | None = None
        self._kind: tuple[bool, int] | None = None
        self._memory = Memory()
        self._model_state = ""
        self._stage = "start"
        self._untidy = False

    def serve(self) -> None:
        """Take orders until the pipe ends."""
        try:
            self._prepare(use_model=self._setup.use_model, page_threads=self._setup.page_threads)
        except FatalError as exc:
            self._pipe.send(("broken", exc))
            return
        self._pipe.send(("ready",))
        while True:
            self._report_model()
            while not self._pipe.poll(self._find_tick_s()):
                self._tidy()
                if self._tools:
                    self._tools.unload_if_idle(time.monotonic())
                self._report_model()
            order: Order = self._pipe.recv()
            self._tidy()
            self._memory = order.memory.apply(self._memory) if order.memory is not None else self._memory
            outcome = self._run(order.task)
            self._pipe.send(("done", outcome))
            self._untidy = not gc.isenabled()
            if outcome.crashed:
                return  # the heap is exhausted; a fresh process is safer than this one

    def _find_tick_s(self) -> float:
        return SOON_S if self._untidy or self._model_state == "loading" else IDLE_TICK_S

    def _tidy(self) -> None:
        """Once what the first document needed is loaded; not at once, as there may be no second one."""
        if self._untidy:
            self._untidy = False
            keep_loaded()

    def close(self) -> None:
        """Free the tools."""
        if self._tools:
            self._tools.close()
            drop_signal_stack()

    def _prepare(self, *, use_model: bool, page_threads: int) -> Tools:
        """The tools for this kind of task; another kind than the last is rare and costs a rebuild."""
        if self._tools is None or self._kind != (use_model, page_threads):
            self.close()
            self._tools = self._setup.build(self._setup.config, use_model=use_model, page_threads=page_threads)
            self._kind = (use_model, page_threads)
            self._tools.warm(self._tell_of_loading, now=self._setup.eager)
        return self._tools

    def _tell_of_loading(self) -> None:
        """Said before it happens: loading may be the last thing that this process does."""
        if self._kind and self._kind[0]:
            self._send_model_state("loading")

    def _run(self, task: Task) -> Outcome:
        """Run one document. This is the per-document boundary: whatever goes wrong ends here."""
        self._stage = ""
        self._enter("load")
        try:
            tools = self._prepare(use_model=task.use_model, page_threads=task.page_threads)
            document = task.document.read() if isinstance(task.document, SpooledFile) else task.document
            if isinstance(document, Document):
                document = replace(document, refused=task.refused)
            parts = self._setup.process(document, tools, self._memory, self._enter)
            noted = tuple(replace(each, notes=(*each.notes, *task.notes)) for each in parts)
            return self._outcome(task, invoices=noted)
        except Exception as exc:  # noqa: BLE001 - the per-document boundary: one bad document stops no other
            return self._failed(task, exc)
        finally:
            drop_signal_stack()

    def _failed(self, task: Task, exc: Exception) -> Outcome:
        if isinstance(exc, InvoicewatchError):
            failure = Failure(exc.code, exc.message, exc.remedy)
            return self._outcome(
                task, failure=failure, transient=isinstance(exc, TransientError), exit_code=exc.exit_code
            )
        if isinstance(exc, MemoryError):
            return self._outcome(task, failure=describe_memory_end(), transient=True, crashed=True, exit_code=1)
        if isinstance(exc, OSError):
            code = errno.errorcode.get(exc.errno or 0, "os_error").lower()
            return self._outcome(task, failure=Failure(code, str(exc)), transient=True, exit_code=1)
        failure = Failure("internal", f"{type(exc).__name__}: {exc}", "Please report this with the log.")
        return self._outcome(task, failure=failure, exit_code=1, detail=traceback.format_exc())

    def _outcome(self, task: Task, **what: Any) -> Outcome:
        return Outcome(task.key, stage=self._stage, worker_pid=os.getpid(), **what)

    def _enter(self, stage: str) -> None:
        """Tell the pool where we are: it is all that it will know if this process dies."""
        if stage != self._stage:
            self._stage = stage
            self._pipe.send(("stage", stage))

    def _report_model(self) -> None:
        state = self._tools.model_state if self._tools else ""
        if state != self._model_state:
            self._send_model_state(state)

    def _send_model_state(self, state: str) -> None:
        self._model_state = state
        self._pipe.send(("model", state))


def describe_memory_end() -> Failure:
    """The failure of a document that needs more memory than a worker may have."""
    return Failure(OUT_OF_MEMORY, "the worker ran out of memory", "Raise workers.memory_mb, or make the scan smaller.")


if __name__ == "__main__":
    main(sys.argv)
