"""What options become when nobody checks them that need not be checked."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.core import TyperCommand
from typer.testing import CliRunner

from invoicewatch.cli.lazy import PlainCommand


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def run(cls, *arguments):
    app = typer.Typer(add_completion=False)
    seen: dict[str, object] = {}

    @app.command(cls=cls)
    def command(
        words: Annotated[list[str] | None, typer.Argument()] = None,
        *,
        text: str = "",
        number: Annotated[int, typer.Option(min=1, max=9)] = 3,
        colour: Colour = Colour.RED,
        flag: Annotated[bool | None, typer.Option("--flag/--no-flag")] = None,
        path: Path | None = None,
        there: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
    ):
        seen.update(words=words, text=text, number=number, colour=colour, flag=flag, path=path, there=there)

    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, {key: (type(value), value) for key, value in seen.items()}, result.output


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["acme", "ltd"],
        ["--text", "5"],
        ["--number", "7"],
        ["--number", "10"],
        ["--number", "many"],
        ["--colour", "blue"],
        ["--colour", "green"],
        ["--flag"],
        ["--no-flag"],
        ["--path", "/no/such/file"],
        ["--path", __file__],
        ["--there", "/no/such/file"],
        ["--there", __file__],
        ["--unknown"],
        ["--help"],
    ],
)
def test_every_command_line_means_what_it_means_to_typer(arguments):
    assert run(PlainCommand, *arguments) == run(TyperCommand, *arguments)
