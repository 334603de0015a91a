"""Write the man page and the completions of bash, zsh and fish, all made from the command line itself.

Usage: make_manual.py FOLDER     (e.g. /usr/local/share; the files go where man and the shells look below it)
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.main import get_command

from invoicewatch import __version__
from invoicewatch.cli.app import app
from invoicewatch.cli.main import main

COMPLETIONS = {
    "bash": "bash-completion/completions/invoicewatch",
    "zsh": "zsh/site-functions/_invoicewatch",
    "fish": "fish/vendor_completions.d/invoicewatch.fish",
}
FILES = """\
~/.config/invoicewatch/config.toml, else /etc/invoicewatch/config.toml: the configuration.

~/.local/share/invoicewatch: everything else, unless the configuration says otherwise.
"""


def write_all() -> None:
    """Write the four files and name them."""
    share = Path(sys.argv[1])
    files = {"man/man1/invoicewatch.1": write_manual()}
    for shell, place in COMPLETIONS.items():
        files[place] = write_completion(shell)
    for place, text in files.items():
        file = share / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(f"wrote {file}")


def write_completion(shell: str) -> str:
    """What the shell is to load, as the program itself gives it."""
    program = Path(sys.executable).with_name("invoicewatch")
    environment = {**os.environ, "_INVOICEWATCH_COMPLETE": f"source_{shell}"}
    return subprocess.run([str(program)], env=environment, check=True, capture_output=True, text=True).stdout.lstrip()


def write_manual() -> str:
    """The man page in roff, with every command, argument and option."""
    root: Any = get_command(app)
    context = typer.Context(root, info_name="invoicewatch")
    lines = [f'.TH INVOICEWATCH 1 "" "invoicewatch {__version__}" "User Commands"', ".SH NAME"]
    lines += [r"invoicewatch \- read scanned invoices as they arrive, and find them again", ".SH SYNOPSIS"]
    lines += [r"\fBinvoicewatch\fR [\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]", ".SH DESCRIPTION"]
    lines += [*to_roff(root.help or ""), ".SH OPTIONS", *describe_parameters(root), ".SH COMMANDS"]
    for name in root.list_commands(context):
        lines += describe_command(root.get_command(context, name), context, name)
    lines += [".SH FILES", *to_roff(FILES), ".SH EXIT STATUS", *to_roff(exit_codes())]
    return "\n".join([*lines, ""])


def describe_command(command: Any, parent: typer.Context, name: str) -> Iterator[str]:
    """One command and those below it."""
    context = typer.Context(command, info_name=name, parent=parent)
    given = (one for one in command.params if one.param_type_name == "argument")
    arguments = " ".join(one.metavar or one.name.upper() for one in given)
    yield f".SS {escape(f'{name} {arguments}'.strip())}"
    yield from to_roff(command.help or "")
    yield from describe_parameters(command)
    for below in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from describe_command(command.get_command(context, below), parent, f"{name} {below}")


def describe_parameters(command: Any) -> Iterator[str]:
    """A paragraph for each option and each argument that has something to say."""
    for one in command.params:
        if not getattr(one, "help", None) or getattr(one, "hidden", False):
            continue
        names = [one.metavar] if one.param_type_name == "argument" else [*one.opts, *one.secondary_opts]
        value = f" {one.metavar}" if one.metavar and one.param_type_name == "option" else ""
        yield ".TP"
        yield f"\\fB{escape(', '.join(filter(None, names)))}\\fR{escape(value)}"
        yield escape(" ".join(one.help.split()))


def exit_codes() -> str:
    """As the program's own docstring lists them."""
    return re.search(r"Exit codes: (.*?)\n\n", main.__doc__ or "", re.DOTALL)[1]  # type: ignore[index]


def to_roff(text: str) -> Iterator[str]:
    """The paragraphs, lists and indented examples of a help text."""
    for number, block in enumerate(re.split(r"\n\s*\n", text.replace("\b", "").strip())):
        lines = block.split("\n")
        if number:
            yield ".PP"
        if lines[0].startswith("- "):
            yield from (part for line in lines for part in (r".IP \(bu 2", escape(line.strip().removeprefix("- "))))
            continue
        prose = [line for line in lines if not line.startswith("    ")]
        examples = [line.strip() for line in lines if line.startswith("    ")]
        if prose:
            yield escape(" ".join(line.strip() for line in prose))
        if examples:
            yield from (".RS 4", ".nf", *(escape(line) for line in examples), ".fi", ".RE")


def escape(text: str) -> str:
    """Text as roff takes it literally, `code` in bold; a line must not begin like a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    escaped = re.sub(r"`([^`]*)`", r"\\fB\1\\fR", escaped)
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    write_all()
