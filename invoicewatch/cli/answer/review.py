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
from invoicewatch.answers.runs.again import JudgedAgain, judge_queued, sum_up
from invoicewatch.cli.answer.evidence.terminal import Pictures, ask_attributes, choose_pictures
from invoicewatch.cli.context import get_state

_PATIENCE_S = 2.0  # between two documents; what is left then is judged at the end


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
    each document, wins over every later run of the machine, and teaches the memory: what waits from the same seller is
    judged again at once, by the daemon if one runs, and is not asked about if that settles it.
    """
    from invoicewatch.cli.answer.walk import Walk

    state = get_state(ctx)
    drawing = _choose(pictures)
    reviewed, judged = 0, list[JudgedAgain]()
    walk = Walk(state.config, drawing)
    for waiting in read_waiting(state.state_dir, names or ()):
        answers = walk.ask_about(waiting)
        if answers:
            enter(state.state_dir, waiting.stored.id, answers, who=find_person(os.environ), when=datetime.now(UTC))
            reviewed += 1
            judged.append(judge_queued(state.config, limit_s=_PATIENCE_S))
        if walk.stopped:
            break
    typer.echo(f"{reviewed} reviewed." if reviewed else "Nothing changed.")
    judged.append(judge_queued(state.config, tell=_tell_left))
    said = str(sum_up(judged))
    if said:
        typer.echo(f"{said}.")


def _tell_left(left: int) -> None:
    """A line that is written over, on a terminal only."""
    if sys.stderr.isatty():
        typer.echo(f"\rjudging again, {left} left ", err=True, nl=False)


def _choose(wanted: Pictures) -> Pictures:
    if wanted is not Pictures.AUTO:
        return wanted
    both = sys.stdin.isatty() and sys.stdout.isatty()
    return choose_pictures(os.environ, is_terminal=both, ask=ask_attributes)
