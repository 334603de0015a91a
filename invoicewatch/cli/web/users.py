"""``invoicewatch web user``: add, list, disable and reset people."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from invoicewatch.cli.context import get_state
from invoicewatch.cli.render import make_console, plain
from invoicewatch.errors import ConfigError
from invoicewatch.records.contract.machine import PersonJson

if TYPE_CHECKING:
    from invoicewatch.config import Config
    from invoicewatch.web.people.accounts import Person
    from invoicewatch.web.people.store import PeopleStore

_LINK_VALID_S = 86_400.0

app = typer.Typer(help="Who may come in.", no_args_is_help=True, add_completion=False, rich_markup_mode="markdown")


@app.command("add")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="How they are called in the log.")],
    admin: Annotated[bool, typer.Option("--admin", help="May do everything.")] = False,
    editor: Annotated[bool, typer.Option("--editor", help="May answer, correct and hand in.")] = False,
    reader: Annotated[bool, typer.Option("--reader", help="May see, search and export.")] = False,
) -> None:
    """Let somebody in: prints a link, good once within a day, with which they choose a password."""
    from invoicewatch.web.people.accounts import add_person
    from invoicewatch.web.people.rights import Right

    chosen = [right for right, is_on in zip(Right, (reader, editor, admin), strict=True) if is_on]
    if len(chosen) != 1:
        raise ConfigError("what may they do?", remedy="Say one of --admin, --editor and --reader.", code="person")
    store = _open(ctx)
    _print_link(get_state(ctx).config, store, add_person(store, name, chosen[0], time.time()))


@app.command("list")
def list_(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False
) -> None:
    """Who may come in."""
    from invoicewatch.web.people.accounts import list_people

    people = list_people(_open(ctx))
    if as_json:
        for person in people:
            typer.echo(json.dumps(_to_json(person)))
        return
    table = Table("Name", "May", "Password", "Last in")
    for person in people:
        state = "shut out" if person.disabled else "chosen" if person.has_password else "not chosen yet"
        table.add_row(plain(person.name), person.right.value, state, _write_time(person.seen_s) or "never")
    make_console().print(table)


@app.command("disable")
def disable(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    undo: Annotated[bool, typer.Option("--undo", help="Let them in again.")] = False,
) -> None:
    """Shut somebody out at once; their sessions, links and tokens end."""
    from invoicewatch.web.people.accounts import disable_person

    person = disable_person(_open(ctx), name, disabled=not undo)
    typer.echo(f"{person.name} is {'let in again' if undo else 'shut out'}.")


@app.command("reset")
def reset(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Print a link, good once within a day, with which somebody chooses a new password."""
    from invoicewatch.web.people.accounts import find_person

    store = _open(ctx)
    _print_link(get_state(ctx).config, store, find_person(store, name))


def _open(ctx: typer.Context) -> PeopleStore:
    from invoicewatch.web.people.store import open_people

    return open_people(Path(get_state(ctx).config.paths.state))


def _print_link(config: Config, store: PeopleStore, person: Person) -> None:
    from invoicewatch.web.people.accounts import Purpose, make_link
    from invoicewatch.web.site import list_origins

    secret = make_link(store, person, Purpose.PASSWORD, time.time(), valid_s=_LINK_VALID_S)
    address = f"{list_origins(config.web)[0]}/enter/{secret}"
    typer.echo(f"{person.name} ({person.right}) chooses a password here, once, within a day:\n  {address}")


def _to_json(person: Person) -> PersonJson:
    return {
        "name": person.name,
        "right": person.right.value,
        "disabled": person.disabled,
        "has_password": person.has_password,
        "created": _write_time(person.created_s),
        "seen": _write_time(person.seen_s),
    }


def _write_time(moment_s: float | None) -> str | None:
    return None if moment_s is None else datetime.fromtimestamp(moment_s, UTC).isoformat(timespec="seconds")
