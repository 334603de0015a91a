"""Documents opened for people, in processes that may crash: a request goes in, bytes or a reason come out."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any

import msgspec

from invoicewatch.config import Config
from invoicewatch.errors import DocumentError, TransientError

TIME_LIMIT_S = 30.0
_PROCESSES = 2
_MOST_ASKING = 24
_KEPT_BYTES = 24 << 20


class Painter:
    """Two processes that open documents, started when they are first needed, and what they made last.

    Safe to share between threads; a third request waits for one of the two.
    """

    def __init__(self, config: Config) -> None:
        self._setup = msgspec.json.encode(config)
        self._free: queue.LifoQueue[_Process | None] = queue.LifoQueue()
        for _ in range(_PROCESSES):
            self._free.put(None)
        self._kept = _Kept(_KEPT_BYTES)
        self._erasures = 0
        self._asking = threading.BoundedSemaphore(_MOST_ASKING)

    def ask(self, operation: str, **arguments: Any) -> bytes:
        """What an operation of ``operations.py`` makes.

        Raises:
            DocumentError: The document cannot be opened, has changed, or ended the process that opened it.
            TransientError: It took too long, or too many ask at once.
        """
        request = json.dumps({"operation": operation, **arguments}, sort_keys=True).encode()
        kept = self._kept.get(request)
        if kept is not None:
            return kept
        # Whoever waits holds one of the threads with which the page answers everybody.
        if not self._asking.acquire(blocking=False):
            raise _refuse_more()
        erasures = self._erasures
        try:
            answer = self._ask(request)
        finally:
            self._asking.release()
        if erasures == self._erasures:  # it may be of a document that was erased meanwhile
            self._kept.put(request, answer)
        return answer

    def _ask(self, request: bytes) -> bytes:
        try:
            process = self._free.get(timeout=TIME_LIMIT_S)
        except queue.Empty as exc:
            raise _refuse_more() from exc
        try:
            process = process or _Process.start(self._setup)
            return process.ask(request)
        except _DiedError as exc:
            process = None
            raise _explain_death(exc) from exc
        finally:
            self._free.put(process)

    def forget(self) -> None:
        """Keep nothing of what was made: a document was erased."""
        self._erasures += 1
        self._kept.clear()

    def close(self) -> None:
        """End the processes, those that are busy with their request."""
        for process in [self._free.get() for _ in range(_PROCESSES)]:
            if process is not None:
                process.end()
            self._free.put(None)


class _Kept:
    """The answers of late, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._answers: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, request: bytes) -> bytes | None:
        with self._lock:
            if request in self._answers:
                self._answers.move_to_end(request)
            return self._answers.get(request)

    def put(self, request: bytes, answer: bytes) -> None:
        with self._lock:
            self._bytes += len(answer) - len(self._answers.pop(request, b""))
            self._answers[request] = answer
            while self._bytes > self._most_bytes:
                _, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest)

    def clear(self) -> None:
        with self._lock:
            self._bytes = 0
            self._answers.clear()


class _DiedError(Exception):
    """The process is gone; ``slow`` says that it was ended because its time was up."""

    def __init__(self, *, slow: bool) -> None:
        super().__init__(slow)
        self.slow = slow


def _refuse_more() -> TransientError:
    return TransientError("too many documents are being opened", remedy="Try again in a minute.")


def _explain_death(exc: _DiedError) -> Exception:
    if exc.slow:
        return TransientError("the document took too long to open", remedy="Download it and look at it elsewhere.")
    return DocumentError(
        "the document ended the process that opened it", remedy="Look at it elsewhere.", code="corrupt"
    )


class _Process:
    """One process, ours alone while it is asked."""

    def __init__(self, process: subprocess.Popen[bytes], pipe: Connection) -> None:
        self._process = process
        self._pipe = pipe

    @classmethod
    def start(cls, setup: bytes) -> _Process:
        ours, theirs = Pipe(duplex=True)
        path = os.pathsep.join(entry for entry in sys.path if entry)
        # -P: a module lying in the current directory is never imported.
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "invoicewatch.web.paper.child", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=keep_environment(os.environ) | {"PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=2,
            start_new_session=True,
        )
        theirs.close()
        started = cls(process, ours)
        started._send(setup)
        return started

    def ask(self, request: bytes) -> bytes:
        """The answer. Raises what the request ended with, or _DiedError."""
        self._send(request)
        try:
            if not self._pipe.poll(TIME_LIMIT_S):
                self.end()
                raise _DiedError(slow=True)
            head, body = json.loads(self._pipe.recv_bytes()), self._pipe.recv_bytes()
        except (EOFError, OSError) as exc:
            self.end()
            raise _DiedError(slow=False) from exc
        if "message" in head:
            raise DocumentError(head["message"], remedy=head["remedy"], code=head["code"])
        return body

    def _send(self, message: bytes) -> None:
        # Its death shows where the answer is read.
        with suppress(BrokenPipeError, ConnectionResetError):
            self._pipe.send_bytes(message)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._pipe.close()


def keep_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What a program needs to run, and nothing that may be a secret."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "OMP_THREAD_LIMIT", "VIRTUAL_ENV")
    more = ("XDG_", "COVERAGE_", "OPENBLAS_", "LD_LIBRARY_PATH", "INVOICEWATCH_CONFIG")
    return {name: value for name, value in environment.items() if name in kept or name.startswith(more)}
