"""Ask folders that may never answer: a share whose server is gone can hold whoever asks it for hours.

Nothing can be done about a system call that hangs, but to let a thread of its own hang in it.
"""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Collection
from datetime import datetime
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
Progress = Callable[[], None]

_TICK_S = 0.5


class NoAnswerError(OSError):
    """An inbox did not answer in time, or still has not."""


class Askers:
    """A thread for each inbox, all asked from one: an inbox that hangs costs the others its patience, once."""

    def __init__(
        self, inboxes: Collection[str], patience_s: float, alive: Callable[[], None], wake: Callable[[], None]
    ) -> None:
        """Nothing is started before it is needed.

        Args:
            inboxes: Their paths.
            patience_s: For how long a question may make no progress.
            alive: Called again and again while an answer is waited for.
            wake: Called, from another thread, when an answer has come too late.
        """
        self._askers = {inbox: _Asker(inbox, patience_s, alive, wake) for inbox in inboxes}
        self._alive = alive

    def ask(self, inbox: str, question: Callable[[Progress], T]) -> T:
        """Have a question answered by the inbox's thread; of a folder that is no inbox it is asked here.

        ``question`` is given what it should call whenever it gets on. What it does after its time is up is done, and
        its answer is lost: it must be one that can be asked again.

        Raises:
            NoAnswerError: It makes no progress, or one before it still makes none.
        """
        asker = self._askers.get(inbox)
        answer: T = asker.ask(question) if asker else question(self._alive)
        return answer

    def has_come_back(self, inbox: str) -> bool:
        """Whether an inbox that did not answer in time has answered since."""
        return self._askers[inbox].has_come_back

    def close(self) -> None:
        """End the threads that do not hang; the others end with the process."""
        for asker in self._askers.values():
            asker.close()


class _Question:
    """Something to do in the thread, and what came of it."""

    def __init__(self, ask: Callable[[Progress], Any]) -> None:
        self._ask = ask
        self._answer: Any = None
        self._error: BaseException | None = None
        self.asked = datetime.now().astimezone()
        self.moved_s = time.monotonic()
        self.is_late = False
        self.answered = threading.Event()

    def run(self) -> None:
        try:
            self._answer = self._ask(self._move)
        except BaseException as exc:  # noqa: BLE001 - it is raised again where the question was asked
            self._error = exc
        self.answered.set()

    def _move(self) -> None:
        self.moved_s = time.monotonic()

    def take(self) -> Any:
        if self._error is not None:
            raise self._error
        return self._answer


class _Asker:
    def __init__(self, name: str, patience_s: float, alive: Callable[[], None], wake: Callable[[], None]) -> None:
        self._name = name
        self._patience_s = patience_s
        self._alive = alive
        self._wake = wake
        self._questions: SimpleQueue[_Question | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._open: _Question | None = None

    @property
    def has_come_back(self) -> bool:
        return self._open is not None and self._open.answered.is_set()

    def ask(self, ask: Callable[[Progress], Any]) -> Any:
        if self._open is not None and not self._open.answered.is_set():
            raise _no_answer(self._open)
        question = self._open = _Question(ask)
        self._start()
        self._questions.put(question)
        while not question.answered.wait(min(_TICK_S, self._patience_s)):
            self._alive()
            if time.monotonic() - question.moved_s > self._patience_s:
                question.is_late = True
                raise _no_answer(question)
        self._open = None
        return question.take()

    def _start(self) -> None:
        if self._thread is None:
            # A daemon thread: the interpreter must not wait for it at its end.
            self._thread = threading.Thread(target=self._serve, name=f"inbox {self._name}", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while (question := self._questions.get()) is not None:
            question.run()
            if question.is_late:
                self._wake()

    def close(self) -> None:
        self._questions.put(None)


def _no_answer(question: _Question) -> NoAnswerError:
    return NoAnswerError(errno.ETIMEDOUT, f"it does not answer since {question.asked:%Y-%m-%d %H:%M:%S}")
