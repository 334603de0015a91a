"""``invoicewatch restore``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.atomic import replace_file
from invoicewatch.cli.context import get_state
from invoicewatch.store.database.backup import check_backup, copy_database, set_aside
from invoicewatch.store.database.in_use import use_alone
from invoicewatch.store.database.schema import database_path


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
    from invoicewatch.daemon.lock import hold_lock
    from invoicewatch.store.database.writer import open_database

    check_backup(file)
    state_dir = get_state(ctx).state_dir
    if not yes:
        typer.confirm(f"Replace the database in {state_dir} by {file}?", abort=True)
    with hold_lock(state_dir):
        with replace_file(database_path(state_dir).with_suffix(".restored")) as path:
            copy_database(file, path)
        with use_alone(state_dir):
            aside = set_aside(state_dir, f"{datetime.now().astimezone():%Y%m%dT%H%M%S}.old")
            database_path(state_dir).with_suffix(".restored").replace(database_path(state_dir))
        database = open_database(state_dir)
        with database.begin() as session:
            count = session.connection().exec_driver_sql("SELECT count(*) FROM invoice").scalar_one()
        database.close()
    kept = f" The one before is {aside}." if aside else ""
    typer.echo(f"{count:,} invoices restored.{kept}")
