"""``invoicewatch log``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.upkeep.log import entry_to_json, read_log
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson, Limit
from invoicewatch.cli.render import make_console, plain
from invoicewatch.records.as_json import dump_json
from invoicewatch.store.database.log import LogEntry, Wanted

if TYPE_CHECKING:
    from rich.text import Text


def log(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[ID]", help="Only what was done to this record.")] = "",
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Only what this person did.")] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Show what people changed, newest first: who, when, what counted before and what counts since.

    The log is only ever added to; `invoicewatch check` says whether an entry is missing or was changed. Values of a
    record that was forgotten are gone from it.
    """
    state_dir = get_state(ctx).state_dir
    wanted = Wanted(who=who)
    if name:
        stored = read_invoice(state_dir, name)
        wanted = Wanted(who=who, sha256=stored.machine.sha256, part=stored.machine.part_number)
    page = read_log(state_dir, wanted, limit)
    if as_json:
        for entry in page.entries:
            sys.stdout.write(dump_json(entry_to_json(entry)) + "\n")
        return
    table = Table("No.", "When", "Who", "What", "To", "Before", "After")
    for entry in page.entries:
        table.add_row(*_cells(entry))
    make_console().print(table)


def _cells(entry: LogEntry) -> list[str | Text]:
    about = f"{entry.invoice_id} {entry.field}" if entry.invoice_id is not None else f"{entry.subject} {entry.field}"
    values = ["(erased)", "(erased)"] if entry.erased else [entry.before or "", entry.after or ""]
    return [
        str(entry.number),
        f"{entry.when.astimezone():%Y-%m-%d %H:%M}",
        *map(plain, (entry.who, entry.what, about.strip(), *values)),
    ]
