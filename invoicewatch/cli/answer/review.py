"""``invoicewatch review``."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from invoicewatch.answers.records.person import find_person
from invoicewatch.answers.records.set import enter
from invoicewatch.answers.review.waiting import read_waiting
from invoicewatch.cli.answer.evidence.terminal import Pictures, ask_attributes, choose_pictures
from invoicewatch.cli.context import get_state


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

    The documents of one seller come together, and you are told how many of them an answer speaks for. What settles a
    document is asked first; with that answered it is accepted, and `d` leaves what is merely doubtful for another day.
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
    for waiting in read_waiting(state.state_dir, names or ()):
        answers = walk.ask_about(waiting)
        if answers:
            enter(state.state_dir, waiting.stored.id, answers, who=find_person(os.environ), when=datetime.now(UTC))
            reviewed += 1
        if walk.stopped:
            break
    typer.echo(f"{reviewed} reviewed." if reviewed else "Nothing changed.")


def _choose(wanted: Pictures) -> Pictures:
    if wanted is not Pictures.AUTO:
        return wanted
    both = sys.stdin.isatty() and sys.stdout.isatty()
    return choose_pictures(os.environ, is_terminal=both, ask=ask_attributes)
