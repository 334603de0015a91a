"""``invoicewatch export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.export.formats import Format, export_records, guess_format
from invoicewatch.answers.find.filters import make_query, today_here
from invoicewatch.cli import options
from invoicewatch.cli.context import get_state


def export(  # noqa: PLR0913 - one parameter an option, as typer wants it
    ctx: typer.Context,
    text: Annotated[list[str] | None, typer.Argument(metavar="TEXT...", help="As for `search`; else all.")] = None,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; else standard output.")
    ] = None,
    kind: Annotated[
        Format | None, typer.Option("--format", "-f", help="The format; else by the file's name, else csv.")
    ] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="The lines of the invoices, a row each; Excel and SQLite hold both anyway.")
    ] = False,
    date_from: options.From = "",
    date_to: options.To = "",
    minimum: options.Min = "",
    maximum: options.Max = "",
    currency: options.Currency = "",
    seller: options.Seller = "",
    status: options.StatusIs = None,
    verified: options.Verified = None,
    inbox: options.Inbox = "",
    since: options.Since = "",
) -> None:
    """Write invoices to a file: CSV, JSON, Excel, SQLite or Parquet.

    One row an invoice, with the values that count (a person's before the machine's). The columns are the same in every
    format and only ever grow at the end: id, the first thirteen fields, status, verified, pages, file_name, path,
    inbox, arrived, sha256, part, first_page and last_page where one file holds several, then the fields that were added
    since: seller_tax_number, tax_inclusive_total, rounding, prepaid and payment_reference. Amounts are numbers and
    dates are dates; text from a document cannot become a formula.

    With `--lines` it is one row a line of goods: id, seller, number, date and currency of the invoice, the number of
    the line, description, quantity, unit, unit price, net, gross, rate, verified and page. An Excel file has them on a
    second sheet, an SQLite file in a second table.

    Examples:
    - `invoicewatch export -o 2024.xlsx date:2024`
    - `invoicewatch export -f csv --seller acme --verified`
    - `invoicewatch export --lines -o goods.csv seller:acme`
    """
    today = today_here()
    narrowed = options.read_filters(
        today=today,
        date_from=date_from,
        date_to=date_to,
        minimum=minimum,
        maximum=maximum,
        currency=currency,
        seller=seller,
        status=status,
        verified=verified,
        inbox=inbox,
        since=since,
    )
    query = make_query(" ".join(text or ()), narrowed, today)
    count = export_records(
        get_state(ctx).state_dir, query, kind or guess_format(output), output or sys.stdout, lines=lines
    )
    if output is not None:
        typer.echo(f"{count:,} invoices written to {output}.", err=True)
