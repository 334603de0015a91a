"""How the daemon is, seen from outside: from its lock, its report and the ledger."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from invoicewatch.config import Config
from invoicewatch.daemon.arrivals.asking import Askers, NoAnswerError
from invoicewatch.daemon.lock import find_owner
from invoicewatch.errors import StoreError
from invoicewatch.records.contract.machine import StatusJson
from invoicewatch.store.database.reader import Reader, open_reader
from invoicewatch.store.ledger.view import (
    LastError,
    WaitingFile,
    count_recorded_since,
    count_states,
    find_last_error,
    find_oldest_waiting,
    list_counts_by_inbox,
)

REPORT_NAME = "daemon.json"
SILENT_S = 180.0  # the daemon reports at least four times a minute; a long copy may delay it
_HOUR_S = 3600.0
_ANSWER_S = 3.0


@dataclass(frozen=True, slots=True)
class InboxHealth:
    """One inbox: how it is watched, whether it can be read, and how many of its files are in which state."""

    path: str
    mode: str
    reachable: bool
    trouble: str
    waiting: dict[str, int]


@dataclass(frozen=True, slots=True)
class Health:
    """Everything ``status`` shows. ``problems`` are why it is not healthy, in words; none means healthy."""

    pid: int | None
    started_s: float | None
    inboxes: tuple[InboxHealth, ...]
    states: dict[str, int]
    model: str
    busy: int
    recorded_last_hour: int
    oldest: WaitingFile | None
    last_error: LastError | None
    judging_again: int
    problems: tuple[str, ...]

    @property
    def healthy(self) -> bool:
        """Whether nothing needs a person."""
        return not self.problems

    def to_json(self) -> StatusJson:
        """Plain values for ``--json``."""
        return cast("StatusJson", {"healthy": self.healthy, **asdict(self)})


def read_health(config: Config, now_s: float, *, all_counts: bool = True) -> Health:
    """Ask lock, report and ledger. Raises StoreError if there is a database that cannot be read.

    Without ``all_counts`` no file that is done is counted, which takes a second in a large ledger: ``states`` is empty,
    and ``recorded_last_hour`` is what the daemon finished.
    """
    state = Path(config.paths.state)
    pid = find_owner(state)
    report = _read_report(state) if pid else {}
    facts = _read_ledger(state, now_s, all_counts=all_counts)
    inboxes = tuple(_inbox_health(path, report, facts["by_inbox"]) for path in config.paths.inboxes)
    return Health(
        pid=pid,
        started_s=report.get("started_s"),
        inboxes=inboxes,
        states=facts["states"],
        model=str(report.get("model", "")),
        busy=int(report.get("busy", 0)),
        recorded_last_hour=facts["recorded"] if all_counts else int(report.get("finished_last_hour", 0)),
        oldest=facts["oldest"],
        last_error=facts["error"],
        judging_again=facts["again"],
        problems=tuple(_find_problems(pid, report, inboxes, now_s)),
    )


def read_stages(state: Path) -> dict[int, str]:
    """Where the files that are in work are (``ocr``, say), by their numbers, as the daemon said a moment ago."""
    working = _read_report(state).get("working", {})
    return {int(key): str(stage) for key, stage in working.items() if key.isdigit()}


def _read_report(state: Path) -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads((state / REPORT_NAME).read_text())
    except (OSError, ValueError):
        return {}
    return report


def _read_ledger(state: Path, now_s: float, *, all_counts: bool) -> dict[str, Any]:
    try:
        with open_reader(state) as reader:
            return _ask(reader, now_s, all_counts=all_counts)
    except StoreError as exc:
        if exc.code != "no_database":
            raise
    return {"states": {}, "by_inbox": {}, "recorded": 0, "oldest": None, "error": None, "again": 0}


def _ask(reader: Reader, now_s: float, *, all_counts: bool) -> dict[str, Any]:
    return {
        "states": count_states(reader) if all_counts else {},
        "by_inbox": list_counts_by_inbox(reader),
        "recorded": count_recorded_since(reader, now_s - _HOUR_S) if all_counts else 0,
        "oldest": find_oldest_waiting(reader),
        "error": find_last_error(reader),
        "again": reader.rows("SELECT COUNT(*) FROM judge_again")[0][0],
    }


def _inbox_health(path: str, report: dict[str, Any], waiting: dict[str, dict[str, int]]) -> InboxHealth:
    for inbox in report.get("inboxes", ()):
        if inbox["path"] == path:
            return InboxHealth(path, inbox["mode"], inbox["reachable"], inbox["trouble"], waiting.get(path, {}))
    trouble = _find_trouble(path)
    return InboxHealth(path, "", not trouble, trouble, waiting.get(path, {}))


def _find_trouble(path: str) -> str:
    """Why an inbox cannot be read, if it cannot; a share that hangs must not hold up a monitor."""
    askers = Askers([path], _ANSWER_S, lambda: None, lambda: None)
    try:
        readable = askers.ask(path, lambda _: os.access(path, os.R_OK | os.X_OK))
    except NoAnswerError as exc:
        return str(exc.strerror)
    finally:
        askers.close()
    return "" if readable else "it cannot be read"


def _find_problems(
    pid: int | None, report: dict[str, Any], inboxes: tuple[InboxHealth, ...], now_s: float
) -> list[str]:
    problems = []
    if pid is None:
        problems.append("the daemon is not running")
    elif now_s - report.get("written_s", now_s) > SILENT_S:
        problems.append(f"the daemon (process {pid}) has not been heard of for {now_s - report['written_s']:.0f} s")
    if report.get("paused"):
        problems.append(f"intake is paused: {report['paused']}")
    if report.get("filing_trouble"):
        problems.append(str(report["filing_trouble"]))
    problems += [str(each) for each in report.get("notices", ())]
    problems += [f"{inbox.path} cannot be reached: {inbox.trouble}" for inbox in inboxes if not inbox.reachable]
    return problems
