"""What the daemon says of itself: a line for systemd, and a file for ``invoicewatch status``."""

from __future__ import annotations

import json
import os
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any

from invoicewatch.daemon.arrivals.scanner import Scanner
from invoicewatch.daemon.context import Context
from invoicewatch.daemon.health.metrics_file import MetricsFile
from invoicewatch.daemon.health.state import REPORT_NAME
from invoicewatch.daemon.notify import Notifier
from invoicewatch.daemon.pause import Pause
from invoicewatch.daemon.tell.troubles import Troubles
from invoicewatch.daemon.work.dispatch import Dispatcher

REPORT_EVERY_S = 15.0
_WORK_EVERY_S = 1.0  # people look on while a document is read


class Reporter:
    """Writes the report when something changed, and now and then to show that the daemon lives."""

    def __init__(self, context: Context, notifier: Notifier) -> None:
        self._context = context
        self._notifier = notifier
        self._path = context.root_of_state / REPORT_NAME
        self._last: dict[str, Any] = {}
        self._next_s = 0.0
        self._looked_s = 0.0
        self._started_s = context.now()
        self._finished: deque[float] = deque(maxlen=10_000)
        self._troubles = Troubles(context.teller.tell)
        self._metrics = MetricsFile(context.config)

    def count(self, finished: int, now_s: float) -> None:
        """Note that documents were finished."""
        self._finished.extend([now_s] * finished)

    def forget_times(self) -> None:
        """Report now; what finished at times that are yet to come is not counted again."""
        self._next_s = 0.0
        self._metrics.forget_times()
        self._finished.clear()

    def next_time(self) -> float:
        """When to look again whether there is something to report."""
        return min(self._next_s, self._looked_s + _WORK_EVERY_S) if self._last.get("working") else self._next_s

    def report(self, scanner: Scanner, dispatcher: Dispatcher, pause: Pause, trouble: str, now_s: float) -> None:
        """Report if something changed or it is time."""
        self._looked_s = now_s
        while self._finished and self._finished[0] < now_s - 3600:
            self._finished.popleft()
        facts = {
            "pid": os.getpid(),
            "started_s": self._started_s,
            "inboxes": [
                {"path": inbox.path, "mode": inbox.mode, "reachable": inbox.reachable, "trouble": inbox.trouble}
                for inbox in scanner.inboxes
            ],
            "model": dispatcher.pool.model_state,
            "busy": dispatcher.busy,
            "working": dispatcher.pool.stages,
            "paused": pause.reason,
            "filing_trouble": trouble,
            "last_error": dispatcher.results.last_error,
            "finished_last_hour": len(self._finished),
            "notices": [*self._context.teller.troubles, *([self._metrics.trouble] if self._metrics.trouble else [])],
        }
        self._troubles.look(_name_troubles(facts), now_s)
        self._metrics.write_due(now_s)
        if facts == self._last and now_s < self._next_s:
            return
        self._last, self._next_s = facts, now_s + REPORT_EVERY_S
        self._notifier.status(_summarize(facts))
        with suppress(OSError):  # a full disk, say: the report is missed least of all
            write_report(self._path, facts | {"written_s": now_s})


def write_report(path: Path, facts: dict[str, Any]) -> None:
    """Replace the report as a whole; a reader never sees half of it. Not synced: it is of no use after a crash."""
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(facts, ensure_ascii=True))
    partial.replace(path)


def _name_troubles(facts: dict[str, Any]) -> dict[str, str]:
    """What is affected, and how; empty where all is well. That notices fail is no notice."""
    lost = {
        f"inbox {inbox['path']}": f"{inbox['path']} cannot be reached: {inbox['trouble']}"
        for inbox in facts["inboxes"]
        if not inbox["reachable"]
    }
    paused = f"intake is paused: {facts['paused']}" if facts["paused"] else ""
    return lost | {"intake": paused, "filing": facts["filing_trouble"]}


def _summarize(facts: dict[str, Any]) -> str:
    lost = [inbox["path"] for inbox in facts["inboxes"] if not inbox["reachable"]]
    parts = [f"{facts['busy']} in work", f"model {facts['model']}"]
    if lost:
        parts.insert(0, f"cannot reach {', '.join(lost)}")
    if facts["paused"]:
        parts.insert(0, f"paused: {facts['paused']}")
    return "; ".join(parts)
