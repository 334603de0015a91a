"""The headings over the columns of a table of goods: which stand there, and over which part of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from invoicewatch.extract.lines.draft import AMOUNT_ROLES, ColumnRole
from invoicewatch.extract.page.labels import Label, find_row_labels, load_labels
from invoicewatch.extract.page.layout import Row
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.records import Source

_ROWS_OF_BLOCK = 4  # headings of several lines: what stands further off heads something else
_FEWEST_ROLES = 2
_SAME_ROLES = 0.7
# Of headings that stand over one another the second says more: Einheit under Preis/, the name under the number.
_OUTDONE = frozenset(
    {
        (ColumnRole.UNIT, ColumnRole.UNIT_PRICE),
        (ColumnRole.CODE, ColumnRole.DESCRIPTION),
        (ColumnRole.POSITION, ColumnRole.DESCRIPTION),
    }
)
_COVERED = 0.5  # of a row's letters: more other words make it a sentence


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over a column, from ``x0`` to ``x1``; ``row`` is the heading's own."""

    role: ColumnRole
    x0: float
    x1: float
    row: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of one table, left to right, on rows ``first`` to ``last`` of a page."""

    page: int
    first: int
    last: int
    columns: tuple[Column, ...]

    @property
    def roles(self) -> frozenset[ColumnRole]:
        """What its columns hold."""
        return frozenset(column.role for column in self.columns)

    def find_column(self, role: ColumnRole) -> Column | None:
        """The column of that role."""
        return next((column for column in self.columns if column.role is role), None)

    def repeats(self, other: Heading) -> bool:
        """Whether it heads the same columns, as on the next page of one table."""
        return len(other.roles & self.roles) >= _SAME_ROLES * len(self.roles | other.roles)

    @property
    def heads_goods(self) -> bool:
        """Whether it can head a table of goods: money and what it is for."""
        named = {ColumnRole.DESCRIPTION, ColumnRole.QUANTITY} & self.roles
        return bool(named and (AMOUNT_ROLES | {ColumnRole.UNIT_PRICE}) & self.roles)


def find_headings(sheets: Sequence[Sheet]) -> list[Heading]:
    """Every block of headings in reading order, of tables of goods and of others."""
    return [heading for sheet in sheets for heading in _find_on_page(sheet)]


def _find_on_page(sheet: Sheet) -> Iterator[Heading]:
    """Blocks around each row that has two headings or more, of neighbours the one with the most."""
    labels = [_list_labels(sheet, row) for row in sheet.page.rows]
    taken = -1
    for n, found in enumerate(labels):
        if n <= taken or not _is_seed(sheet.page.rows[n], found):
            continue
        best = max(range(n, min(n + _ROWS_OF_BLOCK, len(labels))), key=lambda m: (_count_roles(sheet, labels, m), -m))
        heading = _read_block(sheet, labels, best)
        taken = heading.last
        yield heading


def _list_labels(sheet: Sheet, row: Row) -> list[Label]:
    """The headings on a row that has no money; beside one that is read clearly others may be misread."""
    if sheet.money(row.number):
        return []
    clear = find_row_labels(row, load_labels("lines"), fuzzy=False)
    if not clear or sheet.page.source is Source.TEXT_LAYER:
        return clear
    misread = find_row_labels(row, load_labels("lines"), fuzzy=True)
    return clear + [label for label in misread if not any(_share_words(label, other) for other in clear)]


def _share_words(label: Label, other: Label) -> bool:
    return label.first < other.last and other.first < label.last


def _is_seed(row: Row, labels: Sequence[Label]) -> bool:
    if len({label.role for label in labels}) < _FEWEST_ROLES:
        return False
    covered = sum(_count_letters(label.text) for label in labels)
    return covered >= _COVERED * _count_letters(row.text)


def _count_roles(sheet: Sheet, labels: Sequence[Sequence[Label]], n: int) -> int:
    seed = _is_seed(sheet.page.rows[n], labels[n])
    return len({label.role for label in labels[n]}) if seed else 0


def _read_block(sheet: Sheet, labels: Sequence[Sequence[Label]], seed: int) -> Heading:
    """The seed's headings, and those of the rows around it that stand over other parts of the page."""
    rows = sheet.page.rows
    above = range(seed - 1, max(-1, seed - 1 - _ROWS_OF_BLOCK), -1)
    below = range(seed + 1, min(len(rows), seed + 1 + _ROWS_OF_BLOCK))
    columns: list[Column] = []
    used = [seed]
    for n in (seed, *_walk(rows, above, labels), *_walk(rows, below)):
        for column in map(_make_column, labels[n]):
            stacked = [at for at, other in enumerate(columns) if _overlap(column, other)]
            if not stacked:
                columns.append(column)
            elif len(stacked) == 1 and (columns[stacked[0]].role, column.role) in _OUTDONE:
                columns[stacked[0]] = column
            elif column.role is ColumnRole.DESCRIPTION and column.role not in {other.role for other in columns}:
                columns.append(column)  # on a row of its own
            else:
                continue
            used.append(n)
    ordered = sorted(columns, key=lambda column: column.x0)
    return Heading(sheet.page.page, min(used), max(used), tuple(_settle_roles(ordered)))


def _walk(
    rows: Sequence[Row], numbers: Iterable[int], labels: Sequence[Sequence[Label]] | None = None
) -> Iterator[int]:
    """The rows one after the other, as long as no figure stands on them, or ``labels`` take up most of them."""
    for n in numbers:
        if any(char.isdigit() for char in rows[n].text) and not (labels and _is_seed(rows[n], labels[n])):
            return
        yield n


def _make_column(label: Label) -> Column:
    return Column(ColumnRole(label.role), label.box.x0, label.box.x1, label.row.number)


def _overlap(column: Column, other: Column) -> bool:
    return min(column.x1, other.x1) > max(column.x0, other.x0)


def _settle_roles(columns: Sequence[Column]) -> list[Column]:
    """One column for each key role: of two prices the right one is the line's sum where no other is."""
    settled = list(columns)
    prices = [n for n, column in enumerate(settled) if column.role is ColumnRole.UNIT_PRICE]
    if len(prices) > 1 and not any(column.role in AMOUNT_ROLES for column in settled):
        last = settled[prices[-1]]
        settled[prices[-1]] = replace(last, role=ColumnRole.LINE_NET)
    texts = [n for n, column in enumerate(settled) if column.role is ColumnRole.DESCRIPTION]
    if len(texts) > 1:  # Item | Description: the wider one is the text
        widths = {n: (settled[n + 1].x0 if n + 1 < len(settled) else 1.0) - settled[n].x0 for n in texts}
        kept = max(texts, key=lambda n: widths[n])
        for n in texts:
            if n != kept:
                settled[n] = replace(settled[n], role=ColumnRole.CODE)
    return _settle_amounts(settled)


def _settle_amounts(columns: list[Column]) -> list[Column]:
    """``Amount | Product | Price | Total``: the amount of goods, where the sum of money stands at the right."""
    sums = [n for n, column in enumerate(columns) if column.role in AMOUNT_ROLES]
    counted = any(column.role is ColumnRole.QUANTITY for column in columns)
    texts = [n for n, column in enumerate(columns) if column.role is ColumnRole.DESCRIPTION]
    if len(sums) > 1 and texts and sums[0] < texts[0] < sums[-1] and not counted:
        columns[sums[0]] = replace(columns[sums[0]], role=ColumnRole.QUANTITY)
    return columns


def _count_letters(text: str) -> int:
    return sum(char.isalnum() for char in text)
