"""Lines and tax by rate for people: two tables, their money as it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.table import Table
from rich.text import Text

from invoicewatch.cli.render import plain
from invoicewatch.records import Invoice, InvoiceLine, TaxByRate


def list_item_tables(invoice: Invoice) -> Iterator[Table]:
    """The lines and the tax by rate, where there are any."""
    if invoice.lines:
        yield make_line_table(invoice.lines)
    if invoice.taxes:
        yield make_tax_table(invoice.taxes)


def make_line_table(lines: Sequence[InvoiceLine]) -> Table:
    """A row a line; a tick where it is proved."""
    gross = all(line.net is None for line in lines)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Line", justify="right", no_wrap=True)
    table.add_column("What", ratio=1, overflow="fold")
    for title in ("Quantity", "Price", "Tax", "With tax" if gross else "Net"):
        table.add_column(title, justify="right", no_wrap=True)
    for number, line in enumerate(lines, start=1):
        amount = _write(line.amount).append_text(_tick(verified=line.verified))
        quantity = _write(line.quantity)
        if line.unit:
            quantity.append(" ").append_text(plain(line.unit, style="dim"))
        table.add_row(
            str(number), plain(line.description), quantity, _write(line.unit_price), _write_rate(line.rate), amount
        )
    return table


def make_tax_table(taxes: Sequence[TaxByRate]) -> Table:
    """A row a rate; a tick where it is proved."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Tax by rate", "Base", "Tax"):
        table.add_column(title, justify="right", no_wrap=True)
    for tax in taxes:
        rate = _write_rate(tax.rate)
        if tax.category:
            rate.append(" ").append_text(plain(tax.category, style="dim"))
        table.add_row(rate, _write(tax.base), _write(tax.tax).append_text(_tick(verified=tax.verified)))
    return table


def _write(value: Decimal | None) -> Text:
    return Text("" if value is None else f"{value:,f}")


def _write_rate(rate: Decimal | None) -> Text:
    return Text("" if rate is None else f"{rate.normalize():f} %")


def _tick(*, verified: bool) -> Text:
    return Text(" ✓", style="green") if verified else Text("  ")
