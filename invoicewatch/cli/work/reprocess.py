"""``invoicewatch reprocess``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from invoicewatch.answers.atomic import replace_file
from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.cli.named import get_invoice
from invoicewatch.cli.options import AsJson
from invoicewatch.errors import ConfigError
from invoicewatch.records import Invoice, Memory, Status
from invoicewatch.records.as_json import dump_json, make_encodable
from invoicewatch.records.contract.lists import ChangeJson, RerunJson
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.database.times import format_utc, parse_utc
from invoicewatch.store.records.query import open_reader
from invoicewatch.store.search.query_text import parse_status
from invoicewatch.store.upkeep.rerun import Rerun

if TYPE_CHECKING:
    from invoicewatch.config import Config
    from invoicewatch.store.database.writer import Database

_JOB_NAME = "reprocess.json"
_CLOSE_S = 5.0


def reprocess(  # noqa: PLR0913 - one parameter an option, as typer wants it
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="These records.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All records.")] = False,
    status: Annotated[str, typer.Option("--status", metavar="STATUS", help="All of this status, e.g. review.")] = "",
    engine_older_than: Annotated[
        str, typer.Option("--engine-older-than", metavar="VERSION", help="All read by an older engine, e.g. 5.4.0.")
    ] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and keep nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read documents again with today's versions, and show what changes.

    What people entered keeps counting, whatever the machine says now. It may be stopped at any moment (Ctrl-C) and
    taken up again with `--resume`.
    """
    state = get_state(ctx)
    job = state.state_dir / _JOB_NAME
    from invoicewatch.daemon.logs import set_up_logging

    with open_reader(state.state_dir) as reader:
        if resume:
            ids, started = _read_job(job, reader)
        else:
            ids = _choose(reader, names or (), everything=everything, status=status, older=engine_older_than)
            started = datetime.now(UTC)
        files = _find_files(reader, ids)
    if not dry_run and not resume:
        with replace_file(job) as path:
            path.write_text(json.dumps({"started": format_utc(started), "ids": ids}), encoding="utf-8")
    there = {number for file in files for number in file.ids}
    failed = len(ids) - len(there)
    for number in ids:
        if number not in there:
            typer.echo(f"{number}: its file is gone or is not what was recorded", err=True)
    set_up_logging(state.config.log, os.environ)
    failed += _run(state.config, files, keep=not dry_run, as_json=as_json)
    if not dry_run:
        job.unlink(missing_ok=True)
    if failed:
        raise typer.Exit(1)


def _choose(reader: Rows, names: Sequence[str], *, everything: bool, status: str, older: str) -> list[int]:
    from invoicewatch.store.upkeep.rerun import list_outdated, parse_version

    if names:
        return list(dict.fromkeys(get_invoice(reader, name).id for name in names))
    if not (everything or status or older):
        raise ConfigError("nothing to read again", remedy="Name IDs, or say --all, --status or --engine-older-than.")
    if older and not parse_version(older):
        raise ConfigError(f"{older!r} is no version", remedy="Write it like 5.4.0.")
    try:
        return list_outdated(reader, status=parse_status(status) if status else "", engine_older_than=older)
    except ValueError as exc:
        raise ConfigError(f"{status!r} is no status", remedy="accepted, review, failed or duplicate.") from exc


def _read_job(job: Path, reader: Rows) -> tuple[list[int], datetime]:
    from invoicewatch.store.upkeep.rerun import list_unfinished

    try:
        stored = json.loads(job.read_text(encoding="utf-8"))
        started = parse_utc(stored["started"])
        return list_unfinished(reader, stored["ids"], started), started
    except FileNotFoundError as exc:
        raise ConfigError("there is nothing to resume", remedy="Name IDs, or say --all.") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise ConfigError(f"cannot read {job}: {exc}", remedy="Delete it and start anew.") from exc


class _File(NamedTuple):
    """A file to read again, and the records that it was read as."""

    path: Path
    ids: tuple[int, ...]


def _find_files(reader: Rows, ids: Sequence[int]) -> list[_File]:
    """Where the documents lie, as far as they still hold the bytes that were recorded; a file of many parts once."""
    from invoicewatch.store.upkeep.audit import hash_file

    wanted: dict[str, list[int]] = {}
    found: dict[str, Path] = {}
    for number in ids:
        stored = get_invoice(reader, str(number))
        sha256 = stored.machine.sha256
        wanted.setdefault(sha256, []).append(number)
        if sha256 in found:
            continue
        candidates = (Path(path) for path in (stored.stored_path, stored.machine.path) if path)
        path = next((path for path in candidates if hash_file(path) == sha256), None)
        if path is not None:
            found[sha256] = path
    return [_File(path, tuple(wanted[sha256])) for sha256, path in found.items()]


def _run(config: Config, files: Sequence[_File], *, keep: bool, as_json: bool) -> int:
    """Read the files; how many failed. What a failed one had before is kept."""
    from invoicewatch.store.database.writer import open_database
    from invoicewatch.workers.batch import Batch
    from invoicewatch.workers.pool import WorkerPool, count_workers

    if not files:
        return 0
    database = open_database(Path(config.paths.state))
    reruns: dict[str, list[Rerun]] = {}
    pool = WorkerPool.start(config, min(count_workers(config), len(files)))
    failed = 0
    try:
        batch = Batch(
            pool,
            [file.path for file in files],
            config.intake.max_bytes,
            record=lambda parts, _document: _record(database, parts, reruns, keep=keep),
            memory=lambda: _load_memory(database),
        )
        for file, parts in zip(files, batch.run(), strict=True):
            failed += parts[0].status is Status.FAILED
            known = [Rerun(number, ()) for number in file.ids]
            for rerun, invoice in zip(reruns.get(parts[0].sha256, known), parts, strict=False):
                _print(rerun, invoice, as_json=as_json)
    finally:
        pool.close(_CLOSE_S)
        database.close()
    return failed


def _record(
    database: Database, parts: tuple[Invoice, ...], reruns: dict[str, list[Rerun]], *, keep: bool
) -> tuple[Invoice, ...]:
    from invoicewatch.store.upkeep.rerun import save_rerun

    with database.begin() as session:
        reruns[parts[0].sha256] = save_rerun(session, parts, recorded=datetime.now(UTC), keep=keep)
    return parts


def _load_memory(database: Database) -> Memory:
    from invoicewatch.store.memory.learning import load_memory

    with database.begin() as session:
        return load_memory(session)


def _print(rerun: Rerun, invoice: Invoice, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(dump_json(rerun_to_json(rerun, invoice)) + "\n")
        sys.stdout.flush()
        return
    name = "new" if rerun.number is None else str(rerun.number)
    if invoice.error is not None:
        typer.echo(make_printable(f"{name}: failed, and left as it was: {invoice.error.message}"), err=True)
        return
    parts = [
        f"{one.name}: {one.before or 'none'} -> {one.after or 'none'}{' (yours counts)' * one.overruled}"
        for one in rerun.changes
    ]
    typer.echo(make_printable(f"{name}: {'; '.join(parts) or 'no change'}"))


def rerun_to_json(rerun: Rerun, invoice: Invoice) -> RerunJson:
    """What became of one record, as plain JSON values."""
    return {
        "id": rerun.number,
        "status": str(invoice.status),
        "error": None if invoice.error is None else make_encodable(invoice.error.message),
        "changes": [cast("ChangeJson", asdict(change)) for change in rerun.changes],
    }
