# ruff: noqa: RUF001 - documents really hold this sign of multiplication
"""Lines without headings, as tills print them: a name and an amount, and the count on the row above or below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from invoicewatch.extract.amounts.parse import parse_amount
from invoicewatch.extract.amounts.roles import SUM_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.lines.draft import ColumnRole, Draft
from invoicewatch.extract.lines.sums import find_product
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import Row
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.records import Word

_FIRST_SUMS = SUM_ROLES | {AmountRole.SUBTOTAL, AmountRole.NET}
_PAID = frozenset({AmountRole.CASH, AmountRole.CHANGE, AmountRole.CARD})
_NO_LINE = _PAID | {AmountRole.NO_TOTAL, AmountRole.CARRIED, AmountRole.TAX, AmountRole.TAX_TOTAL}
_TIMES = re.compile(r"\d\s*(?:[^\W\d_]{1,4}\.?\s*)?[x×X*@à]\s*\D{0,6}")
_FIGURE = re.compile(r"\d.*")
_PRICE = re.compile(r"\d[.,]\d{2}(?!\d)")
_COUNT = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?")
_LONGEST_UNIT = 3
_COLUMNS = 3  # count, price and sum
_COVERED = 0.6  # of a row's letters
_COUNT_BEHIND = re.compile(r"[xX×*](\d{1,3}(?:[.,]\d{1,3})?)")
_MOST_NOISE = 3  # amounts above the first line that are none: a deposit, a balance


@dataclass(slots=True)
class _Reader:
    """The lines so far, and what waits for its amount: a row of text, a count without a sum."""

    drafts: list[Draft] = field(default_factory=list)
    text: Row | None = None
    count: tuple[Amount, Amount] | None = None
    off: bool = False


def list_till_lines(sheets: Sequence[Sheet], claims: Sequence[Claim]) -> Iterator[list[Draft]]:
    """The lines above the first sum; then the same without the first ones, which may be none."""
    reader = _Reader()
    stops = {claim.place for claim in claims if claim.role in _FIRST_SUMS}
    for sheet, n in _walk(sheets, stops):
        _read_row(reader, sheet, n)
    drafts = reader.drafts
    _take_counts_off(drafts)
    for draft in drafts:
        draft.doubtful = draft.doubtful or _is_strange(draft, drafts)
    for first in range(min(len(drafts), _MOST_NOISE)):
        yield drafts[first:]


def _walk(sheets: Sequence[Sheet], stops: set[tuple[int, int]]) -> Iterator[tuple[Sheet, int]]:
    for sheet in sheets:
        for n in range(len(sheet.page.rows)):
            if (sheet.page.page, n) in stops:
                return
            yield sheet, n


def _read_row(reader: _Reader, sheet: Sheet, n: int) -> None:
    row = sheet.page.rows[n]
    roles = {label.role for label in sheet.labels[n] if _is_whole(label)}
    money = sheet.money(n)
    counted = _find_count(sheet, n)
    if counted is not None:
        _read_counted(reader, sheet, n, counted)
    elif roles & (_NO_LINE | _FIRST_SUMS):
        reader.text = None
    elif money and AmountRole.DISCOUNT in roles:
        if money[-1].value < 0 and reader.drafts:
            reader.drafts[-1].off.append(money[-1])
    elif money:
        _add_line(reader, sheet, money[-1], row.words[: money[-1].first])
    elif any(char.isalpha() for char in row.text):
        reader.text = row


def _is_whole(label: Label) -> bool:
    """Whether a label is most of what its row says: ``Carta cucina`` is paper, and no card."""
    return sum(map(str.isalpha, label.text)) > _COVERED * sum(map(str.isalpha, label.row.text))


def _find_count(sheet: Sheet, n: int) -> tuple[Amount, Amount] | None:
    """Quantity and price with a sign of multiplication between them: ``2 x 1.50``, ``0,345 kg x 4,90``, ``3x 2.00``."""
    row = sheet.page.rows[n]
    for count, price in pairwise(sheet.amounts[n]):
        between = row.join(count.last - 1, price.first) + " " + _FIGURE.sub("", row.words[price.first].text)
        if not count.percent and _TIMES.search(between):
            return count, price
    return _find_columns(sheet, n)


def _find_columns(sheet: Sheet, n: int) -> tuple[Amount, Amount] | None:
    """The two figures before a row's last one whose product it is: columns without headings."""
    figures = sheet.amounts[n]
    if len(figures) < _COLUMNS or figures[-1] not in sheet.money(n):
        return None
    count, price, amount = figures[-_COLUMNS:]
    made = Draft(sheet.page.page, {ColumnRole.LINE_NET: amount})
    return (count, price) if not count.is_money and _fits(made, (count, price)) else None


