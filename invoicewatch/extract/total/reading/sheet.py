"""A page with its figures and labels, row by row, and which of its rows are tables of tax by rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from invoicewatch.extract.amounts.roles import SUM_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import Amount, find_amounts
from invoicewatch.extract.labels.words import list_words
from invoicewatch.extract.page.labels import Label, LabelTable, find_row_labels, skeleton_of
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.records import Source

_NO_TAX_TABLE = frozenset(
    {
        AmountRole.PAYABLE,
        AmountRole.CASH,
        AmountRole.CHANGE,
        AmountRole.ROUNDING,
        AmountRole.NET,
        AmountRole.SUBTOTAL,
        AmountRole.AMOUNT_DUE,
    }
)
_ROWS_TO_AMOUNTS = 3


@dataclass(frozen=True)
class Sheet:
    """One page with its figures and labels, row by row."""

    page: PageView
    amounts: tuple[tuple[Amount, ...], ...]
    labels: tuple[tuple[Label, ...], ...]

    def money(self, row: int) -> tuple[Amount, ...]:
        """The amounts of money on row ``row``, left to right."""
        return tuple(amount for amount in self.amounts[row] if amount.is_money)


def view_sheet(page: PageView, table: LabelTable) -> Sheet:
    """Find the figures and labels of every row of ``page``."""
    fuzzy = page.source is not Source.TEXT_LAYER
    return Sheet(
        page,
        tuple(tuple(find_amounts(row, page.char_width)) for row in page.rows),
        tuple(tuple(_merge_brackets(find_row_labels(row, table, fuzzy=fuzzy))) for row in page.rows),
    )


def _merge_brackets(labels: Sequence[Label]) -> list[Label]:
    """A label in brackets only qualifies the one before it: ``Total 6% supplies (excl. GST)`` is a net sum."""
    kept: list[Label] = []
    for label in labels:
        row = label.row
        opens = [n for n in range(kept[-1].last, label.first + 1) if row.words[n].text.startswith("(")] if kept else []
        if not opens or not _is_qualified(row, kept[-1], label, opens[-1]):
            kept.append(label)
        elif kept[-1].role in SUM_ROLES and any(
            skeleton_of(word.text).startswith(_load_without()) for word in row.words[opens[-1] : label.last]
        ):
            kept[-1] = kept[-1]._replace(role=AmountRole.NET)
    return kept


@cache
def _load_without() -> tuple[str, ...]:
    """How words begin that take the tax out, as skeletons: ``excl``, ``ohne``, ``hors``."""
    return tuple(skeleton_of(word) for word in list_words("amount_words", "without"))


def _is_qualified(row: Row, named: Label, label: Label, opens: int) -> bool:
    """Whether ``label`` belongs to the bracket at word ``opens`` after ``named``, in one cell or torn over several."""
    return row.cell_at(named.first) == row.cell_at(label.first) or ")" not in row.join(opens, label.first)


def view_sheets(pages: Sequence[PageView], table: LabelTable) -> tuple[Sheet, ...]:
    """The sheets of all pages."""
    return tuple(view_sheet(page, table) for page in pages)


def find_tax_tables(sheet: Sheet) -> set[int]:
    """The rows of tables of tax by rate: from the heading down, as long as there are amounts."""
    rows: set[int] = set()
    waiting = columns = 0
    for n, labels in enumerate(sheet.labels):
        roles, money = {label.role for label in labels}, len(sheet.money(n))
        rated = any(amount.percent for amount in sheet.amounts[n]) and not money  # "Tax rate 8.4%" heads no table
        if AmountRole.TAX_SUMMARY in roles and AmountRole.NO_TOTAL not in roles and not rated:
            waiting = _ROWS_TO_AMOUNTS
            rows.add(n)
        elif waiting and money and (roles & _NO_TAX_TABLE or _is_sum_below(roles, money, columns)):
            waiting = columns = 0
        elif waiting and money:
            rows.add(n)
            waiting, columns = 1, max(columns, money)
        elif waiting:
            waiting -= 1
    return rows


def _is_sum_below(roles: set[str], amounts: int, columns: int) -> bool:
    """Whether a row with a total is none of the table: it has one amount where the rows above have several."""
    return AmountRole.TOTAL in roles and amounts == 1 < columns
