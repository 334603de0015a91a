"""The command line as it is put together: the global options, and the group of all commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from invoicewatch import __version__
from invoicewatch.cli.context import CliState
from invoicewatch.cli.lazy import LazyGroup

_EPILOG = """
Start with `invoicewatch doctor`; then `invoicewatch run` watches the inbox, and `invoicewatch search acme` finds.
`invoicewatch COMMAND --help` says more about each command.
"""

app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"invoicewatch {__version__}")  # noqa: T201 - the answer, for people and scripts
        raise typer.Exit


@app.callback()
def invoicewatch(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", envvar="INVOICEWATCH_CONFIG", help="Use this configuration file."),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback where something goes wrong.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Turn a folder of scanned invoices into figures that can be trusted, on your own machine.

    Drop a scan into an inbox; seconds later it can be searched, with its total, its date and its seller, each
    pointing at the place on the page that it was read from.
    """
    del version
    state = ctx.ensure_object(CliState)
    state.config_file = config
    state.debug = debug
