"""How values look on a terminal: one place for colours, marks and money."""

from __future__ import annotations

import os
import sys
from decimal import Decimal

from rich.console import Console
from rich.text import Text

from invoicewatch.answers.safe import make_printable

PIPE_WIDTH = 140
_STATUS = {
    "accepted": ("accepted", "green"),
    "needs_review": ("review", "yellow"),
    "failed": ("failed", "red"),
    "duplicate": ("duplicate", "dim"),
}


def make_console() -> Console:
    """Standard output: as wide as the terminal that a person looks at, if only through `| head`; else wide."""
    return Console(width=_width(), highlight=False, markup=False, emoji=False)


def _width() -> int | None:
    if sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return int(os.environ.get("COLUMNS") or PIPE_WIDTH)


def status_text(status: str) -> Text:
    """A status in its colour."""
    name, style = _STATUS.get(status, (status, ""))
    return Text(make_printable(name), style=style)


def money_text(total: Decimal | None, currency: str | None, *, verified: bool) -> Text:
    """An amount with thousands set off; a tick where total and date are proved."""
    if total is None:
        return Text("no total", style="dim")
    text = Text(f"{total:,f}")
    if currency:
        text.append(f" {make_printable(currency)}", style="dim")
    return text.append(" ✓", style="green") if verified else text.append("  ")


def plain(text: str | None, style: str = "") -> Text:
    """Text from a document, harmless; a dash where there is none."""
    return Text(make_printable(text), style=style) if text else Text("-", style="dim")
