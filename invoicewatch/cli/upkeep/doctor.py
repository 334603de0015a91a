"""``invoicewatch doctor``."""

from __future__ import annotations

import sys

import typer

from invoicewatch.answers.health.check import Check, Verdict, check_to_json
from invoicewatch.answers.health.everything import look_at_everything
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.records.as_json import dump_json

_SIGNS = {Verdict.OK: ("✓", "green"), Verdict.WARNING: ("!", "yellow"), Verdict.BROKEN: ("✗", "red")}


def doctor(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """Check everything that is needed, and say how to mend what is not right.

    Looks at the folders and the file systems they lie on, the disk, the database, Tesseract and its languages, the
    engine of the second opinion, what is promised of accepted documents, and the model (it is loaded, and must decode).
    The exit code is 0 if nothing is broken, 2 for folders, disk and misspelt engines, 3 for a program or the model, 4
    for the database.
    """
    codes = [_print_check(check, as_json=as_json) for check in look_at_everything(get_state(ctx).config)]
    if any(codes):
        raise typer.Exit(max(codes))


def _print_check(check: Check, *, as_json: bool) -> int:
    """Print it at once, since the next may take a while; the exit code it asks for."""
    if as_json:
        sys.stdout.write(dump_json(check_to_json(check)) + "\n")
        sys.stdout.flush()
    else:
        _print_line(check)
    return check.exit_code if check.verdict is Verdict.BROKEN else 0


def _print_line(check: Check) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from invoicewatch.answers.safe import make_printable
    from invoicewatch.cli.render import make_console

    console = make_console()
    sign, style = _SIGNS[check.verdict]
    line = Text(f"{sign} ", style=style).append(f"{check.name}: ", style="not bold default")
    console.print(line.append(make_printable(check.detail), style="default"))
    if check.remedy:
        console.print(Padding(Text(make_printable(check.remedy), style=style), (0, 0, 0, 4)))
