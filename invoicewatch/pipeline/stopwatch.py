"""How long each stage of a document took, and which one it is in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from invoicewatch.records import Timings


@dataclass(slots=True)
class Stopwatch:
    """Seconds by stage; ``enter`` is told the name of each stage that begins, so that a crash can be placed."""

    enter: Callable[[str], None]
    started: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the enclosed block as part of stage ``name``."""
        self.enter(name)
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def share(self, spent_s: float, count: int) -> Stopwatch:
        """A watch that begins now, for one of ``count`` parts: each bears an equal share of what was spent on all."""
        seconds = {name: each / count for name, each in self.seconds.items()}
        return Stopwatch(self.enter, started=time.perf_counter() - spent_s / count, seconds=seconds)

    def timings(self) -> Timings:
        """The record's timings."""
        stages = {f"{name}_s": round(self.seconds.get(name, 0.0), 4) for name in ("load", "ocr", "correct", "extract")}
        return Timings(**stages, total_s=round(time.perf_counter() - self.started, 4))
