"""What stands around a possible name: its page, measured once, and its neighbours above, below and beside."""

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
from invoicewatch.extract.parties.candidates import NameCandidate
from invoicewatch.extract.parties.hosts import list_hosts
from invoicewatch.extract.parties.lines import goes_on
from invoicewatch.extract.parties.wordmarks import mark_words
from invoicewatch.extract.parties.words import load_phrases, match_phrase, match_phrases
from invoicewatch.records import Box, Source

_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
_NEAR_ROWS = 3
_FLUSH = 0.08
_TABLES = ("letters", "identifiers", "dates", "kinds", "amounts", "parties", "columns")
_HEADINGS = ("seller_headings", "buyer_headings")
_HEADED_ROWS, _NO_HEADING = 4, 9.0  # rows under a heading that it may be over; what stands for no heading at all


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
        return {role: list(self._find_headings(role)) for role in _HEADINGS}

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


def mark_neighbours(candidate: NameCandidate, facts: PageFacts) -> dict[str, float]:
    """What stands on the next rows below and above, and left of it on its own row."""
    below = list(_list_below(candidate, facts))
    marks = [mark_words(cell.text) for cell in below]
    over_it = _find_across(candidate, facts.cells_of(candidate.row.number - 1))
    above = over_it.text if over_it is not None else ""
    over = mark_words(above) if above else {}
    return {
        "address_below": _any(marks[:1], "address_like"),
        "address_near": _any(marks, "address_like"),
        "street_below": _any(marks[:1], "street"),
        "postcode_near": _any(marks, "postcode"),
        "state_near": _any(marks, "state"),
        "phone_near": _any(marks, "phone"),
        "registered_near": _any(marks, "registered"),
        "registered_below": _any(marks[:1], "registered"),
        "form_below": _any(marks[:1], "form"),
        "name_below": _any(marks[:1], "name_like"),
        "trade_below": max((mark["trade_words"] for mark in marks[:1]), default=0.0),
        "brand_below": _any(marks[:1], "brand"),
        "goes_on": float(bool(below) and goes_on(candidate.text, below[0].text)),
        "is_rest": float(bool(above) and goes_on(above, candidate.text)),
        "person_above": over.get("begins_as_person", 0.0),
        "name_above": over.get("name_like", 0.0),
        "form_above": over.get("form", 0.0),
        "brand_above": over.get("brand", 0.0),
        "size_below": below[0].height / max(candidate.type_height, 1e-6) if below else 0.0,
        "person_before": float(_is_person_before(candidate)),
        "beside": float(len(candidate.row.cells) - 1),
    }


def _any(marks: Sequence[Mapping[str, float]], name: str) -> float:
    return max((mark[name] for mark in marks), default=0.0)


def _list_below(candidate: NameCandidate, facts: PageFacts) -> Iterator[Cell]:
    """The first cell under it on each of the next rows."""
    for number in range(candidate.last_row + 1, candidate.last_row + 1 + _NEAR_ROWS):
        cell = _find_across(candidate, facts.cells_of(number))
        if cell is not None:
            yield cell


def _find_across(candidate: NameCandidate, cells: Sequence[Cell]) -> Cell | None:
    """The first of ``cells`` that overlaps it across."""
    box = candidate.box
    return next((cell for cell in cells if min(cell.box.x1, box.x1) > max(cell.box.x0, box.x0)), None)


def _is_person_before(candidate: NameCandidate) -> bool:
    """Whether what stands left of it on its row says who serves: ``Cashier: Ann Lee``."""
    edge = candidate.box.x0 + 1e-6
    before = [word.text for word in candidate.row.words if word.box.x1 <= edge]
    return any(match_phrase("people", before[n:]) > 0 for n in range(max(0, len(before) - 3), len(before)))


def mark_headings(candidate: NameCandidate, facts: PageFacts) -> dict[str, float]:
    """Whose block it stands in and how far below the heading, by the labels and by headings of other languages."""
    number, box = candidate.row.number, candidate.box
    holding = [section for section in facts.sections if section.holds(number, box)]
    section = max(holding, key=lambda each: each.first, default=None)
    role = section.role if section is not None else ""
    seller, buyer = (_find_distance(candidate, facts, f"{role_}_headings") for role_ in ("seller", "buyer"))
    own = float(number - section.first) if section is not None else _NO_HEADING
    return {
        "in_seller": float(role == "seller"),
        "in_buyer": float(role == "buyer"),
        "in_other": float(role == "other_party"),
        "under_seller": min(own, seller) if role == "seller" else seller,
        "under_buyer": min(own, buyer) if role == "buyer" else buyer,
    }


def _find_distance(candidate: NameCandidate, facts: PageFacts, role: str) -> float:
    """Rows up to the nearest heading of ``role`` over or left of it, 0 on its own row; 9 if there is none."""
    number, left = candidate.row.number, candidate.box.x0
    distances = [
        float(number - row)
        for row, x0 in facts.headings[role]
        if (row == number and x0 <= left) or (0 < number - row < _HEADED_ROWS and abs(x0 - left) < _FLUSH)
    ]
    return min(distances, default=_NO_HEADING)


def mark_labels(candidate: NameCandidate, facts: PageFacts) -> dict[str, float]:
    """Which part of its words are labels, and of what kind the one is that begins it."""
    row, labels = candidate.row, facts.labels_of(candidate.row)
    words = {id(word) for word in candidate.words}
    inside = [label for label in labels if any(id(word) in words for word in row.words[label.first : label.last])]
    labelled = sum(label.last - label.first for label in inside)
    first = next((n for n, word in enumerate(row.words) if word is candidate.words[0]), 0)
    leading = next((label for label in inside if label.first == first), None)
    before = next((label for label in reversed(labels) if label.last <= first), None)
    return {
        "label_words": min(labelled / max(len(candidate.words), 1), 1.0),
        "label_leads": float(leading is not None),
        "letter_words": float(any(label.role in {"closing", "salutation"} for label in inside)),
        "column_words": float(any(label.role == "column" for label in labels)),
        "label_before": float(before is not None),
        "labels_on_row": float(len(labels)),
    }
