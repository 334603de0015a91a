"""``invoicewatch show``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.records.as_json import stored_to_json
from invoicewatch.answers.records.find import get_invoice
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.records.as_json import dump_json
from invoicewatch.store.memory.linked import list_near_duplicates
from invoicewatch.store.records.page_rows import read_page_words
from invoicewatch.store.records.query import open_reader
from invoicewatch.store.records.refused import read_refusals


def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The number that search and list show, or a SHA-256.")],
    text: Annotated[bool, typer.Option("--text/--no-text", help="Show the text as well.")] = True,
    as_json: AsJson = False,
    html: Annotated[bool, typer.Option("--html", help="One page to read and print, as HTML.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file for the page; else standard output.")
    ] = None,
) -> None:
    """Show one invoice: its fields with their evidence, its text, and what was corrected.

    Each field comes with how sure it is, where it stands on which page, the words it was read from, how it was found,
    and the other readings there were. Below them stand the lines of goods and the tax by rate, with a
    tick where they add up to a proved sum. Records that look like other scans of the same invoice are named. Then the
    text as it was read and as it was corrected stand side by side; what was left as it was read though it is in doubt
    is marked, with what else it may be and who saw it.

    With `--html` it is one page in the terms of EN 16931, for an e-invoice with its XML below: each value leads to its
    element. It has no scripts and loads nothing.
    """
    if html:
        _write_page(ctx, name, output)
        return
    with open_reader(get_state(ctx).state_dir) as reader:
        stored = get_invoice(reader, name)
        twins = list_near_duplicates(reader, stored.id)
        refusals = read_refusals(reader, stored.id)
        words = read_page_words(reader, stored.id)
    if as_json:
        sys.stdout.write(dump_json(stored_to_json(stored, twins, refusals, words)) + "\n")
        return
    from invoicewatch.cli.find.record import print_invoice

    print_invoice(stored, twins, refusals, with_text=text, words=words)


def _write_page(ctx: typer.Context, name: str, output: Path | None) -> None:
    from invoicewatch.answers.atomic import replace_file
    from invoicewatch.answers.paper.gather import gather_record
    from invoicewatch.answers.paper.page import write_record_page

    page = write_record_page(gather_record(get_state(ctx).config, name))
    if output is None:
        sys.stdout.buffer.write(page.encode())
        return
    with replace_file(output) as path:
        path.write_text(page, encoding="utf-8")
