"""``invoicewatch process``: the whole road over files that a person names, without the daemon."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.records import Document, Invoice, Memory, Status, format_value
from invoicewatch.records.as_json import dump_json, invoice_to_json

if TYPE_CHECKING:
    from rich.console import Console

    from invoicewatch.config import Config
    from invoicewatch.store.database.writer import Database
    from invoicewatch.workers.inputs import Inputs

CLOSE_S = 5.0
Parts = tuple[Invoice, ...]


def process(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|DIR...", help="Files, or folders with all below them.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a record, and nothing else.")] = False,
    no_store: Annotated[bool, typer.Option("--no-store", help="Record nothing, and use nothing recorded.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Read documents again that are recorded already.")] = False,
) -> None:
    """Read files now, and record what they say; they are never moved, changed or deleted.

    A document that was read before is shown from its record, with what you entered, as a duplicate. A file that
    cannot be read is reported and does not stop the others. With `[pages] split = "blank"` one file may give several
    records, each for its own pages.

    Examples:
        invoicewatch process scans/
        invoicewatch process --json --no-store *.pdf > out.jsonl
    """
    from rich.console import Console

    from invoicewatch.daemon.logs import set_up_logging
    from invoicewatch.workers.inputs import find_inputs

    config = get_state(ctx).config
    set_up_logging(config.log, os.environ)
    inputs = find_inputs(paths, config.intake.ignore)
    console = Console(stderr=True)
    if not inputs.files:
        console.print("Nothing to process: no invoices in these folders.")
        return
    with _open_records(config, store=not no_store, again=again) as records:
        invoices = _show_progress(_run(config, inputs, records), len(inputs.files), console)
        failed = _print_all(invoices, as_json=as_json, console=console)
    if inputs.left_out:
        console.print(f"{inputs.left_out} files of other types in these folders were left out.")
    if failed:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Records:
    """What a batch asks of the store; without one, nothing is known and nothing is kept."""

    known: Callable[[Document], Parts] = lambda _: ()
    record: Callable[[Parts, Document], Parts] = lambda parts, _document: parts
    memory: Callable[[], Memory] = Memory


@contextmanager
def _open_records(config: Config, *, store: bool, again: bool) -> Iterator[_Records]:
    if not store:
        yield _Records()
        return
    from invoicewatch.store.database.writer import open_database

    database = open_database(Path(config.paths.state))
    try:
        yield _use_database(database, again=again)
    finally:
        database.close()


def _use_database(database: Database, *, again: bool) -> _Records:
    from invoicewatch.store.memory.learning import load_memory
    from invoicewatch.store.records.recall import find_records
    from invoicewatch.store.records.recording import record_parts

    def known(document: Document) -> Parts:
        if again:
            return ()
        with database.begin() as session:
            found = tuple(stored.invoice for stored in find_records(session, document.sha256))
        # What failed may have been mended since: another language, a higher limit.
        return () if any(invoice.status is Status.FAILED for invoice in found) else found

    def record(parts: Parts, document: Document) -> Parts:
        # What is recorded is read again from any folder; what is printed is the path as it was given.
        path = os.path.abspath(document.path)  # noqa: PTH100 - resolve() would follow links
        named = [replace(invoice, path=path) for invoice in parts]
        with database.begin() as session:
            kept = record_parts(session, named, arrived=document.arrived)
        return tuple(replace(invoice, path=document.path) for _, invoice in kept)

    def memory() -> Memory:
        with database.begin() as session:
            return load_memory(session)

    return _Records(known, record, memory)


def _run(config: Config, inputs: Inputs, records: _Records) -> Iterator[Parts]:
    """Start as many workers as pay; where files are few, each reads several pages at once."""
    from invoicewatch.workers.batch import Batch
    from invoicewatch.workers.pool import WorkerPool, count_workers

    cores = count_workers(config)
    workers = min(cores, len(inputs.files))
    pool = WorkerPool.start(config, workers)
    try:
        yield from Batch(
            pool,
            inputs.files,
            config.intake.max_bytes,
            page_threads=max(1, cores // workers),
            known=records.known,
            record=records.record,
            memory=records.memory,
        ).run()
    finally:
        pool.close(CLOSE_S)


def _show_progress(files: Iterator[Parts], count: int, console: Console) -> Iterator[Invoice]:
    """Pass records through, with a bar for the files on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("reading", total=count)
        for parts in files:
            progress.advance(bar)
            yield from parts


def _print_all(invoices: Iterator[Invoice], *, as_json: bool, console: Console) -> int:
    """Print each record as it comes; how many failed."""
    failed = 0
    for invoice in invoices:
        failed += invoice.status is Status.FAILED
        if as_json:
            sys.stdout.write(dump_json(invoice_to_json(invoice)) + "\n")
            sys.stdout.flush()
        else:
            _print_for_people(invoice, console)
    return failed


def _print_for_people(invoice: Invoice, console: Console) -> None:
    """One line a document on stdout; a failure's reason and remedy on stderr."""
    name = make_printable(invoice.path) + ("" if invoice.part is None else f", {invoice.part.span}")
    if invoice.error is not None:
        error = invoice.error
        line = f"failed  {name}: {error.message.rstrip('.')}. {error.remedy}"
        console.print(make_printable(line), style="red", markup=False, highlight=False, soft_wrap=True)
        return
    values = {key: format_value(field.value) for key, field in invoice.fields.items() if field is not None}
    money = " ".join(filter(None, (values.get("total", "no total"), values.get("currency"))))
    parts = (values.get("issue_date", "no date"), money, values.get("seller_name", "no seller"))
    sys.stdout.write(f"{invoice.status:13} {name}: {make_printable(', '.join(parts))}\n")
    sys.stdout.flush()
