"""What the daemon and a batch ask of whoever runs their documents: this machine's processes, or a cluster's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from invoicewatch.workers.task import Outcome, Task


class Pool(Protocol):
    """Takes tasks and gives back what became of them, each exactly once unless the pool is closed before."""

    @property
    def room(self) -> int:
        """How many tasks it would take now without keeping them in a queue of its own."""

    @property
    def stages(self) -> Mapping[str, str]:
        """Where the tasks that are at work are, by their keys."""

    @property
    def ready(self) -> bool:
        """Whether it has started as far as it can by itself; it may have no room yet."""

    @property
    def model_state(self) -> str:
        """The model's state in words, for people."""

    def submit(self, task: Task) -> None:
        """Take a task; its outcome comes from a later ``poll``."""

    def poll(self, timeout_s: float, wake: Sequence[int] = ()) -> list[Outcome]:
        """Wait until a task is done, a descriptor in ``wake`` is readable, or the time is up.

        Returns:
            The outcomes that have arrived, perhaps none.

        Raises:
            FatalError: No task can be run here.
        """

    def let_go(self) -> None:
        """Nothing more will be submitted, and the outcomes of all tasks were given: workers may end meanwhile."""

    def close(self, grace_s: float) -> list[Outcome]:
        """Stop within about ``grace_s`` seconds. Returns what finished; the other tasks are the caller's again."""
