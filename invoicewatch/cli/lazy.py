"""The list of commands, and a group that imports a command's module only when that command is run.

``search`` must answer at once, so it must not pay for what ``run`` or ``process`` import.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from invoicewatch.cli.plain_values import spare_checks

if TYPE_CHECKING:
    from collections.abc import Mapping

DAILY = "Every day"
FIGURES = "The figures"
SERVICE = "The daemon"
UPKEEP = "Setting up and upkeep"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of ``invoicewatch --help``. ``module`` holds a function named like the command, or ``app``."""

    module: str
    summary: str
    panel: str


COMMANDS: Mapping[str, Entry] = {
    "search": Entry(
        "find.search", "Find invoices by any word on them, a number, a seller, an amount or a date.", DAILY
    ),
    "list": Entry("find.list", "List invoices, newest first, as a table or as data.", DAILY),
    "show": Entry(
        "find.show", "Show one invoice: its fields with their evidence, its text, and what was corrected.", DAILY
    ),
    "validate": Entry("find.validate", "Check an e-invoice against the schema and the rules of its format.", DAILY),
    "process": Entry(
        "work.process", "Read files or folders now, without the daemon, and leave them where they are.", DAILY
    ),
    "review": Entry("answer.review", "Go through what needs an eye, field by field, with its evidence.", DAILY),
    "set": Entry("answer.set", "Say what is right; your values win over the machine's for good.", DAILY),
    "export": Entry("find.export", "Write invoices to a file: CSV, JSON, Excel, SQLite or Parquet.", FIGURES),
    "stats": Entry("find.stats", "Sum up by month and seller, with totals by currency and a chart.", FIGURES),
    "web": Entry("web.commands", "Serve the page: review, inbox and search in the browser.", DAILY),
    "run": Entry("work.run", "Watch the inboxes and process what arrives, until stopped.", SERVICE),
    "status": Entry("work.status", "Say what the daemon is doing, what waits, and what failed.", SERVICE),
    "retry": Entry("work.retry", "Give documents that failed another try.", SERVICE),
    "service": Entry("systemd.service", "Install, remove or inspect the systemd service.", SERVICE),
    "cluster": Entry("cluster.commands", "Have other machines read documents for this one.", SERVICE),
    "reprocess": Entry("work.reprocess", "Read documents again with today's versions, and show what changes.", UPKEEP),
    "memory": Entry("upkeep.memory", "Show what is remembered of sellers, or forget it.", UPKEEP),
    "forget": Entry("upkeep.forget", "Erase an invoice for good, with its original.", UPKEEP),
    "log": Entry("upkeep.log", "Show what people changed: who, when, and what counted before.", UPKEEP),
    "backup": Entry("upkeep.backup", "Copy the live database to a file.", UPKEEP),
    "restore": Entry("upkeep.restore", "Put a backup in the database's place.", UPKEEP),
    "check": Entry("upkeep.check", "Compare ledger, records and files, and mend what is safe.", UPKEEP),
    "doctor": Entry("upkeep.doctor", "Check everything that is needed, and say how to mend what is not right.", UPKEEP),
    "config": Entry("upkeep.config", "Show the settings in force and where each comes from.", UPKEEP),
    "model": Entry("models.commands", "Fetch, list or measure the language model.", UPKEEP),
}


class PlainCommand(TyperCommand):
    """A command whose options are not checked by pydantic where they are plain."""

    def get_params(self, ctx: Any) -> Any:
        """Its parameters, the one for help included."""
        return spare_checks(super().get_params(ctx))


class LazyGroup(TyperGroup):
    """The root group. Listing uses the table above; running imports one module."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        # What is listed: enough to write the help, and to suggest a name for a misspelt one.
        for name, entry in COMMANDS.items():
            self.commands[name] = TyperCommand(name, help=entry.summary, rich_help_panel=entry.panel)
        self._listing = False

    def get_params(self, ctx: Any) -> Any:
        """The global options; plain ones are not checked by pydantic."""
        return spare_checks(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command, imported; while help is written, only its line of help."""
        if self._listing or cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        return load_command(cmd_name, COMMANDS[cmd_name])

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help without importing a single command."""
        self._listing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._listing = False


def load_command(name: str, entry: Entry) -> Any:
    """Import a command's module and wrap its function, or take its sub-app."""
    module = importlib.import_module(f"invoicewatch.cli.{entry.module}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, rich_markup_mode="markdown")
        app.command(name, cls=PlainCommand)(getattr(module, _function_name(name)))
    command = get_command(app)
    command.name = name
    return command


def _function_name(command: str) -> str:
    """``list`` and ``set`` are built-ins' names: their functions end in an underscore."""
    return f"{command}_" if command in {"list", "set"} else command.replace("-", "_")
