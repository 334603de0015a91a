"""Documents that are read again because somebody asked on the page: one at a time, in a process of its own.

What reads takes seconds and much memory, so the web process only starts it, waits, and tells how it went.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import msgspec

from invoicewatch.config import Config
from invoicewatch.web.paper.painter import keep_environment

TIME_LIMIT_S = 900.0
_MOST_REMEMBERED = 100
_ENDED = "The process that read it ended."


class Stage(StrEnum):
    """How far a reading is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Change:
    """What the new reading says otherwise of a field; ``overruled``: a person's value counts either way."""

    name: str
    before: str | None
    after: str | None
    overruled: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A record that is read again; ``ended_s`` (monotonic) is 0.0 until then, ``problem`` says why it was not."""

    number: int
    stage: Stage = Stage.WAITING
    changes: tuple[Change, ...] = ()
    problem: str = ""
    remedy: str = ""
    ended_s: float = 0.0

    @property
    def busy(self) -> bool:
        """Whether it is still to come, or under way."""
        return self.stage in {Stage.WAITING, Stage.READING}


@dataclass(slots=True)
class Rereader:
    """Reads one record after the other; safe to share between threads. Its thread is started with the first."""

    _jobs: OrderedDict[int, Job] = field(default_factory=OrderedDict)
    _waiting: queue.SimpleQueue[tuple[Config, int, str] | None] = field(default_factory=queue.SimpleQueue)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None
    _process: subprocess.Popen[bytes] | None = None
    _closed: bool = False
    _erasures: int = 0

    def ask(self, config: Config, number: int, who: str) -> None:
        """Have a record read again for ``who``, after those that were asked for before; nothing if it waits already."""
        with self._lock:
            known = self._jobs.get(number)
            if self._closed or (known is not None and known.stage is Stage.WAITING):
                return
            self._note(Job(number))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="rereader", daemon=True)
                self._thread.start()
        self._waiting.put((config, number, who))

    def find(self, number: int) -> Job | None:
        """How the latest reading of a record goes, if one was asked for."""
        with self._lock:
            return self._jobs.get(number)

    def forget(self) -> None:
        """Keep nothing of what changed, and nothing of what is under way will have: a document was erased."""
        with self._lock:
            self._erasures += 1
            for number in [number for number, job in self._jobs.items() if not job.busy]:
                del self._jobs[number]

    def close(self) -> None:
        """End what is under way, which then changes nothing, and take no more."""
        with self._lock:
            self._closed = True
            process, thread = self._process, self._thread
        if process is not None:
            _kill(process)  # what waits for its answer lets go of its pipes
        self._waiting.put(None)
        if thread is not None:
            thread.join(10)

    def _work(self) -> None:
        while (asked := self._waiting.get()) is not None and not self._closed:
            config, number, who = asked
            with self._lock:
                self._note(Job(number, Stage.READING))
                erasures = self._erasures
            job = self._read(config, number, who)
            with self._lock:
                known = self._jobs.get(number)
                if erasures != self._erasures:
                    job = replace(job, changes=())
                if known is None or known.stage is not Stage.WAITING:  # it may have been asked for again meanwhile
                    self._note(replace(job, ended_s=time.monotonic()))

    def _read(self, config: Config, number: int, who: str) -> Job:
        request = json.dumps({"config": msgspec.to_builtins(config), "number": number, "who": who}).encode()
        with self._lock:
            if self._closed:
                return Job(number, Stage.FAILED)
            try:
                process = self._process = _start()
            except OSError:  # there is no memory for it now; the next may find some
                return Job(number, Stage.FAILED, problem=_ENDED)
        try:
            answer = json.loads(process.communicate(request, timeout=TIME_LIMIT_S)[0])
        except subprocess.TimeoutExpired:
            return Job(number, Stage.FAILED, problem="It took too long to read.")
        except ValueError:
            return Job(number, Stage.FAILED, problem=_ENDED)
        finally:
            _kill(process)
            _let_go(process)
            with self._lock:
                self._process = None
        return _make_job(number, answer)

    def _note(self, job: Job) -> None:
        self._jobs[job.number] = job
        self._jobs.move_to_end(job.number)
        ended = [number for number, each in self._jobs.items() if not each.busy]
        for number in ended[: max(0, len(self._jobs) - _MOST_REMEMBERED)]:
            del self._jobs[number]


def _start() -> subprocess.Popen[bytes]:
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "invoicewatch.web.paper.rereading_child"],
        env=keep_environment(os.environ) | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End it with the workers that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _let_go(process: subprocess.Popen[bytes]) -> None:
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()


def _make_job(number: int, answer: dict[str, Any]) -> Job:
    if answer["problem"]:
        return Job(number, Stage.FAILED, problem=answer["problem"], remedy=answer["remedy"])
    return Job(number, Stage.DONE, tuple(Change(**change) for change in answer["changes"]))
