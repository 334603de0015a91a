"""docs/commands.md: the help of every command, as the command line itself gives it."""

import re
from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from invoicewatch.cli.app import app
from scripts.papers.marked import make_table

PROGRAM = "invoicewatch"
# A list or an example right below a line of prose: Markdown wants an empty line between.
_LISTS = re.compile(r"^(?!- |    )(.+)\n(- |    )", re.MULTILINE)


def write_commands() -> str:
    """A section for each command, in the order of ``invoicewatch --help``; those of a group below it."""
    root: Any = get_command(app)
    context = typer.Context(root, info_name=PROGRAM)
    sections = [f"## {PROGRAM}", *_describe(root)]
    for name in root.list_commands(context):
        sections += _write_command(root.get_command(context, name), context, name)
    return "\n\n".join(sections)


def list_commands() -> list[tuple[str, Any]]:
    """Every command that runs by itself with its full name: ``model fetch``."""
    root: Any = get_command(app)
    return list(_walk(root, typer.Context(root, info_name=PROGRAM), ""))


def _walk(command: Any, context: typer.Context, name: str) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "list_commands"):
        yield name, command
        return
    for below in command.list_commands(context):
        found = command.get_command(context, below)
        yield from _walk(found, typer.Context(found, info_name=below, parent=context), f"{name} {below}".strip())


def _write_command(command: Any, parent: typer.Context, name: str, level: int = 2) -> Iterator[str]:
    context = typer.Context(command, info_name=name, parent=parent)
    given = (one for one in command.params if one.param_type_name == "argument")
    arguments = " ".join(one.metavar or one.name.upper() for one in given)
    yield f"{'#' * level} {PROGRAM} {name}"
    yield f"    {PROGRAM} {name} [OPTIONS] {arguments}".rstrip()
    yield from _describe(command)
    for below in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from _write_command(command.get_command(context, below), parent, f"{name} {below}", level + 1)


def _describe(command: Any) -> Iterator[str]:
    yield _LISTS.sub(r"\1\n\n\2", command.help.replace("\b", "").strip())
    rows = [[_name(one), " ".join(one.help.split())] for one in command.params if _is_shown(one)]
    if rows:
        yield make_table(["argument or option", "meaning"], rows)


def _is_shown(one: Any) -> bool:
    return bool(getattr(one, "help", None)) and not getattr(one, "hidden", False)


def _name(one: Any) -> str:
    if one.param_type_name == "argument":
        return f"`{one.metavar or one.name.upper()}`"
    value = f" {one.metavar}" if one.metavar else ""
    default = f", built in: `{one.default}`" if isinstance(one.default, int | str) and _is_value(one) else ""
    return f"`{', '.join([*one.opts, *one.secondary_opts])}{value}`{default}"


def _is_value(one: Any) -> bool:
    return not one.is_flag and bool(str(one.default)) and not re.search(r"[<>]", str(one.default))
