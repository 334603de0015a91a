"""The entry point, and the outer edge at which every error becomes one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from invoicewatch.answers.safe import make_printable
from invoicewatch.errors import InvoicewatchError

if TYPE_CHECKING:
    from invoicewatch.cli.context import CliState
    from invoicewatch.workers.interpreter import Interpreter


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit.

    Exit codes: 0 done, 1 a document failed, 2 usage or configuration, 3 a dependency or the model, 4 the store,
    130 interrupted.

    Args:
        arguments: Those after the program's name; the process's own if None.
    """
    ahead = _start_ahead(sys.argv[1:] if arguments is None else arguments)
    from invoicewatch.cli.context import CliState

    state = CliState(ahead=ahead)
    try:
        _run(arguments, state)
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


def _start_ahead(arguments: Sequence[str]) -> Interpreter | None:
    """The worker of a command that needs one; it has most to load, so it begins before anything else is known."""
    if [*arguments[:1]] != ["process"]:
        return None
    from invoicewatch.workers.interpreter import AHEAD, Interpreter

    return Interpreter.start(AHEAD)


def _run(arguments: Sequence[str] | None, state: CliState) -> None:
    from typer.main import get_command

    from invoicewatch.cli.app import app

    get_command(app)(args=arguments, prog_name="invoicewatch", obj=state)


def _fail(text: str, state: CliState, exit_code: int) -> NoReturn:
    if state.debug:
        import traceback

        traceback.print_exc()
    line = make_printable(f"invoicewatch: {' '.join(text.split())}")
    print(line, file=sys.stderr)  # noqa: T201 - the one line a person gets
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
