"""``invoicewatch set``."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.records.person import find_person
from invoicewatch.answers.records.set import make_entries, set_values
from invoicewatch.answers.runs.again import judge_queued
from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.errors import ConfigError


def set_(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The number that search and list show.")],
    changes: Annotated[
        list[str] | None,
        typer.Argument(metavar="FIELD=VALUE...", help="What is right. Without a value: there is no such field."),
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option("--undo", metavar="FIELD", help="Take back what was entered."),
    ] = None,
) -> None:
    """Say what is right: your values win over the machine's, now and after every later run.

    What was there before is kept, with who changed it and when; `invoicewatch show` tells. The memory learns from it,
    and what waits for a review from the same seller is judged again.

    Examples:
    - `invoicewatch set 17 total=12.50 issue_date=2024-03-05`
    - `invoicewatch set 17 due_date=` says that there is no due date
    - `invoicewatch set 17 status=accepted` puts it out of the review
    - `invoicewatch set 17 --undo total`
    """
    state = get_state(ctx)
    state_dir = state.state_dir
    stored = read_invoice(state_dir, name)
    entries = make_entries(map(split_change, changes or ()), undo or ())
    who = find_person(os.environ)
    for one in set_values(state_dir, stored, entries, who=who, when=datetime.now(UTC)):
        typer.echo(make_printable(f"{one.name}: {one.before or 'none'} -> {one.after or 'none'}"))
    judged = str(judge_queued(state.config))
    if judged:
        typer.echo(f"{judged}.")


def split_change(text: str) -> tuple[str, str]:
    """``total=12.50`` as field and value. Raises ConfigError."""
    field, equals, value = text.partition("=")
    if not equals:
        raise ConfigError(f"cannot understand {text!r}", remedy="Write FIELD=VALUE, e.g. total=12.50.")
    return field.strip(), value.strip()
