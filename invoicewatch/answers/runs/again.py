"""Judge records again that an answer concerns: by the daemon if one runs, else here."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from invoicewatch.records import Invoice, Memory, Status

if TYPE_CHECKING:
    from invoicewatch.config import Config
    from invoicewatch.store.database.writer import Database
    from invoicewatch.store.records.again import KeptRecord
    from invoicewatch.wiring import JudgeBox


@dataclass(frozen=True, slots=True)
class JudgedAgain:
    """How many records were judged here, how many of these need no review any more, and how many wait still."""

    judged: int = 0
    settled: int = 0
    waiting: int = 0

    def __str__(self) -> str:
        """In words; empty if there was nothing to judge."""
        here = f"{_count_documents(self.judged)} judged again: {self.settled} settled" if self.judged else ""
        later = f"{_count_documents(self.waiting)} of this seller will be judged again" if self.waiting else ""
        return "; ".join(filter(None, (here, later)))


def sum_up(all_judged: Sequence[JudgedAgain]) -> JudgedAgain:
    """Several turns as one; what waits is what waited after the last of them."""
    judged, settled = sum(each.judged for each in all_judged), sum(each.settled for each in all_judged)
    return JudgedAgain(judged, settled, all_judged[-1].waiting if all_judged else 0)


def judge_queued(
    config: Config, *, limit_s: float | None = None, tell: Callable[[int], None] = lambda _: None
) -> JudgedAgain:
    """Judge what is queued, unless a daemon runs, which is told; what people entered keeps counting.

    Args:
        config: All settings.
        limit_s: Stop after so many seconds, and leave the rest in the queue.
        tell: Told before each record how many are left.

    Raises:
        ConfigError: The settings name an extractor that does not exist.
        StoreError: The database cannot be opened or written.
    """
    from invoicewatch.answers.runs.retry import wake_daemon
    from invoicewatch.store.database.writer import open_database

    state = Path(config.paths.state)
    database = open_database(state)
    try:
        waiting = _count(database)
        if not waiting or wake_daemon(state):
            return JudgedAgain(waiting=waiting)
        return _judge_all(config, database, None if limit_s is None else time.monotonic() + limit_s, tell)
    finally:
        database.close()


def _judge_all(config: Config, database: Database, end_s: float | None, tell: Callable[[int], None]) -> JudgedAgain:
    from invoicewatch.wiring import build_judge

    judge, memory = build_judge(config), Memory()
    judged = settled = 0
    while (left := _count(database)) and (end_s is None or time.monotonic() < end_s):
        tell(left)
        kept, memory = _take_next(database, memory)
        if kept is not None:
            found = _judge_one(database, judge, kept, memory)
            judged += found is not None
            settled += found is not None and found.status is not Status.NEEDS_REVIEW
    return JudgedAgain(judged, settled, left)


def _count(database: Database) -> int:
    from invoicewatch.store.records.again import count_queued

    with database.begin() as session:
        return count_queued(session)


def _take_next(database: Database, known: Memory) -> tuple[KeptRecord | None, Memory]:
    from invoicewatch.store.memory.learning import load_memory
    from invoicewatch.store.records.again import list_queued, take_kept

    with database.begin() as session:
        numbers = list_queued(session, 1)
        return take_kept(session, numbers[0]) if numbers else None, load_memory(session, known)


def _judge_one(database: Database, judge: JudgeBox, kept: KeptRecord, memory: Memory) -> Invoice | None:
    from invoicewatch.pipeline.verdict import judge_again
    from invoicewatch.store.records.again import record_again

    judged = judge_again(kept.machine, judge, memory, datetime.now().astimezone().date())
    with database.begin() as session:
        return record_again(session, kept, judged, datetime.now(UTC))


def _count_documents(count: int) -> str:
    return f"{count} document{'s' * (count != 1)}"
