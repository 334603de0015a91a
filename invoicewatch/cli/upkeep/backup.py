"""``invoicewatch backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.upkeep.backup import write_backup
from invoicewatch.cli.context import get_state


def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Copy the live database to a file, while the daemon works on.

    The copy is one moment of the database, checked before it takes its name. The originals in the archive are plain
    files: back them up as such.
    """
    written = write_backup(get_state(ctx).state_dir, file, replace=force)
    typer.echo(f"{written.count:,} invoices backed up to {file} ({written.size / 1e6:,.1f} MB).")
