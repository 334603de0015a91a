"""The dates on a document and what each may be, told by the label before or above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from invoicewatch.extract.dates.labelled import SHORT_PHRASE, find_above, find_beside
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.dates.written.parse import find_dates
from invoicewatch.extract.dates.written.patterns import CELL_SIGN
from invoicewatch.extract.dates.written.record import Written
from invoicewatch.extract.page.labels import Label, LabelTable, find_row_labels
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.records import Box, Source, Word

_TIME = re.compile(r"\d{1,2}:\d{2}")
_WORDS_OF_TIME = 2
_WORD = 2  # letters
_LONG_WORD = 12
_MONEY = re.compile(r"\d[.,]\d{2}(?!\d)")
_THAI = re.compile(r"[\u0e01-\u0e5b]|\bthailand\b|\bthb\b", re.IGNORECASE)


@dataclass(frozen=True)
class DateClaim:
    """A date on words ``first`` up to but not including ``last`` of ``row``.

    ``label`` is the label that speaks of it, beside or above, or None. ``with_time`` says that a time of day stands on
    the row, ``beside`` that the label stands on the same row; ``before`` is all
    that stands left of it.
    """

    written: Written
    row: Row
    first: int
    last: int
    label: Label | None
    beside: bool
    with_time: bool
    before: str

    @property
    def role(self) -> DateRole:
        """What its label says it is."""
        return DateRole(self.label.role) if self.label else DateRole.NONE

    @property
    def cut(self) -> bool:
        """Whether digits close before or after it may belong to it: ``2 8.07.2022``, ``28.07.20 22``."""
        day = self.row.words[self.first].text
        before = self.row.words[self.first - 1].text if self.first else ""
        after = self.row.words[self.last].text if self.last < len(self.row.words) else ""
        headless = before[-1:].isdigit() and re.match(r"\d(?!\d)", day) is not None
        return headless or (self.written.short_year and re.fullmatch(r"\d{1,2}", after) is not None)

    @property
    def qualified(self) -> bool:
        """Whether more words follow the label, without a colon between: ``Date d'expiration 31.12.25``."""
        if self.label is None or self.role is DateRole.TITLE or not self.beside or self.label.last > self.first:
            return False
        between = self.row.words[self.label.last : self.first]
        return not self.label.text.endswith(":") and any(_is_word(word.text) for word in between)

    @property
    def prefixed(self) -> bool:
        """Whether words stand before the label in its cell, without a colon between: ``Ship Date 31.12.25``."""
        if self.label is None:
            return False
        begin, _ = self.label.row.cell_at(self.label.first)
        before = self.label.row.join(begin, self.label.first)
        return _is_word(before[-_LONG_WORD:]) and not before.endswith((":", ".", ",", ";"))

    @property
    def in_items(self) -> bool:
        """Whether it stands in a column under its heading, on a row with amounts: the day of a service."""
        own = set(range(self.first, self.last))
        amounts = any(_MONEY.search(word.text) for n, word in enumerate(self.row.words) if n not in own)
        return self.label is not None and not self.beside and amounts

    @property
    def words(self) -> tuple[Word, ...]:
        """The words it was read from."""
        return self.row.words[self.first : self.last]

    @property
    def box(self) -> Box:
        """The box around its words."""
        return self.row.box_of(self.first, self.last)

    @property
    def text(self) -> str:
        """Label and date as they stand on the page."""
        own = self.row.join(self.first, self.last)
        if self.label is None:
            return own
        return self.row.join(self.label.first, self.last) if self.beside else f"{self.label.text} {own}"


def _is_word(text: str) -> bool:
    return sum(char.isalpha() for char in text) >= _WORD and not any(char.isdigit() for char in text)


def find_date_claims(pages: Sequence[PageView], table: LabelTable, today: date) -> list[DateClaim]:
    """All dates of all pages in reading order, each with its label."""
    claims = []
    buddhist = any(_THAI.search(row.text) for page in pages for row in page.rows)
    for page in pages:
        fuzzy = page.source is not Source.TEXT_LAYER
        labels = [find_row_labels(row, table, fuzzy=fuzzy) for row in page.rows]
        for n, row in enumerate(page.rows):
            claims += _claim_row(row, labels, n, today, buddhist=buddhist)
    return claims


def count_languages(pages: Sequence[PageView], table: LabelTable) -> Counter[str]:
    """How many labels stand on the pages, by language; a phrase that several languages share counts for the first."""
    return Counter(
        label.language for page in pages for row in page.rows for label in find_row_labels(row, table, fuzzy=False)
    )


def _claim_row(row: Row, labels: Sequence[Sequence[Label]], n: int, today: date, *, buddhist: bool) -> list[DateClaim]:
    text, starts = _spell_out(row)
    claims: list[DateClaim] = []
    for written in find_dates(text, today, buddhist=buddhist):
        first = max(i for i, start in enumerate(starts) if start <= written.start)
        last = max(i for i, start in enumerate(starts) if start < written.end) + 1
        before = claims[-1] if claims else None
        label = find_beside(labels[n], before.last if before else 0, first)
        if before and label and _is_range(before, label):
            label = before.label  # the end of a period is of the same kind as its beginning
        above = None if label else find_above(row, first, last, labels, n)
        with_time = _TIME.search(text[written.end :]) is not None or _TIME.search(text[: written.start]) is not None
        claims.append(
            DateClaim(written, row, first, last, label or above, label is not None, with_time, text[: written.start])
        )
    return claims


def _spell_out(row: Row) -> tuple[str, list[int]]:
    """The row's text with a sign between cells, and where each word begins in it."""
    text, starts = "", []
    begins = {first for first, _ in row.cells}
    for n, word in enumerate(row.words):
        if n:
            text += CELL_SIGN if n in begins else " "
        starts.append(len(text))
        text += word.text
    return text, starts


def _is_range(before: DateClaim, label: Label) -> bool:
    """Whether a short word stands between two dates as ``from ... to ...`` has it, perhaps after a time of day."""
    return len(label.phrase) <= SHORT_PHRASE and label.first - before.last <= _WORDS_OF_TIME
