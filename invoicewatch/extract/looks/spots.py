"""The values on a page with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.dates.written.parse import find_dates
from invoicewatch.extract.page.labels import skeleton_of
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.records import Box, Spot, Word
from invoicewatch.records.looks.paper import write_money, write_value

_ROWS_ABOVE = 3
_LONGEST = 40  # letters of a label that are kept
_WORDS_OF_NUMBER = 3
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Seen:
    """A spot with where it is: words ``first`` up to but not including ``last`` of ``row``."""

    spot: Spot
    page: PageView
    row: Row
    first: int
    last: int

    @property
    def box(self) -> Box:
        """The box around its words."""
        return self.row.box_of(self.first, self.last)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that it was read from."""
        return self.row.words[self.first : self.last]


@dataclass(frozen=True, slots=True, order=True)
class _Value:
    first: int
    last: int
    kind: str
    value: str
    other: str = ""


def see_spots(pages: Sequence[PageView], today: date) -> list[Seen]:
    """The dates, amounts and numbers of the first and the last page, in reading order."""
    ends = pages if len(pages) < 3 else (pages[0], pages[-1])  # noqa: PLR2004
    return [seen for page in ends for seen in _remember_page(page, today)]


def fold_fixed(text: str) -> str:
    """The words without a digit, folded as labels are compared."""
    return skeleton_of(" ".join(word for word in text.split() if not _DIGIT.search(word)))[:_LONGEST]


def _remember_page(page: PageView, today: date) -> Sequence[Seen]:
    """What is seen on a page; the fields are found by it, and later the document is compared by it."""
    asked = (Seen, today)
    if asked not in page.memo:
        page.memo[asked] = tuple(_see_page(page, today))
    seen: Sequence[Seen] = page.memo[asked]
    return seen


def _see_page(page: PageView, today: date) -> Iterator[Seen]:
    texts = ["", *(fold_fixed(row.text) for row in page.rows), ""]
    for n, row in enumerate(page.rows):
        values = sorted(_find_values(row, page, today))
        bounds = [value for value in values if value.kind != "text"]
        for value in values:
            begin = max((each.last for each in bounds if each.last <= value.first), default=0)
            end = min((each.first for each in bounds if each.first >= value.last), default=len(row.words))
            spot = Spot(
                value.kind,
                value.value,
                value.other,
                page.page,
                after=fold_fixed(row.join(begin, value.first)),
                below=_find_above(page, n, row.box_of(value.first, value.last)),
                before=fold_fixed(row.join(value.last, end)),
                under_row=texts[n],
                over_row=texts[n + 2],
            )
            yield Seen(spot, page, row, value.first, value.last)


def _find_values(row: Row, page: PageView, today: date) -> Iterator[_Value]:
    taken: set[int] = set()
    for date_value in _find_days(row, today):
        taken.update(range(date_value.first, date_value.last))
        yield date_value
    for amount in find_amounts(row, page.char_width):
        if amount.is_money and taken.isdisjoint(range(amount.first, amount.last)):
            taken.update(range(amount.first, amount.last))
            yield _Value(amount.first, amount.last, "money", write_money(amount.value))
    for begin, end in row.cells:
        for first in range(begin, end):
            if first not in taken and _DIGIT.search(row.words[first].text):
                yield from _find_numbers(row, first, end, taken)


def _find_numbers(row: Row, first: int, end: int, taken: set[int]) -> Iterator[_Value]:
    """A number may go on over blanks: every run of words that begins here."""
    for last in range(first + 1, min(end, first + _WORDS_OF_NUMBER) + 1):
        if last - 1 in taken:
            return
        yield _Value(first, last, "text", write_value("invoice_number", row.join(first, last)))


def _find_days(row: Row, today: date) -> Iterator[_Value]:
    if not _DIGIT.search(row.text):
        return
    starts, at = [], 0
    for word in row.words:
        starts.append(at)
        at += len(word.text) + 1
    for written in find_dates(row.text, today):
        first = max(n for n, start in enumerate(starts) if start <= written.start)
        last = max(n for n, start in enumerate(starts) if start < written.end) + 1
        other = written.days[-1].isoformat() if len(written.days) > 1 else ""
        yield _Value(first, last, "date", written.days[0].isoformat(), other)


def _find_above(page: PageView, row: int, box: Box) -> str:
    """The words of the nearest cell above that overlaps the value across and has words."""
    for above in reversed(page.rows[max(0, row - _ROWS_ABOVE) : row]):
        for first, last in above.cells:
            cell = above.box_of(first, last)
            if min(cell.x1, box.x1) > max(cell.x0, box.x0) and (words := fold_fixed(above.join(first, last))):
                return words
    return ""
