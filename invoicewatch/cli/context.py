"""What every command is handed: the configuration, loaded when it is first asked for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

    from invoicewatch.config import Config, LoadedConfig
    from invoicewatch.workers.interpreter import Interpreter


@dataclass
class CliState:
    """The global options, and what follows from them; ``ctx.obj`` of every command.

    ``ahead`` is a worker's process that was started before the command was looked at, if it is one that needs it.
    """

    config_file: Path | None = None
    debug: bool = False
    ahead: Interpreter | None = None

    @cached_property
    def loaded(self) -> LoadedConfig:
        """The effective settings and their origins. Raises ConfigError."""
        from invoicewatch.config import load_config

        loaded = load_config(self.config_file)
        for warning in loaded.warnings:
            sys.stderr.write(f"Warning: {warning}\n")
        return loaded

    @property
    def config(self) -> Config:
        """The effective settings. Raises ConfigError."""
        return self.loaded.config

    @property
    def state_dir(self) -> Path:
        """The folder of the database, the lock and the spool."""
        return Path(self.config.paths.state)


def get_state(ctx: typer.Context) -> CliState:
    """The state of the running command."""
    state = ctx.find_object(CliState)
    assert state is not None, "main() always sets it"
    return state
