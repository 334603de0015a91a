"""``invoicewatch process``: the whole road over files that a person names, without the daemon."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.workers.interpreter import AHEAD, Interpreter
from invoicewatch.workers.quiet import load_quietly

if TYPE_CHECKING:
    from rich.console import Console

    from invoicewatch.config import LogSettings
    from invoicewatch.records import Invoice


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
    with closing(get_state(ctx).ahead or Interpreter.start(AHEAD)) as ahead:
        with load_quietly():
            from invoicewatch.answers.runs.process import process_files
            from invoicewatch.workers.inputs import find_inputs

            config = get_state(ctx).config
        inputs = find_inputs(paths, config.intake.ignore)
        terminal = _Terminal()
        if not inputs.files:
            terminal.console.print("Nothing to process: no invoices in these folders.")
            return
        store, meanwhile = not no_store, partial(_set_up_logging, config.log)
        found = process_files(config, inputs.files, store=store, again=again, ahead=ahead, meanwhile=meanwhile)
        with closing(found) as files:
            failed = _print_all(_show_progress(files, len(inputs.files), terminal), as_json=as_json, terminal=terminal)
    if inputs.left_out:
        terminal.console.print(f"{inputs.left_out} files of other types in these folders were left out.")
    if failed:
        raise typer.Exit(1)


class _Terminal:
    """Whoever sits at stderr; the library that writes there is imported when there is something to write."""

    @cached_property
    def console(self) -> Console:
        """The one console of the command."""
        from rich.console import Console

        return Console(stderr=True)


def _set_up_logging(settings: LogSettings) -> None:
    from invoicewatch.daemon.logs import set_up_logging

    set_up_logging(settings, os.environ)


def _show_progress(files: Iterator[tuple[Invoice, ...]], count: int, terminal: _Terminal) -> Iterator[Invoice]:
    """Pass records through, with a bar for the files on a terminal."""
    if not sys.stderr.isatty():
        yield from chain.from_iterable(files)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = terminal.console
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("reading", total=count)
        for parts in files:
            progress.advance(bar)
            yield from parts


def _print_all(invoices: Iterator[Invoice], *, as_json: bool, terminal: _Terminal) -> int:
    """Print each record as it comes; how many failed."""
    from invoicewatch.records import Status
    from invoicewatch.records.as_json import dump_json, invoice_to_json

    failed = 0
    for invoice in invoices:
        failed += invoice.status is Status.FAILED
        if as_json:
            sys.stdout.write(dump_json(invoice_to_json(invoice)) + "\n")
            sys.stdout.flush()
        else:
            _print_for_people(invoice, terminal)
    return failed


def _print_for_people(invoice: Invoice, terminal: _Terminal) -> None:
    """One line a document on stdout; a failure's reason and remedy on stderr."""
    from invoicewatch.records import format_value

    name = make_printable(invoice.path) + ("" if invoice.part is None else f", {invoice.part.span}")
    if invoice.error is not None:
        error = invoice.error
        line = f"failed  {name}: {error.message.rstrip('.')}. {error.remedy}"
        terminal.console.print(make_printable(line), style="red", markup=False, highlight=False, soft_wrap=True)
        return
    values = {key: format_value(field.value) for key, field in invoice.fields.items() if field is not None}
    money = " ".join(filter(None, (values.get("total", "no total"), values.get("currency"))))
    parts = (values.get("issue_date", "no date"), money, values.get("seller_name", "no seller"))
    sys.stdout.write(f"{invoice.status:13} {name}: {make_printable(', '.join(parts))}\n")
    sys.stdout.flush()
