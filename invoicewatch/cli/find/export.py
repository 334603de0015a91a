"""``invoicewatch export``."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from invoicewatch.answers.atomic import replace_file
from invoicewatch.answers.exporters.plain import Figures, write_csv, write_json
from invoicewatch.cli import options
from invoicewatch.cli.context import get_state
from invoicewatch.errors import ConfigError
from invoicewatch.store.figures.flat_rows import read_figures
from invoicewatch.store.records.query import open_reader
from invoicewatch.store.search.find import list_ids
from invoicewatch.store.search.query_text import parse_query


class Format(StrEnum):
    """What kind of file."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    SQLITE = "sqlite"
    PARQUET = "parquet"


_SUFFIXES = {".db": Format.SQLITE, ".sqlite3": Format.SQLITE} | {f".{each}": each for each in Format}


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
    format and only ever grow at the end: id, the thirteen fields, status, verified, pages, file_name, path, inbox,
    arrived, sha256, and part, first_page, last_page where one file holds several. Amounts are numbers and dates
    are dates; text from a document cannot become a formula.

    Examples:
    - `invoicewatch export -o 2024.xlsx date:2024`
    - `invoicewatch export -f csv --seller acme --verified`
    """
    today = options.today_here()
    query = parse_query(" ".join(text or ()), today)
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
    query = replace(query, filters=query.filters.merged(narrowed))
    chosen = kind or _SUFFIXES.get(output.suffix.lower() if output else "", Format.CSV)
    with open_reader(get_state(ctx).state_dir) as reader:
        ids = list_ids(reader, query)
        _write(read_figures(reader, ids), chosen, output)
    if output is not None:
        typer.echo(f"{len(ids):,} invoices written to {output}.", err=True)


def _write(rows: Figures, kind: Format, output: Path | None) -> None:
    plain = {Format.CSV: write_csv, Format.JSON: write_json}
    if output is None:
        if kind not in plain:
            raise ConfigError(f"{kind} is no text", remedy="Name a file with --output.")
        plain[kind](rows, sys.stdout)
        return
    with replace_file(output) as path:
        if kind in plain:
            with path.open("w", encoding="utf-8", newline="") as out:
                plain[kind](rows, out)
        else:
            _write_binary(rows, kind, path)


def _write_binary(rows: Figures, kind: Format, path: Path) -> None:
    if kind is Format.XLSX:
        from invoicewatch.answers.exporters.excel import write_xlsx

        write_xlsx(rows, path)
    else:
        from invoicewatch.answers.exporters.tables import write_parquet, write_sqlite

        (write_sqlite if kind is Format.SQLITE else write_parquet)(rows, path)
