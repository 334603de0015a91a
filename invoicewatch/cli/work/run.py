"""``invoicewatch run``: the daemon."""

from __future__ import annotations

import os

import typer  # noqa: TC002 - typer reads the annotations at run time

from invoicewatch.cli.context import get_state
from invoicewatch.config import Config, load_config


def run(ctx: typer.Context) -> None:
    """Watch the inboxes and process what arrives, until stopped.

    Files that lie there already and files that come later are taken once they have been quiet for `settle_s`
    seconds. Each is read, recorded, and its original moved to `archive/YYYY/MM/`; what cannot be read goes to
    `set-aside/` with a reason beside it.

    Stop it with Ctrl-C or SIGTERM: it ends within seconds and goes on where it was when it starts again.
    SIGHUP reads the configuration again. There is one daemon for each state folder.
    """
    from invoicewatch.daemon.service import run_service

    state = get_state(ctx)

    def load() -> Config:
        return load_config(state.config_file).config

    run_service(load, os.environ)
