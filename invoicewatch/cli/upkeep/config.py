"""``invoicewatch config``."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer  # noqa: TC002 - typer reads the annotations when it runs

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import get_state
from invoicewatch.cli.options import AsJson
from invoicewatch.config import LoadedConfig
from invoicewatch.records.as_json import dump_json, make_encodable
from invoicewatch.records.contract.machine import ConfigJson

_MAX_LIST_LINE = 80
_SECRET = {"notify.webhook", "notify.apprise"}  # addresses hold passwords and tokens


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


def config_to_json(loaded: LoadedConfig) -> ConfigJson:
    """The file that was read, and each setting with its value and its origin."""
    return {
        "file": None if loaded.file is None else make_encodable(str(loaded.file)),
        "settings": {key: {"value": value, "origin": origin} for key, value, origin in list_settings(loaded)},
    }


def list_settings(loaded: LoadedConfig) -> list[tuple[str, Any, str]]:
    """``table.key``, value, and origin of every setting, in order."""
    return [
        (name, _plain(name, getattr(getattr(loaded.config, table), key)), loaded.origins[name])
        for table in loaded.config.__struct_fields__
        for key in getattr(loaded.config, table).__struct_fields__
        for name in [f"{table}.{key}"]
    ]


def _plain(name: str, value: Any) -> Any:
    """As JSON has it; of addresses only the scheme, as the output may be shown to others."""
    if isinstance(value, tuple):
        return [_plain(name, each) for each in value]
    return f"{value.partition('://')[0]}://..." if name in _SECRET and value else value


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
