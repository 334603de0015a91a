"""``invoicewatch retry``: another try for documents that failed."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from invoicewatch.answers.records.person import find_doer
from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state


def retry(
    ctx: typer.Context,
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="Records, by their numbers.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Every document that was set aside.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Those, and every one that waits for a later try.")] = False,
) -> None:
    """Give documents that failed another try, from where they lie now.

    Use it after mending what was wrong: a password removed, a language installed, a limit raised. The daemon takes
    them up at once if it runs, else when it starts.
    """
    from invoicewatch.answers.runs.retry import retry_files

    if not (ids or failed or everything):
        raise typer.BadParameter("name records by their numbers, or give --failed or --all")
    config = get_state(ctx).config
    retried = retry_files(config, ids or [], find_doer(os.environ), failed=failed or everything, waiting=everything)
    for name in retried.missing:
        typer.echo(f"Gone, cannot be tried again: {make_printable(name)}", err=True)
    noun = "document" if retried.count == 1 else "documents"
    when = "now" if retried.daemon_runs else "when the daemon runs (`invoicewatch run`)"
    typer.echo(f"{retried.count} {noun} will be tried again {when}.")
    if retried.missing:
        raise typer.Exit(1)
