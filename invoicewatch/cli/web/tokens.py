"""``invoicewatch web token``: give out, list and take back tokens for the API."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from invoicewatch.cli.render import make_console, plain
from invoicewatch.cli.web.journal import refuse_journal
from invoicewatch.cli.web.users import make_note, open_store, write_time
from invoicewatch.records.contract.machine import TokenJson

if TYPE_CHECKING:
    from invoicewatch.web.people.tokens import Token

_DAY_S = 86_400.0

app = typer.Typer(
    help="What programs use the API with.", no_args_is_help=True, add_completion=False, rich_markup_mode="markdown"
)


@app.command("add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="How it is called in the log.")],
    person: Annotated[str, typer.Option("--person", metavar="PERSON", help="Whose rights it has at most.")],
    *,
    read: Annotated[bool, typer.Option("--read", help="For listing, searching, reading and exporting.")] = False,
    submit: Annotated[bool, typer.Option("--submit", help="For handing in files.")] = False,
    review: Annotated[bool, typer.Option("--review", help="For correcting.")] = False,
    days: Annotated[int, typer.Option("--days", min=0, max=3650, help="How long it is good for; 0: for good.")] = 365,
) -> None:
    """Give out a token; it is shown now and never again."""
    from invoicewatch.web.people.accounts import find_person
    from invoicewatch.web.people.tokens import Scope, add_token

    refuse_journal(os.environ)
    store = open_store(ctx)
    scopes = [scope for scope, is_on in zip(Scope, (read, submit, review), strict=True) if is_on]
    secret = add_token(
        store,
        name,
        find_person(store, person),
        scopes,
        time.time(),
        valid_s=days * _DAY_S or None,
        note=make_note(ctx),
    )
    typer.echo(f"The token {name}, shown only now:\n  {secret}")


@app.command("list")
def list_(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False
) -> None:
    """Which tokens there are; never what they are."""
    from invoicewatch.web.people.tokens import list_tokens

    tokens = list_tokens(open_store(ctx))
    if as_json:
        for token in tokens:
            typer.echo(json.dumps(_to_json(token)))
        return
    table = Table("Name", "Person", "For", "Last used", "Ends")
    for token in tokens:
        scopes = " ".join(sorted(token.scopes))
        seen, ends = write_time(token.seen_s) or "never", write_time(token.ends_s) or "never"
        table.add_row(plain(token.name), plain(token.person.name), scopes, seen, ends)
    make_console().print(table)


@app.command("revoke")
def revoke(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Take a token back at once."""
    from invoicewatch.web.people.tokens import revoke_token

    token = revoke_token(open_store(ctx), name, make_note(ctx))
    typer.echo(f"{token.name} is good for nothing any more.")


def _to_json(token: Token) -> TokenJson:
    return {
        "name": token.name,
        "person": token.person.name,
        "scopes": sorted(token.scopes),
        "created": write_time(token.created_s),
        "seen": write_time(token.seen_s),
        "ends": write_time(token.ends_s),
    }
