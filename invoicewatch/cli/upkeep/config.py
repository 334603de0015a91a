"""``invoicewatch config``."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer  # noqa: TC002 - typer reads the annotations when it runs

from invoicewatch.answers.safe import make_printable
from invoicewatch.answers.upkeep.settings import config_to_json, list_settings
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.config import LoadedConfig
from invoicewatch.records.as_json import dump_json

_MAX_LIST_LINE = 80


def config(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """Show the settings in force and where each comes from.

    The output is a configuration file: copy what you want to change to ~/.config/invoicewatch/config.toml, or to
    /etc/invoicewatch/config.toml for the whole machine.
    """
    loaded = get_state(ctx).loaded
    if as_json:
        sys.stdout.write(dump_json(config_to_json(loaded)) + "\n")
    else:
        _print_toml(loaded)


def _print_toml(loaded: LoadedConfig) -> None:
    from rich.text import Text

    from invoicewatch.cli.render import make_console

    console = make_console()
    console.print(Text(f"# Read from {make_printable(str(loaded.file or 'no file: built-in values'))}", style="dim"))
    table = ""
    for name, value, origin in list_settings(loaded):
        if not name.startswith(f"{table}."):
            table = name.partition(".")[0]
            console.print(Text(f"\n[{table}]", style="bold"))
        line = Text(make_printable(f"{name.partition('.')[2]} = {to_toml(value)}", keep="\n"))
        changed = "" if origin == "default" else f"  # {make_printable(origin)}"
        console.print(line.append(changed, style="cyan"), soft_wrap=True)


def to_toml(value: Any) -> str:
    """A setting as TOML writes it. JSON's strings and lists are TOML's too."""
    if isinstance(value, list) and len(text := json.dumps(value, ensure_ascii=False)) > _MAX_LIST_LINE:
        return "[\n" + "".join(f"    {json.dumps(each, ensure_ascii=False)},\n" for each in value) + "]"
    return text if isinstance(value, list) else json.dumps(value, ensure_ascii=False)
