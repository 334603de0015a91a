"""``invoicewatch restore``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.records.person import find_doer
from invoicewatch.answers.upkeep.backup import restore_backup
from invoicewatch.cli.context import get_state
from invoicewatch.store.database.backup import check_backup


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `invoicewatch backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the database's place; the daemon must not run, and nothing else that writes.

    The database that was there is kept beside it under another name. A backup of an older version is brought up to
    date. Documents that were recorded after the backup lie in the archive, unknown to it: `invoicewatch check` lists
    them.
    """
    check_backup(file)
    state_dir = get_state(ctx).state_dir
    if not yes:
        typer.confirm(f"Replace the database in {state_dir} by {file}?", abort=True)
    restored = restore_backup(state_dir, file, find_doer(os.environ))
    kept = f" The one before is {restored.aside}." if restored.aside else ""
    typer.echo(f"{restored.count:,} invoices restored.{kept}")
