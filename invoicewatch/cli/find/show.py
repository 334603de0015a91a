"""``invoicewatch show``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from invoicewatch.cli.context import get_state
from invoicewatch.cli.named import get_invoice
from invoicewatch.cli.options import AsJson
from invoicewatch.records.as_json import dump_json, invoice_to_json, make_encodable
from invoicewatch.records.contract.record import EntryJson, ShownJson, StoredJson
from invoicewatch.store.database.times import format_utc
from invoicewatch.store.memory.linked import list_near_duplicates
from invoicewatch.store.records.query import StoredInvoice, open_reader


def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The number that search and list show, or a SHA-256.")],
    text: Annotated[bool, typer.Option("--text/--no-text", help="Show the text as well.")] = True,
    as_json: AsJson = False,
) -> None:
    """Show one invoice: its fields with their evidence, its text, and what was corrected.

    Each field comes with how sure it is, where it stands on which page, the words it was read from, how it was found,
    and the other readings there were. Records that look like other scans of the same invoice are named. Below, the
    text as it was read and as it was corrected stand side by side.
    """
    with open_reader(get_state(ctx).state_dir) as reader:
        stored = get_invoice(reader, name)
        twins = list_near_duplicates(reader, stored.id)
    if as_json:
        shown: ShownJson = {**stored_to_json(stored), "near_duplicates": twins}
        sys.stdout.write(dump_json(shown) + "\n")
        return
    from invoicewatch.cli.find.record import print_invoice

    print_invoice(stored, twins, with_text=text)


def stored_to_json(stored: StoredInvoice) -> StoredJson:
    """The record's JSON with what the store knows besides."""
    entries: list[EntryJson] = [
        {
            "field": entry.name,
            "value": None if entry.value is None else make_encodable(entry.value),
            "withdrawn": entry.withdrawn,
            "before": entry.before,
            "who": make_encodable(entry.who),
            "entered": format_utc(entry.entered),
        }
        for entry in stored.entries
    ]
    return {
        "id": stored.id,
        **invoice_to_json(stored.invoice),
        "run": stored.run,
        "arrived": format_utc(stored.arrived),
        "recorded": format_utc(stored.recorded),
        "inbox": make_encodable(stored.inbox),
        "stored_path": make_encodable(stored.stored_path),
        "entries": entries,
    }
