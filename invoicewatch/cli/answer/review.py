"""``invoicewatch review``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from invoicewatch.cli.answer.evidence.terminal import Pictures, ask_attributes, choose_pictures
from invoicewatch.cli.context import CliState, get_state
from invoicewatch.cli.named import find_person, get_invoice
from invoicewatch.store.records.query import StoredInvoice, open_reader

if TYPE_CHECKING:
    from invoicewatch.store.records.entries import Entry


def review(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Only these; else all that need a review.")
    ] = None,
    pictures: Annotated[
        Pictures, typer.Option("--pictures", help="How to draw the evidence; auto asks the terminal.")
    ] = Pictures.AUTO,
) -> None:
    """Go through what needs an eye, field by field, with its evidence.

    For each doubtful field you see the place on the page that it was read from, and the other readings there were.
    Press Enter if it is right, a number for another reading, `e` to type the value, `n` if there is no such field,
    `s` to leave this field, `d` to leave this document, `o` to open the file, `q` to stop. What you said is kept after
    each document, wins over every later run of the machine, and teaches the memory.
    """
    from invoicewatch.cli.answer.walk import Walk

    state = get_state(ctx)
    drawing = _choose(pictures)
    reviewed = 0
    walk = Walk(state.config, drawing)
    for stored in _read_records(state, names):
        answers = walk.ask_about(stored)
        if answers:
            _keep(state.state_dir, stored.id, answers)
            reviewed += 1
        if walk.stopped:
            break
    typer.echo(f"{reviewed} reviewed." if reviewed else "Nothing changed.")


def _choose(wanted: Pictures) -> Pictures:
    if wanted is not Pictures.AUTO:
        return wanted
    both = sys.stdin.isatty() and sys.stdout.isatty()
    return choose_pictures(os.environ, is_terminal=both, ask=ask_attributes)


def _read_records(state: CliState, names: list[str] | None) -> Iterator[StoredInvoice]:
    """One after the other, each read anew, since a review may take hours."""
    for name in names or _list_waiting(state.state_dir):
        with open_reader(state.state_dir) as reader:
            yield get_invoice(reader, name)


def _list_waiting(state_dir: Path) -> list[str]:
    with open_reader(state_dir) as reader:
        rows = reader.rows("SELECT id FROM invoice WHERE status = 'needs_review' ORDER BY id")
    return [str(row["id"]) for row in rows]


def _keep(state_dir: Path, invoice_id: int, answers: Mapping[str, Entry]) -> None:
    from invoicewatch.store.database.writer import open_database
    from invoicewatch.store.records.entries import enter_values

    database = open_database(state_dir)
    try:
        with database.begin() as session:
            enter_values(session, invoice_id, answers, who=find_person(os.environ), when=datetime.now(UTC))
    finally:
        database.close()
