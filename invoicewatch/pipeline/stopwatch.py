"""How long each stage of a document took, and which one it is in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from invoicewatch.records import Timings


@dataclass(slots=True)
class Stopwatch:
    """Seconds by stage; ``enter`` is told the name of each stage that begins, so that a crash can be placed.

    ``cpu_seconds`` are those of the processor in the thread that is timed.
    """

    enter: Callable[[str], None]
    started: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the enclosed block as part of stage ``name``."""
        self.enter(name)
        begun, cpu_begun = time.perf_counter(), time.thread_time()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun
            self.cpu_seconds[name] = self.cpu_seconds.get(name, 0.0) + time.thread_time() - cpu_begun

    def share(self, spent_s: float, count: int) -> Stopwatch:
        """A watch that begins now, for one of ``count`` parts: each bears an equal share of what was spent on all."""
        seconds, cpu = ({name: each / count for name, each in by.items()} for by in (self.seconds, self.cpu_seconds))
        return Stopwatch(self.enter, time.perf_counter() - spent_s / count, seconds, cpu)

    def timings(self) -> Timings:
        """The record's timings."""
        stages = {f"{name}_s": round(self.seconds.get(name, 0.0), 4) for name in ("load", "ocr", "correct", "extract")}
        cpu_s = round(self.cpu_seconds.get("extract", 0.0), 4)
        return Timings(**stages, total_s=round(time.perf_counter() - self.started, 4), extract_cpu_s=cpu_s)
