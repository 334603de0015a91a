"""Sums as a table with bars."""

from __future__ import annotations

from decimal import Decimal

from rich.table import Table
from rich.text import Text

from invoicewatch.answers.find.sums import Sums
from invoicewatch.cli.render import make_console, plain

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_WIDEST = 40
_OTHERS = 52


def print_stats(sums: Sums, by: str) -> None:
    """A line a group and currency."""
    console = make_console()
    if not sums.lines:
        console.print(plain("nothing to sum up", style="dim"))
        return
    largest: dict[str | None, Decimal] = {}
    for one in sums.lines:
        largest[one.currency] = max(largest.get(one.currency, Decimal(0)), one.total)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(by.capitalize(), overflow="ellipsis", no_wrap=True, max_width=_OTHERS // 2)
    table.add_column("Invoices", justify="right", no_wrap=True)
    table.add_column("Total", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    width = max(8, min(_WIDEST, console.width - _OTHERS - 8))
    for one in sums.lines:
        total = Text(f"{one.total:,f}").append(f" {one.currency or '???'}", style="dim")
        bar = Text(make_bar(one.total, largest[one.currency], width), style="cyan")
        table.add_row(plain(one.group), Text(f"{one.count:,}"), total, bar)
    console.print(table)
    if sums.left_out:
        console.print(plain(f"{sums.left_out} more lines with --limit", style="dim"))


def make_bar(value: Decimal, largest: Decimal, width: int) -> str:
    """A bar as long as ``value`` is of ``largest``, to an eighth of a character; nothing for what is not positive."""
    if value <= 0 or largest <= 0:
        return ""
    eighths = round(value / largest * width * 8)
    return "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "")
