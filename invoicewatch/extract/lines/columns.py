"""Which column each figure of a row belongs to, and which words are the description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.lines.draft import AMOUNT_ROLES, ColumnRole
from invoicewatch.extract.lines.headings import Column, Heading
from invoicewatch.extract.page.layout import Row
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.records import Box, Word

_TEXT_ROLES = frozenset({ColumnRole.DESCRIPTION, ColumnRole.UNIT})
_LEFT_OF_TEXT = frozenset({ColumnRole.POSITION, ColumnRole.CODE})
_PERCENT_ROLES = frozenset({ColumnRole.RATE, ColumnRole.LINE_DISCOUNT})
_LONGEST_UNIT = 3
_FLUSH_CHARS = 2.0
_WORDS_BEHIND = 2  # a unit or a currency; more are a text that begins with a figure

Figures = Mapping[ColumnRole, Amount]


@dataclass(frozen=True, slots=True)
class Zone:
    """The part of the page that descriptions take, from ``left`` to ``right``."""

    left: float
    right: float


def assign_figures(sheet: Sheet, n: int, heading: Heading) -> dict[ColumnRole, Amount]:
    """The figures of row ``n`` by column; of two in one column the last stays."""
    text = heading.find_column(ColumnRole.DESCRIPTION)
    found: dict[ColumnRole, Amount] = {}
    for amount in sheet.amounts[n]:
        column = _choose_column(amount, heading.columns, text)
        if column is not None:
            found[column.role] = amount
        elif amount.is_money and not AMOUNT_ROLES & heading.roles and amount.box.x0 > heading.columns[-1].x1:
            found[ColumnRole.LINE_NET] = amount
        elif ColumnRole.QUANTITY not in heading.roles and amount.box.x1 < heading.columns[0].x0:
            found[ColumnRole.QUANTITY] = amount  # its heading is no word: #
    return found


def _choose_column(amount: Amount, columns: Sequence[Column], text: Column | None) -> Column | None:
    box = amount.box
    holders = [column for column in columns if column.role not in _TEXT_ROLES and _takes(column, amount)]
    over = [column for column in holders if min(column.x1, box.x1) > max(column.x0, box.x0)]
    if over:
        return max(over, key=lambda column: min(column.x1, box.x1) - max(column.x0, box.x0))
    if not _stands_alone(amount) or (text is not None and _is_under(box, text)):
        return None
    if text is not None:
        right = box.x0 > text.x0
        holders = [column for column in holders if (column.x0 > text.x0) == right]
    return min(holders, key=lambda column: max(column.x0 - box.x1, box.x0 - column.x1), default=None)


def _takes(column: Column, amount: Amount) -> bool:
    return column.role in _PERCENT_ROLES if amount.percent else True


def _stands_alone(amount: Amount) -> bool:
    """Whether a blank parts it from the words before it, and no text goes on behind it."""
    row = amount.row
    begin, _ = row.cell_at(amount.first)
    _, end = row.cell_at(amount.last - 1)
    if end - amount.last > _WORDS_BEHIND and not amount.percent:
        return False
    return amount.first == begin or any(char.isdigit() for char in row.words[amount.first - 1].text)


def find_zone(heading: Heading, figures: Sequence[Figures], rows: Sequence[Row], char_width: float) -> Zone:
    """The zone of descriptions, from the headings and from the figures under them."""
    text = heading.find_column(ColumnRole.DESCRIPTION)
    at = text.x0 if text is not None else 0.0
    after = [column for column in heading.columns if column.x0 > at and column.role is not ColumnRole.DESCRIPTION]
    if text is None:
        after = [column for column in after if column.role not in _LEFT_OF_TEXT]
    right = min((_find_start(column, figures, at) for column in after), default=1.0)
    return Zone(_find_left(heading, text, rows, char_width), right)


def _find_start(column: Column, figures: Sequence[Figures], at: float) -> float:
    """Where a column begins: at its figures, which may stand aside of its heading; at the heading if it has none."""
    starts = [each[column.role].box.x0 for each in figures if column.role in each]
    return min((start for start in starts if start > at), default=column.x0)


def _find_left(heading: Heading, text: Column | None, rows: Sequence[Row], char_width: float) -> float:
    """Where texts begin: at their heading, if any does; else right of the heading before."""
    before = [column for column in heading.columns if text is not None and column.x1 <= text.x0]
    if text is None:
        before = [column for column in heading.columns if column.role in _LEFT_OF_TEXT]
        return max((column.x1 for column in before), default=0.0)
    starts = (row.words[first].box.x0 for row in rows for first, _ in row.cells)
    flush = any(abs(start - text.x0) < _FLUSH_CHARS * char_width for start in starts)
    if flush and before:
        return text.x0 - _FLUSH_CHARS * char_width
    return max((column.x1 for column in before), default=0.0)


def list_words(row: Row, zone: Zone, figures: Figures) -> list[Word]:
    """The words of a row that are description: in the zone, and no part of a figure."""
    used = {index for amount in figures.values() for index in range(amount.first, amount.last)}
    return [
        word
        for index, word in enumerate(row.words)
        if index not in used and zone.left <= word.box.middle[0] < zone.right and word.box.x0 >= zone.left
    ]


def list_unit(row: Row, heading: Heading, quantity: Amount | None) -> list[Word]:
    """The words of the unit: under its heading, or right behind the quantity."""
    column = heading.find_column(ColumnRole.UNIT)
    if column is not None:
        return [word for word in row.words if _is_under(word.box, column) and word.text[:1].isalpha()]
    if quantity is None:
        return []
    _, end = row.cell_at(quantity.first)
    words = []
    for word in row.words[quantity.last : min(end, quantity.last + _LONGEST_UNIT)]:
        if not word.text[:1].isalpha():
            break
        words.append(word)
    return words


def _is_under(box: Box, column: Column) -> bool:
    return min(column.x1, box.x1) > max(column.x0, box.x0)
