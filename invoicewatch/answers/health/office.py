"""Who is taken for the office itself, which sells nothing of what it receives."""

from __future__ import annotations

from pathlib import Path

from invoicewatch.answers.health.check import Check, Verdict, report_broken
from invoicewatch.config import Config
from invoicewatch.errors import InvoicewatchError
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.database.schema import database_path
from invoicewatch.store.memory.office import find_office

_NAME = "office"


def check_office(config: Config) -> Check:
    """The names in the settings, else the one that most documents have as their buyer, else that nobody is known."""
    if config.office.names:
        return Check(_NAME, Verdict.OK, f"{', '.join(config.office.names)}, by the settings")
    state_dir = Path(config.paths.state)
    unknown = Check(_NAME, Verdict.OK, "not named, and not yet learned from the documents")
    if not database_path(state_dir).exists():
        return unknown
    try:
        with open_reader(state_dir) as reader:
            learned = find_office(reader)
    except InvoicewatchError as exc:
        return report_broken(_NAME, exc)
    if learned is None:
        return unknown
    told = f"the buyer on {learned.documents} of the latest {learned.of} documents that name one"
    return Check(_NAME, Verdict.OK, f"{learned.name}, {told}", "If that is not you, set [office] names.")
