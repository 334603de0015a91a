"""``invoicewatch backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.atomic import replace_file
from invoicewatch.cli.context import get_state
from invoicewatch.errors import ConfigError
from invoicewatch.store.database.backup import copy_database
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.records.query import open_reader


def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Copy the live database to a file, while the daemon works on.

    The copy is one moment of the database, checked before it takes its name. The originals in the archive are plain
    files: back them up as such.
    """
    if file.exists() and not force:
        raise ConfigError(f"{file} is there already", remedy="Name another file, or say --force.")
    state_dir = get_state(ctx).state_dir
    with open_reader(state_dir) as reader:
        count = reader.rows("SELECT count(*) FROM invoice")[0][0]
    with replace_file(file) as path:
        copy_database(database_path(state_dir), path)
    typer.echo(f"{count:,} invoices backed up to {file} ({file.stat().st_size / 1e6:,.1f} MB).")
