"""CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from invoicewatch.answers.safe import escape_formula, make_printable
from invoicewatch.store.database.times import format_utc
from invoicewatch.store.figures.flat_rows import Column, Value


@dataclass(frozen=True, slots=True)
class Figures:
    """One table of an export: its name in the singular, its columns, and its rows, which can be walked once."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[tuple[Value, ...]]


def write_csv(figures: Figures, out: IO[str]) -> None:
    """A header, then the rows: plain decimals, ISO dates; no text can become a formula."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in figures.columns)
    for row in figures.rows:
        writer.writerow(_cell(value) for value in row)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    text = to_text(value)
    return escape_formula(make_printable(text)) if isinstance(value, str) else text


def write_json(figures: Figures, out: IO[str]) -> None:
    """An array of objects, one a line; money is text, for JSON's numbers are binary fractions to most readers."""
    out.write("[")
    for number, row in enumerate(figures.rows):
        values = {column.name: _plain(value) for column, value in zip(figures.columns, row, strict=True)}
        out.write(("," if number else "") + "\n" + json.dumps(values, ensure_ascii=True))
    out.write("\n]\n")


def _plain(value: Value) -> Any:
    return value if value is None or isinstance(value, bool | int) else to_text(value)


def to_text(value: str | int | bool | Decimal | date | datetime) -> str:
    """The canonical text: plain decimal, ISO 8601, ``true`` and ``false``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return format_utc(value)
    return value.isoformat() if isinstance(value, date) else str(value)
