"""What a run over records set out to do, on the disk, so that it can be taken up again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from invoicewatch.answers.atomic import replace_file
from invoicewatch.errors import ConfigError
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.database.times import format_utc, parse_utc
from invoicewatch.store.upkeep.rerun import list_unfinished

_NAME = "reprocess.json"


@dataclass(frozen=True, slots=True)
class Job:
    """The records to read, and when that began (UTC)."""

    ids: tuple[int, ...]
    started: datetime


def save_job(state_dir: Path, job: Job) -> None:
    """Remember a run before it begins. Raises ConfigError if the folder cannot be written."""
    with replace_file(state_dir / _NAME) as path:
        path.write_text(json.dumps({"started": format_utc(job.started), "ids": job.ids}), encoding="utf-8")


def load_job(state_dir: Path, reader: Rows) -> Job:
    """What is left to do of the run that was stopped.

    Raises:
        ConfigError: There is none, or its file cannot be understood.
    """
    path = state_dir / _NAME
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        started = parse_utc(stored["started"])
        return Job(tuple(list_unfinished(reader, stored["ids"], started)), started)
    except FileNotFoundError as exc:
        raise ConfigError("there is nothing to resume", remedy="Name IDs, or say --all.", code="no_job") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise ConfigError(f"cannot read {path}: {exc}", remedy="Delete it and start anew.") from exc


def remove_job(state_dir: Path) -> None:
    """Forget it: it is done."""
    (state_dir / _NAME).unlink(missing_ok=True)
