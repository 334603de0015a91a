"""``invoicewatch memory``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.records.person import find_doer
from invoicewatch.answers.safe import make_printable
from invoicewatch.answers.upkeep.memory import (
    choose_seller,
    find_learned_office,
    find_sellers,
    forget_habits,
    seller_to_json,
)
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.records.as_json import dump_json
from invoicewatch.store.memory.sellers import KnownSeller


def memory(
    ctx: typer.Context,
    seller: Annotated[str, typer.Argument(metavar="[SELLER]", help="Only sellers whose name holds this.")] = "",
    forget: Annotated[bool, typer.Option("--forget", help="Forget what is known of this one seller.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what is remembered of sellers, and from how many proved invoices; or forget it.

    Only e-invoices, verified fields and your own corrections teach. From two invoices on, what is known of a seller
    decides what a page leaves open (the order of day and month, whether 1.234 is a thousand, the shape of its numbers),
    and `invoicewatch show` says so beside the field. Where its paper has total, date and number is known too: what
    stands there again is known for what it is. It never overrides what the page proves.

    Who stands as the buyer on most of them is shown too: it is taken for yourself and never for a seller, unless
    `[office] names` in the settings says who you are.

    Forgotten is what was learned until now; invoices that are read from then on, or again, teach anew.

    Examples:
    - `invoicewatch memory`
    - `invoicewatch memory acme --forget`
    """
    state_dir = get_state(ctx).state_dir
    known = find_sellers(state_dir, seller)
    if forget:
        _forget(state_dir, seller, known, yes=yes)
    elif as_json:
        for one in known:
            sys.stdout.write(dump_json(seller_to_json(one)) + "\n")
    else:
        from invoicewatch.cli.upkeep.remembered import print_office, print_sellers

        print_sellers(known)
        print_office(None if seller else find_learned_office(state_dir))


def _forget(state_dir: Path, name: str, known: Sequence[KnownSeller], *, yes: bool) -> None:
    one = choose_seller(known, name)
    shown = make_printable(one.habits.name)
    if not yes:
        typer.confirm(f"Forget what {one.habits.proofs} invoices of {shown} proved?", abort=True)
    count = forget_habits(state_dir, one, find_doer(os.environ))
    typer.echo(f"Forgotten: what {count} invoice{'s' * (count != 1)} of {shown} proved. The invoices stay.")
