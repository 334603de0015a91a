"""The formats there are, and how records get into a file of one of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import IO

from invoicewatch.answers.atomic import replace_file
from invoicewatch.answers.export.plain import Figures, write_csv, write_json
from invoicewatch.errors import ConfigError
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.figures.flat_rows import read_figures
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


def export_records(state_dir: Path, query: Query, kind: Format, output: Path | IO[str]) -> int:
    """Write the records that a query finds; how many.

    Args:
        state_dir: The folder of the database.
        query: Which records.
        kind: The format.
        output: A file, which is written whole or not at all, or a stream of text.

    Raises:
        ConfigError: The file cannot be written, or the format is no text and is to go to a stream.
        DependencyError: The format needs a library that is not installed.
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        ids = list_ids(reader, query)
        rows = read_figures(reader, ids)
        if isinstance(output, Path):
            _write_file(rows, kind, output)
        else:
            _write_stream(rows, kind, output)
    return len(ids)


def _write_stream(rows: Figures, kind: Format, out: IO[str]) -> None:
    if kind not in _PLAIN:
        raise ConfigError(f"{kind} is no text", remedy="Name a file with --output.", code="no_text")
    _PLAIN[kind](rows, out)


def _write_file(rows: Figures, kind: Format, file: Path) -> None:
    with replace_file(file) as path:
        if kind in _PLAIN:
            with path.open("w", encoding="utf-8", newline="") as out:
                _PLAIN[kind](rows, out)
        else:
            _write_binary(rows, kind, path)


def _write_binary(rows: Figures, kind: Format, path: Path) -> None:
    if kind is Format.XLSX:
        from invoicewatch.answers.export.excel import write_xlsx

        write_xlsx(rows, path)
    else:
        from invoicewatch.answers.export.tables import write_parquet, write_sqlite

        (write_sqlite if kind is Format.SQLITE else write_parquet)(rows, path)
