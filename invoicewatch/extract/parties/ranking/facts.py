"""One page as its candidates are measured by it: each thing is found once, when it is first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import NamedTuple

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.labels import Label, find_row_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.sections import Section
from invoicewatch.extract.parties.names.words import load_phrases, match_phrases
from invoicewatch.extract.parties.ranking.hosts import list_hosts
from invoicewatch.records import Box, Source

_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
_TABLES = ("letters", "identifiers", "dates", "kinds", "amounts", "parties", "columns")
HEADINGS = {"seller": "heading", "buyer": "buyer_heading"}
"""The role of the words over each party's name that are a hint and no proof."""


class Cell(NamedTuple):
    """Words ``first`` up to but not including ``last`` of ``row``, as text; ``height`` is its words' usual one."""

    row: Row
    first: int
    last: int
    text: str
    box: Box
    height: float


@dataclass(frozen=True)
class PageFacts:
    """One page with what its candidates are measured by, all found once; ``sections`` are its parties' blocks."""

    page: PageView
    sections: Sequence[Section]

    @cached_property
    def content(self) -> Box:
        """The box around all words."""
        return Box.around(row.box for row in self.page.rows)

    @cached_property
    def word_height(self) -> float:
        """The height of the page's usual type."""
        return median(word.box.height for row in self.page.rows for word in row.words)

    @cached_property
    def first_amount(self) -> int:
        """The number of the first row with an amount; the number of rows if there is none."""
        rows = (row.number for row in self.page.rows if _AMOUNT.search(row.text))
        return next(rows, len(self.page.rows))

    @cached_property
    def folded(self) -> str:
        """All letters and digits of the page."""
        return "".join(fold(row.text) for row in self.page.rows)

    def count(self, folded: str) -> int:
        """How often these letters and digits stand on the page, within others too."""
        if folded not in self._counts:
            self._counts[folded] = self.folded.count(folded)
        return self._counts[folded]

    @cached_property
    def _counts(self) -> dict[str, int]:
        return {}

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The names of web and mail hosts."""
        return list_hosts(self.page)

    @cached_property
    def headings(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        """The row and the left edge of each cell that begins with a heading over sellers or over buyers."""
        return {party: list(self._find_headings(role)) for party, role in HEADINGS.items()}

    def _find_headings(self, role: str) -> Iterator[tuple[int, float]]:
        phrases = load_phrases(role)
        for row in self.page.rows:
            for first, last in row.cells:
                if match_phrases(phrases, [word.text for word in row.words[first:last]]):
                    yield row.number, row.words[first].box.x0

    @cached_property
    def _labels(self) -> dict[int, list[Label]]:
        return {}

    def labels_of(self, row: Row) -> list[Label]:
        """All labels on ``row``, of any kind."""
        if row.number not in self._labels:
            fuzzy = self.page.source is not Source.TEXT_LAYER
            self._labels[row.number] = find_row_labels(row, load_labels(*_TABLES), fuzzy=fuzzy)
        return self._labels[row.number]

    @cached_property
    def _cells(self) -> dict[int, tuple[Cell, ...]]:
        return {}

    def cells_of(self, number: int) -> tuple[Cell, ...]:
        """The cells of row ``number``; none where the page has no such row."""
        if number not in self._cells:
            self._cells[number] = tuple(self._make_cells(number))
        return self._cells[number]

    def _make_cells(self, number: int) -> Iterator[Cell]:
        for row in self.page.rows[number : number + 1] if number >= 0 else ():
            for first, last in row.cells:
                height = median([word.box.height for word in row.words[first:last]])
                yield Cell(row, first, last, row.join(first, last), row.box_of(first, last), height)