def _read_counted(reader: _Reader, sheet: Sheet, n: int, counted: tuple[Amount, Amount]) -> None:
    """A row with a count: its sum behind it makes a line; else it belongs to the line above, or to the one below."""
    count, price = counted
    sums = [amount for amount in sheet.money(n) if amount.first >= price.last]
    last = reader.drafts[-1] if reader.drafts else None
    if sums and not _fits(Draft(sheet.page.page, {ColumnRole.LINE_NET: sums[-1]}), counted):  # a size: 200 x 100
        _add_line(reader, sheet, sums[-1], sheet.page.rows[n].words[: sums[-1].first])
    elif sums:
        words = sheet.page.rows[n].words[: count.first]
        reader.count = counted
        _add_line(reader, sheet, sums[-1], words)
    elif last is not None and reader.text is None and _fits(last, counted):
        last.figures |= {ColumnRole.QUANTITY: count, ColumnRole.UNIT_PRICE: price}
    else:
        reader.count = counted
        if any(char.isalpha() for char in sheet.page.rows[n].join(0, count.first)):
            reader.text = sheet.page.rows[n]  # a name with a size: Shelf 200 x 100


def _fits(draft: Draft, counted: tuple[Amount, Amount]) -> bool:
    if ColumnRole.QUANTITY in draft.figures:
        return False
    figures = draft.figures | {ColumnRole.QUANTITY: counted[0], ColumnRole.UNIT_PRICE: counted[1]}
    return find_product(Draft(draft.page, figures)) is not None


def _add_line(reader: _Reader, sheet: Sheet, amount: Amount, words: Sequence[Word]) -> None:
    """A line of its amount and its words, which stand on the row above where its own has none."""
    draft = Draft(sheet.page.page, {ColumnRole.LINE_NET: amount}, list(words))
    if not draft.is_named and reader.text is not None:
        draft.words = list(reader.text.words)
    if reader.count is not None and _fits(draft, reader.count):
        draft.figures |= {ColumnRole.QUANTITY: reader.count[0], ColumnRole.UNIT_PRICE: reader.count[1]}
        draft.unit = _list_unit(*reader.count)
        if sum(len(word.text) for word in draft.unit) > _LONGEST_UNIT:  # 2 Merlot 5.20 10.40
            draft.words, draft.unit = draft.unit, []
    reader.count = reader.text = None
    reader.drafts.append(draft)


def _is_strange(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether it may be no line, or named otherwise: a price, a count or a mark in its name, a sum of nought.

    A name on the row above is only believed where other lines have theirs there, too.
    """
    above = [
        each for each in drafts if each.words and each.words[-1] not in each.figures[ColumnRole.LINE_NET].row.words
    ]
    ends = {draft.words[0].text, draft.words[-1].text} if draft.words else set()
    return (
        draft.find_value(ColumnRole.LINE_NET) == 0
        or any(_PRICE.search(word.text) for word in draft.words)
        or any(_COUNT.fullmatch(end) or len(end) == 1 for end in ends)
        or (draft in above and len(above) == 1 and draft.find_value(ColumnRole.QUANTITY) in {None, 1})
    )


def _list_unit(count: Amount, price: Amount) -> list[Word]:
    """Words between count and price that are no sign of multiplication."""
    between = count.row.words[count.last : price.first] if count.row == price.row else ()
    return [word for word in between if len(word.text) > 1 and word.text[0].isalpha()]


def _take_counts_off(drafts: Sequence[Draft]) -> None:
    """Where every line begins with a number, or has one behind an x, it is the count."""
    bare = [draft for draft in drafts if ColumnRole.QUANTITY not in draft.figures and draft.words]
    if bare and all(_COUNT.fullmatch(draft.words[0].text) and len(draft.words) > 1 for draft in bare):
        for draft in bare:
            whole = draft.words[0].text.isdecimal()
            _set_count(draft, draft.words.pop(0), 0)
            if not whole and len(draft.words) > 1 and len(draft.words[0].text) <= _LONGEST_UNIT:
                draft.unit = [draft.words.pop(0)]  # 11.86 l Super
    for draft in bare:
        for at in (len(draft.words) - 1, len(draft.words) - 2):  # SUPER X55.42 L
            if at > 0 and _COUNT_BEHIND.fullmatch(draft.words[at].text):
                draft.unit = draft.words[at + 1 :]
                _set_count(draft, draft.words[at], 1)
                draft.words = draft.words[:at]
                break


def _set_count(draft: Draft, word: Word, skipped: int) -> None:
    amount = draft.figures[ColumnRole.LINE_NET]
    at = amount.row.words.index(word) if word in amount.row.words else 0
    draft.figures[ColumnRole.QUANTITY] = Amount(
        amount.row, at, at + 1, parse_amount(word.text[skipped:]), percent=False
    )
