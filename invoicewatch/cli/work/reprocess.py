"""``invoicewatch reprocess``."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.records.person import find_person
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
    refuse: Annotated[
        list[int] | None,
        typer.Option("--refuse", metavar="N", help="Take back the N-th edit of the one record's text."),
    ] = None,
    allow: Annotated[
        list[int] | None, typer.Option("--allow", metavar="N", help="Allow the refused edit N, as `show` numbers it.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and keep nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read documents again with today's versions, and show what changes.

    What people entered keeps counting, whatever the machine says now. It may be stopped at any moment (Ctrl-C) and
    taken up again with `--resume`.

    An edit of the text that you refuse is made by no later run, until you allow it again.
    """
    from invoicewatch.answers.runs.choice import Choice
    from invoicewatch.answers.runs.reprocess import plan_rerun, rerun, resume_rerun
    from invoicewatch.daemon.logs import set_up_logging

    state = get_state(ctx)
    if refuse or allow:
        _note_refusals(state.state_dir, names or [], refuse or [], allow or [])
    if resume:
        plan = resume_rerun(state.state_dir)
    else:
        choice = Choice(tuple(names or ()), everything, status, engine_older_than)
        plan = plan_rerun(state.state_dir, choice, datetime.now(UTC), keep=not dry_run)
    failed = len(plan.missing)
    for number in plan.missing:
        typer.echo(f"{number}: its file is gone or is not what was recorded", err=True)
    set_up_logging(state.config.log, os.environ)
    with closing(rerun(state.config, plan, who=None if dry_run else find_person(os.environ))) as files:
        for file in files:
            failed += file.failed
            for one, invoice in file.records:
                _print(one, invoice, as_json=as_json)
    if failed:
        raise typer.Exit(1)


def _note_refusals(state_dir: Path, names: list[str], refuse: list[int], allow: list[int]) -> None:
    from invoicewatch.answers.records.find import read_invoice
    from invoicewatch.answers.records.person import find_person
    from invoicewatch.answers.records.refuse import allow_edit, refuse_edit

    if len(names) != 1:
        raise typer.BadParameter("--refuse and --allow need one ID")
    number, who = read_invoice(state_dir, names[0]).id, find_person(os.environ)
    for position in refuse:
        refuse_edit(state_dir, number, position - 1, who=who, when=datetime.now(UTC))
    for refusal in allow:
        allow_edit(state_dir, number, refusal, who=who, when=datetime.now(UTC))


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
