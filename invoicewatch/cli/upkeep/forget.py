"""``invoicewatch forget``."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from invoicewatch.answers.records.forget import Erasure, erase, plan_erasure
from invoicewatch.answers.records.person import find_doer
from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state


def forget(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The number that search and list show.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    keep_files: Annotated[bool, typer.Option("--keep-files", help="Erase the record, but no file.")] = False,
    whole_file: Annotated[
        bool, typer.Option("--whole-file", help="With all other invoices that came in the same file.")
    ] = False,
) -> None:
    """Erase an invoice for good: record, texts, index entries, what was learned from it, and the original.

    Files are deleted only if they hold the very bytes that were recorded. A file that was split stays until the last of
    its invoices is forgotten. Backups that you made still hold it.
    """
    state_dir = get_state(ctx).state_dir
    erasure = plan_erasure(state_dir, name, keep_files=keep_files, whole_file=whole_file)
    if not yes:
        _ask(erasure)
    erase(state_dir, erasure, find_doer(os.environ))
    _tell(erasure)


def _ask(erasure: Erasure) -> None:
    seller = erasure.stored.invoice.fields.get("seller_name")
    named = f" of {make_printable(str(seller.value))}" if seller is not None else ""
    more = erasure.ids[1:]
    others = f", and {', '.join(map(str, more))} from the same file," if more else ""
    typer.echo(f"Invoice {erasure.stored.id}{named}{others} will be erased for good, with")
    for file in erasure.files:
        typer.echo(f"  {make_printable(str(file))}")
    typer.confirm("Erase it?", abort=True)


def _tell(erasure: Erasure) -> None:
    files = len(erasure.files)
    which = f"invoice{'s' * (len(erasure.ids) != 1)} {', '.join(map(str, erasure.ids))}"
    typer.echo(f"Forgotten: {which} and {files} file{'s' * (files != 1)}.")
    if erasure.left:
        typer.echo(
            f"The file stays, with this invoice's pages in it: {erasure.left} more came in it "
            "(--whole-file forgets all)."
        )
