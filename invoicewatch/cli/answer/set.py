"""``invoicewatch set``."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.cli.named import find_person, get_invoice
from invoicewatch.errors import ConfigError
from invoicewatch.records import FIELD_NAMES, FieldValue, format_value
from invoicewatch.records.typed import parse_typed
from invoicewatch.store.records.effective import STATUS
from invoicewatch.store.records.query import StoredInvoice, open_reader
from invoicewatch.store.search.query_text import parse_status


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

    What was there before is kept, with who changed it and when; `invoicewatch show` tells. The memory learns from it.

    Examples:
    - `invoicewatch set 17 total=12.50 issue_date=2024-03-05`
    - `invoicewatch set 17 due_date=` says that there is no due date
    - `invoicewatch set 17 status=accepted` puts it out of the review
    - `invoicewatch set 17 --undo total`
    """
    state_dir = get_state(ctx).state_dir
    with open_reader(state_dir) as reader:
        stored = get_invoice(reader, name)
    from invoicewatch.store.records.entries import Entry, enter_values

    entries = {field: Entry(parse_change(field, text)) for field, text in map(split_change, changes or ())}
    entries |= {check_field(field): Entry(withdrawn=True) for field in undo or ()}
    if not entries:
        raise ConfigError("nothing to set", remedy="Say FIELD=VALUE, or --undo FIELD.")
    from invoicewatch.store.database.writer import open_database

    database = open_database(state_dir)
    try:
        with database.begin() as session:
            enter_values(session, stored.id, entries, who=find_person(os.environ), when=datetime.now(UTC))
    finally:
        database.close()
    with open_reader(state_dir) as reader:
        _print_changes(stored, get_invoice(reader, str(stored.id)), list(entries))


def split_change(text: str) -> tuple[str, str]:
    """``total=12.50`` as field and value. Raises ConfigError."""
    field, equals, value = text.partition("=")
    if not equals:
        raise ConfigError(f"cannot understand {text!r}", remedy="Write FIELD=VALUE, e.g. total=12.50.")
    return check_field(field.strip()), value.strip()


def check_field(name: str) -> str:
    """The name itself. Raises ConfigError if no field is called so."""
    if name not in {*FIELD_NAMES, STATUS}:
        raise ConfigError(f"there is no field {name!r}", remedy=f"Fields: {', '.join((*FIELD_NAMES, STATUS))}.")
    return name


def parse_change(field: str, text: str) -> FieldValue | None:
    """The value of a change; None for an empty text. Raises ConfigError."""
    if not text:
        return None
    if field != STATUS:
        return parse_typed(field, text)
    try:
        return parse_status(text)
    except ValueError as exc:
        raise ConfigError(f"{text!r} is no status", remedy="accepted, review, failed or duplicate.") from exc


def _print_changes(before: StoredInvoice, after: StoredInvoice, names: list[str]) -> None:
    for name in names:
        old, new = _value(before, name), _value(after, name)
        typer.echo(make_printable(f"{name}: {old or 'none'} -> {new or 'none'}"))


def _value(stored: StoredInvoice, name: str) -> str | None:
    if name == STATUS:
        return str(stored.invoice.status)
    field = stored.invoice.fields.get(name)
    return None if field is None else format_value(field.value)
