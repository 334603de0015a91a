"""``invoicewatch web user``: add, list, disable and reset people."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from invoicewatch.answers.records.person import find_person as find_user
from invoicewatch.cli.context import get_state
from invoicewatch.cli.render import make_console, plain
from invoicewatch.cli.web.journal import refuse_journal
from invoicewatch.errors import ConfigError
from invoicewatch.records.contract.machine import PersonJson

if TYPE_CHECKING:
    from invoicewatch.web.people.accounts import Person
    from invoicewatch.web.people.notes import Note
    from invoicewatch.web.people.store import PeopleStore

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
    refuse_journal(os.environ)
    store = open_store(ctx)
    _print_link(ctx, store, add_person(store, name, chosen[0], time.time(), make_note(ctx)))


@app.command("list")
def list_(
    ctx: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False
) -> None:
    """Who may come in."""
    from invoicewatch.web.people.accounts import list_people

    people = list_people(open_store(ctx))
    if as_json:
        for person in people:
            typer.echo(json.dumps(_to_json(person)))
        return
    table = Table("Name", "May", "Password", "Last in")
    for person in people:
        state = "shut out" if person.disabled else "chosen" if person.has_password else "not chosen yet"
        table.add_row(plain(person.name), person.right.value, state, write_time(person.seen_s) or "never")
    make_console().print(table)


@app.command("disable")
def disable(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    undo: Annotated[bool, typer.Option("--undo", help="Let them in again.")] = False,
) -> None:
    """Shut somebody out at once; their sessions, links and tokens end."""
    from invoicewatch.web.people.accounts import disable_person

    person = disable_person(open_store(ctx), name, disabled=not undo, note=make_note(ctx))
    typer.echo(f"{person.name} is {'let in again' if undo else 'shut out'}.")


@app.command("reset")
def reset(ctx: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """Print a link, good once within a day, with which somebody chooses a new password."""
    from invoicewatch.web.people.accounts import find_person

    refuse_journal(os.environ)
    store = open_store(ctx)
    _print_link(ctx, store, find_person(store, name))


def open_store(ctx: typer.Context) -> PeopleStore:
    """Who may come in. Raises StoreError."""
    from invoicewatch.web.people.store import open_people

    return open_people(Path(get_state(ctx).config.paths.state))


def make_note(ctx: typer.Context) -> Note:
    """Writes a change into the log, in the name of whoever runs the command."""
    from invoicewatch.web.people.notes import note_by

    return note_by(get_state(ctx).state_dir, find_user(os.environ), time.time())


def _print_link(ctx: typer.Context, store: PeopleStore, person: Person) -> None:
    from invoicewatch.web.people.accounts import LINK_VALID_S, Purpose, make_link
    from invoicewatch.web.site import list_origins

    origins = list_origins(get_state(ctx).config.web)
    secret = make_link(store, person, Purpose.PASSWORD, time.time(), valid_s=LINK_VALID_S, note=make_note(ctx))
    address = f"{origins[0]}/enter/{secret}"
    typer.echo(f"{person.name} ({person.right}) chooses a password here, once, within a day:\n  {address}")


def _to_json(person: Person) -> PersonJson:
    return {
        "name": person.name,
        "right": person.right.value,
        "disabled": person.disabled,
        "has_password": person.has_password,
        "created": write_time(person.created_s),
        "seen": write_time(person.seen_s),
    }


def write_time(moment_s: float | None) -> str | None:
    """ISO 8601 in UTC."""
    return None if moment_s is None else datetime.fromtimestamp(moment_s, UTC).isoformat(timespec="seconds")
