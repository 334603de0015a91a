"""Excel workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from invoicewatch.answers.export.plain import Figures
from invoicewatch.answers.safe import make_printable
from invoicewatch.store.figures.flat_rows import Value

_FORMATS = {"money": "#,##0.00", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
_WIDTHS = {"money": 12, "date": 12, "moment": 17, "text": 22}
_LONGEST_CELL = 32_767


def write_xlsx(tables: Iterable[Figures], path: Path) -> None:
    """A sheet each, with a frozen header and a filter: amounts are numbers, dates are dates, texts are texts."""
    book = Workbook(write_only=True)
    for figures in tables:
        _write_sheet(book, figures)
    book.save(path)


def _write_sheet(book: Workbook, figures: Figures) -> None:
    columns = figures.columns
    sheet = book.create_sheet(f"{figures.name}s")
    sheet.freeze_panes = "B2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[_letters(number)].width = _WIDTHS.get(column.kind, 9)
    sheet.append([_head(sheet, column.name) for column in columns])
    count = 1
    for row in figures.rows:
        sheet.append([_cell(sheet, column.kind, value) for column, value in zip(columns, row, strict=True)])
        count += 1
    sheet.auto_filter.ref = f"A1:{_letters(len(columns))}{count}"


def _letters(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _head(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, kind: str, value: Value) -> Any:
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=make_printable(value)[:_LONGEST_CELL])
        # openpyxl takes a text that begins with an equals sign for a formula, unless it is told that it is text.
        cell.data_type = "s"
        return cell
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)  # Excel knows no time zones; the column is UTC
    cell = WriteOnlyCell(sheet, value=float(value) if isinstance(value, Decimal) else value)
    cell.number_format = _FORMATS.get(kind, "General")
    return cell
