"""What is promised of accepted documents, below the sums."""

from __future__ import annotations

from pathlib import Path

from invoicewatch.answers.health.promise import describe_looks, describe_promise, find_promise, read_looks
from invoicewatch.cli.render import make_console, plain
from invoicewatch.config import Config


def print_promise(config: Config) -> None:
    """The promise and its bound, and how accepted documents fared here when somebody looked at them."""
    console = make_console()
    console.print(plain(f"Promised: {describe_promise(find_promise(config.extract.accepted_error))}", style="dim"))
    looks = read_looks(Path(config.paths.state))
    if looks is not None:
        console.print(plain(f"Here: {describe_looks(looks)}", style="dim"))
