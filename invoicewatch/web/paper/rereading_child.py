"""The process that reads one record again: what to read comes by standard input, what changed goes to standard output.

Both are JSON. The workers that it starts have limits of their own.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from contextlib import closing, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from invoicewatch.answers.runs.choice import Choice
from invoicewatch.answers.runs.reprocess import Plan, plan_rerun, reread
from invoicewatch.config import Config
from invoicewatch.daemon.logs import set_up_logging
from invoicewatch.errors import InvoicewatchError
from invoicewatch.web.paper.faults import end_without_words

_NICE = 5  # the daemon's documents go first


def main() -> None:
    """Read what is asked for."""
    request = json.loads(sys.stdin.buffer.read())
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever prints to standard output is not our answer
    _hold_back()
    config = msgspec.convert(request["config"], Config)
    set_up_logging(config.log, os.environ)
    with end_without_words(), answer:
        json.dump(_read(config, request["number"], request["who"]), answer)


def _hold_back() -> None:
    os.nice(_NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("600", encoding="ascii")


def _read(config: Config, number: int, who: str) -> dict[str, Any]:
    try:
        plan = plan_rerun(Path(config.paths.state), Choice((str(number),)), datetime.now(UTC), keep=False)
        if plan.missing:
            remedy = "It was moved or deleted after it was recorded; `invoicewatch check` lists such files."
            return _refuse("The file is gone or is not what was recorded.", remedy)
        return _read_file(config, plan, number, who)
    except InvoicewatchError as exc:
        return _refuse(exc.message, exc.remedy)


def _read_file(config: Config, plan: Plan, number: int, who: str) -> dict[str, Any]:
    """What changed in the record, one of those that its file has."""
    changes: list[dict[str, Any]] = []
    with closing(reread(config, plan, who=who)) as files:
        for file in files:
            for rerun, invoice in file.records:
                if file.failed and invoice.error is not None:
                    return _refuse(invoice.error.message, invoice.error.remedy)
                if rerun.number == number:
                    changes += [asdict(change) for change in rerun.changes]
    return {"changes": changes, "problem": "", "remedy": ""}


def _refuse(problem: str, remedy: str) -> dict[str, Any]:
    return {"changes": [], "problem": problem, "remedy": remedy}


if __name__ == "__main__":
    main()
