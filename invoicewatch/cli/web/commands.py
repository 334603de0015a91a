"""``invoicewatch web``: serve the page; ``web user`` and ``web token``: who may come in."""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from typing import TYPE_CHECKING, Annotated

import typer

from invoicewatch.answers.records.person import find_person as find_user
from invoicewatch.cli.context import get_state
from invoicewatch.cli.web.tokens import app as tokens
from invoicewatch.cli.web.users import app as users

if TYPE_CHECKING:
    from invoicewatch.config import Config
    from invoicewatch.web.site import Site

_LINK_VALID_S = 600.0

app = typer.Typer(invoke_without_command=True, add_completion=False, rich_markup_mode="markdown")
app.add_typer(users, name="user")
app.add_typer(tokens, name="token")


@app.callback()
def web(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option("--host", help="Listen here instead of [web] host.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65_535, help="Instead of [web] port.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in this machine's browser, logged in.")] = False,
) -> None:
    """Serve the page: review, inbox and search in the browser.

    Started on a terminal, it prints a link that logs you in.
    """
    if ctx.invoked_subcommand is not None:
        return
    from invoicewatch.daemon.logs import set_up_logging
    from invoicewatch.web.serve import open_site, serve

    config = _choose(get_state(ctx).config, host, port)
    set_up_logging(config.log, os.environ)
    site = open_site(config)
    if open_ or sys.stdout.isatty():
        address = make_entry_link(site)
        if sys.stdout.isatty():  # never into a journal or a file that others may read
            where = site.origins[0]
            typer.echo(f"The page is at {where}\nThis link logs you in once, within ten minutes:\n  {address}")
        if open_:
            webbrowser.open(address)
    serve(site)


def _choose(config: Config, host: str | None, port: int | None) -> Config:
    import msgspec

    wanted = {"host": host, "port": port}
    changed = msgspec.structs.replace(
        config.web, **{name: value for name, value in wanted.items() if value is not None}
    )
    return msgspec.structs.replace(config, web=changed)


def make_entry_link(site: Site) -> str:
    """A link that logs in whoever started the page, as an administrator."""
    from invoicewatch.errors import ConfigError
    from invoicewatch.web.people.accounts import Purpose, add_person, find_person, make_link
    from invoicewatch.web.people.notes import note_by
    from invoicewatch.web.people.rights import Right

    name, now_s = find_user(os.environ), time.time()
    note = note_by(site.state_dir, name, now_s)
    try:
        person = find_person(site.people, name)
    except ConfigError:
        person = add_person(site.people, name, Right.ADMIN, now_s, note)
    secret = make_link(site.people, person, Purpose.ENTRY, now_s, valid_s=_LINK_VALID_S, note=note)
    return f"{site.origins[0]}/enter/{secret}"
