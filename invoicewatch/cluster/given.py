"""The tasks that the pool was given: who has which, how often one was lost, and what that means for it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass

from invoicewatch.records import Failure
from invoicewatch.workers.task import Outcome, Task

MAX_LOSSES = 4  # of a task through no fault of its own, before it is taken for the cause


@dataclass(slots=True)
class Given:
    """A task on its way.

    ``name`` is what the cluster calls it; it changes when it is handed out anew. ``losses`` are those through no fault
    of its own. ``machine`` is the address of who has it, ``since_s`` since when; ``begun``: it is at work there.
    """

    task: Task
    name: str
    number: int = 0
    losses: int = 0
    machine: str = ""
    since_s: float = 0.0
    begun: bool = False

    def place(self, machine: str) -> None:
        """It goes to a machine."""
        self.machine, self.since_s = machine, time.monotonic()

    def leave(self) -> None:
        """Nobody has it."""
        self.machine, self.begun = "", False

    def describe_loss(self, machine: str, why: str) -> Outcome:
        """The outcome of an attempt that a machine was lost in; the ledger counts it as a crash."""
        failure = Failure(
            "machine_lost", f"the machine {machine} was lost: {why}", "See `invoicewatch cluster status`."
        )
        return Outcome(self.task.key, failure=failure, transient=True, crashed=True, exit_code=1)


class Book:
    """All of them, by their own keys and by the cluster's names."""

    def __init__(self) -> None:
        self._token = secrets.token_hex(8)  # tells the tasks of several heads apart
        self._by_name: dict[str, Given] = {}

    def __iter__(self) -> Iterator[Given]:
        return iter(list(self._by_name.values()))

    def add(self, task: Task) -> Given:
        """Take a task in."""
        given = Given(task, f"{self._token}-0-{task.key}")
        self._by_name[given.name] = given
        return given

    def find(self, name: str) -> Given | None:
        """The task that the cluster calls so; None for one that is over, or was handed out anew since."""
        return self._by_name.get(name)

    def rename(self, given: Given) -> None:
        """Hand it out under a new name, so that nothing of the old one counts."""
        del self._by_name[given.name]
        given.number += 1
        given.name = f"{self._token}-{given.number}-{given.task.key}"
        self._by_name[given.name] = given

    def end(self, given: Given) -> None:
        """It is over."""
        del self._by_name[given.name]

    def clear(self) -> None:
        """All of them are the caller's again."""
        self._by_name.clear()
