"""The formats there are, and how records get into a file of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO

from invoicewatch.answers.atomic import replace_file
from invoicewatch.answers.export.plain import Figures, write_csv, write_json
from invoicewatch.errors import ConfigError
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.figures.flat_rows import COLUMNS, read_figures
from invoicewatch.store.figures.line_rows import LINE_COLUMNS, read_line_figures
from invoicewatch.store.search.find import list_ids
from invoicewatch.store.search.query_text import Query


class Format(StrEnum):
    """What kind of file."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    SQLITE = "sqlite"
    PARQUET = "parquet"


_SUFFIXES = {".db": Format.SQLITE, ".sqlite3": Format.SQLITE} | {f".{each}": each for each in Format}
_PLAIN = {Format.CSV: write_csv, Format.JSON: write_json}


def guess_format(file: Path | None) -> Format:
    """The format that a file's name asks for; CSV where it asks for none."""
    return _SUFFIXES.get(file.suffix.lower() if file else "", Format.CSV)


def export_records(
    state_dir: Path,
    query: Query,
    kind: Format,
    output: Path | IO[str],
    *,
    lines: bool = False,
    most: int | None = None,
) -> int:
    """Write the records that a query finds; how many.

    Args:
        state_dir: The folder of the database.
        query: Which records.
        kind: The format.
        output: A file, which is written whole or not at all, or a stream of text.
        lines: Of formats that hold one table, write the lines of the records instead; the others hold both.
        most: How many records may be written; nothing is where more are found.

    Raises:
        ConfigError: Too many are found, the file cannot be written, or the format is no text and is to go to a stream.
        DependencyError: The format needs a library that is not installed.
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        ids = list_ids(reader, query)
        if most is not None and len(ids) > most:
            remedy = f"Narrow the search down to {most:,}, or use `invoicewatch export` on the machine."
            raise ConfigError(f"{len(ids):,} records are too many", remedy=remedy, code="too_many_hits")
        invoices = Figures("invoice", COLUMNS, read_figures(reader, ids))
        goods = Figures("line", LINE_COLUMNS, read_line_figures(reader, ids))
        tables = (goods, invoices) if lines else (invoices, goods)
        if isinstance(output, Path):
            _write_file(tables, kind, output)
        else:
            _write_stream(tables[0], kind, output)
    return len(ids)


def _write_stream(figures: Figures, kind: Format, out: IO[str]) -> None:
    if kind not in _PLAIN:
        raise ConfigError(f"{kind} is no text", remedy="Name a file with --output.", code="no_text")
    _PLAIN[kind](figures, out)


def _write_file(tables: Sequence[Figures], kind: Format, file: Path) -> None:
    with replace_file(file) as path:
        if kind in _PLAIN:
            with path.open("w", encoding="utf-8", newline="") as out:
                _PLAIN[kind](tables[0], out)
        else:
            _write_binary(tables, kind, path)


def _write_binary(tables: Sequence[Figures], kind: Format, path: Path) -> None:
    if kind is Format.XLSX:
        from invoicewatch.answers.export.excel import write_xlsx

        write_xlsx(tables, path)
    elif kind is Format.SQLITE:
        from invoicewatch.answers.export.tables import write_sqlite

        write_sqlite(tables, path)
    else:
        from invoicewatch.answers.export.tables import write_parquet

        write_parquet(tables[0], path)
