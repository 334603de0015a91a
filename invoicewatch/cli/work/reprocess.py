"""``invoicewatch reprocess``."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import Annotated

import typer

from invoicewatch.answers.runs.as_json import rerun_to_json
from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.records import Invoice
from invoicewatch.records.as_json import dump_json
from invoicewatch.store.upkeep.rerun import Rerun


def reprocess(  # noqa: PLR0913 - one parameter an option, as typer wants it
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help="These records.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All records.")] = False,
    status: Annotated[str, typer.Option("--status", metavar="STATUS", help="All of this status, e.g. review.")] = "",
    engine_older_than: Annotated[
        str, typer.Option("--engine-older-than", metavar="VERSION", help="All read by an older engine, e.g. 5.4.0.")
    ] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was stopped.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and keep nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read documents again with today's versions, and show what changes.

    What people entered keeps counting, whatever the machine says now. It may be stopped at any moment (Ctrl-C) and
    taken up again with `--resume`.
    """
    from invoicewatch.answers.runs.choice import Choice
    from invoicewatch.answers.runs.reprocess import plan_rerun, rerun, resume_rerun
    from invoicewatch.daemon.logs import set_up_logging

    state = get_state(ctx)
    if resume:
        plan = resume_rerun(state.state_dir)
    else:
        choice = Choice(tuple(names or ()), everything, status, engine_older_than)
        plan = plan_rerun(state.state_dir, choice, datetime.now(UTC), keep=not dry_run)
    failed = len(plan.missing)
    for number in plan.missing:
        typer.echo(f"{number}: its file is gone or is not what was recorded", err=True)
    set_up_logging(state.config.log, os.environ)
    with closing(rerun(state.config, plan, keep=not dry_run)) as files:
        for file in files:
            failed += file.failed
            for one, invoice in file.records:
                _print(one, invoice, as_json=as_json)
    if failed:
        raise typer.Exit(1)


def _print(rerun: Rerun, invoice: Invoice, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(dump_json(rerun_to_json(rerun, invoice)) + "\n")
        sys.stdout.flush()
        return
    name = "new" if rerun.number is None else str(rerun.number)
    if invoice.error is not None:
        typer.echo(make_printable(f"{name}: failed, and left as it was: {invoice.error.message}"), err=True)
        return
    parts = [
        f"{one.name}: {one.before or 'none'} -> {one.after or 'none'}{' (yours counts)' * one.overruled}"
        for one in rerun.changes
    ]
    typer.echo(make_printable(f"{name}: {'; '.join(parts) or 'no change'}"))
