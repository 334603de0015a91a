"""``invoicewatch show``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from invoicewatch.answers.records.as_json import stored_to_json
from invoicewatch.answers.records.find import get_invoice
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.records.as_json import dump_json
from invoicewatch.store.memory.linked import list_near_duplicates
from invoicewatch.store.records.query import open_reader


def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The number that search and list show, or a SHA-256.")],
    text: Annotated[bool, typer.Option("--text/--no-text", help="Show the text as well.")] = True,
    as_json: AsJson = False,
) -> None:
    """Show one invoice: its fields with their evidence, its text, and what was corrected.

    Each field comes with how sure it is, where it stands on which page, the words it was read from, how it was found,
    and the other readings there were. Below them stand the lines of goods and the tax by rate, with a
    tick where they add up to a proved sum. Records that look like other scans of the same invoice are named. Then the
    text as it was read and as it was corrected stand side by side.
    """
    with open_reader(get_state(ctx).state_dir) as reader:
        stored = get_invoice(reader, name)
        twins = list_near_duplicates(reader, stored.id)
    if as_json:
        sys.stdout.write(dump_json(stored_to_json(stored, twins)) + "\n")
        return
    from invoicewatch.cli.find.record import print_invoice

    print_invoice(stored, twins, with_text=text)
