"""The entry point: global options, and the outer edge at which every error becomes one line and an exit code."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.main import get_command

from invoicewatch import __version__
from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.context import CliState
from invoicewatch.cli.lazy import LazyGroup
from invoicewatch.errors import InvoicewatchError

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


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit.

    Exit codes: 0 done, 1 a document failed, 2 usage or configuration, 3 a dependency or the model, 4 the store,
    130 interrupted.

    Args:
        arguments: Those after the program's name; the process's own if None.
    """
    state = CliState()
    try:
        get_command(app)(args=arguments, prog_name="invoicewatch", obj=state)
    except InvoicewatchError as exc:
        _fail(f"{exc.message.rstrip('.')}. {exc.remedy}", state, exc.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader went away (`| head`). Python would fail again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as exc:  # noqa: BLE001 - the CLI's outer edge: a person gets a line, `--debug` the traceback
        _fail(f"unexpected {type(exc).__name__}: {exc}. Run it again with --debug and report what it shows.", state, 1)
    sys.exit(0)


def _fail(text: str, state: CliState, exit_code: int) -> NoReturn:
    if state.debug:
        traceback.print_exc()
    line = make_printable(f"invoicewatch: {' '.join(text.split())}")
    print(line, file=sys.stderr)  # noqa: T201 - the one line a person gets
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
