"""The man page and the completions, made from the command line as `make install` makes them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from invoicewatch.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def share(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("share")
    subprocess.run([sys.executable, str(ROOT / "scripts" / "make_manual.py"), str(folder)], check=True, cwd="/")
    return folder


def walk(command: Any, parent: typer.Context | None, name: str) -> Iterator[tuple[str, Any]]:
    """Every command with its full name, the program itself first."""
    context = typer.Context(command, info_name=name, parent=parent)
    yield context.command_path, command
    for below in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from walk(command.get_command(context, below), context, below)


def test_the_man_page_is_sound_roff(share):
    page = share / "man/man1/invoicewatch.1"
    done = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "error", str(page)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_man_page_names_every_command_and_every_option(share):
    page = share / "man/man1/invoicewatch.1"
    text = subprocess.run(
        ["mandoc", "-T", "ascii", "-O", "width=400", str(page)], capture_output=True, check=True
    ).stdout
    plain = subprocess.run(["col", "-bx"], input=text, capture_output=True, check=True).stdout.decode()
    commands = list(walk(get_command(app), None, "invoicewatch"))
    names = [name.removeprefix("invoicewatch ") for name, _ in commands[1:]]
    assert [name for name in names if f"\n   {name}" not in plain] == []
    options = {option for _, command in commands for one in command.params if one.help for option in one.opts}
    assert [option for option in sorted(options) if option.startswith("-") and option not in plain] == []


def test_bash_completes_commands(share):
    script = f"""
    source {share}/bash-completion/completions/invoicewatch
    COMP_WORDS=(invoicewatch sea) COMP_CWORD=1
    _invoicewatch_completion invoicewatch
    echo "${{COMPREPLY[@]}}"
    """
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["search"]


def test_the_completions_begin_as_their_shells_expect(share):
    assert (
        (share / "zsh/site-functions/_invoicewatch").read_text(encoding="utf-8").startswith("#compdef invoicewatch\n")
    )
    assert "complete --command invoicewatch" in (share / "fish/vendor_completions.d/invoicewatch.fish").read_text()
