"""``invoicewatch memory``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, cast

import typer

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.errors import ConfigError
from invoicewatch.records.as_json import dump_json, make_encodable
from invoicewatch.records.contract.lists import SellerJson
from invoicewatch.store.memory.sellers import KnownSeller, list_sellers
from invoicewatch.store.records.query import open_reader


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
    and `invoicewatch show` says so beside the field. It never overrides what stands on the page.

    Forgotten is what was learned until now; invoices that are read from then on, or again, teach anew.

    Examples:
    - `invoicewatch memory`
    - `invoicewatch memory acme --forget`
    """
    state_dir = get_state(ctx).state_dir
    with open_reader(state_dir) as reader:
        known = list_sellers(reader, seller)
    if forget:
        _forget(state_dir, seller, known, yes=yes)
    elif as_json:
        for one in known:
            sys.stdout.write(dump_json(seller_to_json(one)) + "\n")
    else:
        from invoicewatch.cli.upkeep.remembered import print_sellers

        print_sellers(known)


def seller_to_json(seller: KnownSeller) -> SellerJson:
    """A seller as plain JSON values; what is not known is an empty text."""
    habits = {name: make_encodable(v) if isinstance(v, str) else v for name, v in asdict(seller.habits).items()}
    return cast("SellerJson", {**habits, "records": list(seller.records)})


def _forget(state_dir: Path, name: str, known: Sequence[KnownSeller], *, yes: bool) -> None:
    exact = [one for one in known if one.habits.name.casefold() == name.casefold()]
    chosen = exact or known
    if not name or len(chosen) != 1:
        found = f"{len(chosen)} sellers match" if name else "no seller is named"
        raise ConfigError(f"{found}: name one", remedy="`invoicewatch memory` lists them.", code="no_seller")
    one = chosen[0]
    shown = make_printable(one.habits.name)
    if not yes:
        typer.confirm(f"Forget what {one.habits.proofs} invoices of {shown} proved?", abort=True)
    from invoicewatch.store.database.writer import open_database
    from invoicewatch.store.memory.learning import forget_seller

    database = open_database(state_dir)
    try:
        with database.begin() as session:
            count = forget_seller(session, one.key)
    finally:
        database.close()
    typer.echo(f"Forgotten: what {count} invoice{'s' * (count != 1)} of {shown} proved. The invoices stay.")
