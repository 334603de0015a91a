"""What stands around a possible name: its page, measured once, and its neighbours above, below and beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.labels import Label, find_row_labels, load_labels
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.page.sections import Section
from invoicewatch.extract.parties.candidates import NameCandidate
from invoicewatch.extract.parties.hosts import list_hosts
from invoicewatch.extract.parties.lines import goes_on
from invoicewatch.extract.parties.wordmarks import mark_words
from invoicewatch.extract.parties.words import match_phrase
from invoicewatch.records import Box, Source

_AMOUNT = re.compile(r"\d[.,]\d\d(?!\d)")
_NEAR_ROWS = 3
_FLUSH = 0.08
_TABLES = ("letters", "identifiers", "dates", "kinds", "amounts", "parties", "columns")


@dataclass(frozen=True)
class PageFacts:
    """One page with what its candidates are measured by; ``sections`` are its parties' blocks."""

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
        return fold(" ".join(row.text for row in self.page.rows))

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The names of web and mail hosts."""
        return list_hosts(self.page)

    @cached_property
    def _labels(self) -> dict[int, list[Label]]:
        return {}

    def labels_of(self, row: Row) -> list[Label]:
        """All labels on ``row``, of any kind."""
        if row.number not in self._labels:
            fuzzy = self.page.source is not Source.TEXT_LAYER
            self._labels[row.number] = find_row_labels(row, load_labels(*_TABLES), fuzzy=fuzzy)
        return self._labels[row.number]


def mark_neighbours(candidate: NameCandidate, facts: PageFacts) -> dict[str, float]:
    """What stands on the next rows below and above, and left of it on its own row."""
    below = [row.join(*span) for row, *span in _list_below(candidate, facts)]
    marks = [mark_words(text) for text in below]
    above = _find_above(candidate, facts)
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
        "goes_on": float(bool(below) and goes_on(candidate.text, below[0])),
        "is_rest": float(bool(above) and goes_on(above, candidate.text)),
        "person_above": over.get("begins_as_person", 0.0),
        "name_above": over.get("name_like", 0.0),
        "form_above": over.get("form", 0.0),
        "brand_above": over.get("brand", 0.0),
        "size_below": _size_below(candidate, facts),
        "person_before": float(_is_person_before(candidate)),
        "beside": float(len(candidate.row.cells) - 1),
    }


def _any(marks: Sequence[Mapping[str, float]], name: str) -> float:
    return max((mark[name] for mark in marks), default=0.0)


def _list_below(candidate: NameCandidate, facts: PageFacts) -> Iterator[tuple[Row, int, int]]:
    box, seen = candidate.box, set()
    for row, first, last in facts.page.cells_below(box, candidate.last_row, _NEAR_ROWS):
        if row.number not in seen:
            seen.add(row.number)
            yield row, first, last


def _find_above(candidate: NameCandidate, facts: PageFacts) -> str:
    """The cell over it on the row before; empty if there is none."""
    if candidate.row.number == 0:
        return ""
    above, box = facts.page.rows[candidate.row.number - 1], candidate.box
    for first, last in above.cells:
        cell = above.box_of(first, last)
        if min(cell.x1, box.x1) > max(cell.x0, box.x0):
            return above.join(first, last)
    return ""


def _size_below(candidate: NameCandidate, facts: PageFacts) -> float:
    """The height of the type of the next row as a part of the candidate's; 0 where nothing follows."""
    below = next(_list_below(candidate, facts), None)
    if below is None:
        return 0.0
    row, first, last = below
    return median(word.box.height for word in row.words[first:last]) / max(candidate.type_height, 1e-6)


def _is_person_before(candidate: NameCandidate) -> bool:
    """Whether what stands left of it on its row says who serves: ``Cashier: Ann Lee``."""
    before = [word.text for word in candidate.row.words if word.box.x1 <= candidate.box.x0 + 1e-6]
    return any(match_phrase("people", before[n:]) > 0 for n in range(max(0, len(before) - 3), len(before)))


def mark_headings(candidate: NameCandidate, facts: PageFacts) -> dict[str, float]:
    """Whose block it stands in and how far below the heading, by the labels and by headings of other languages."""
    number, box = candidate.row.number, candidate.box
    holding = [section for section in facts.sections if section.holds(number, box)]
    section = max(holding, key=lambda each: each.first, default=None)
    role = section.role if section is not None else ""
    seller, buyer = (_find_distance(candidate, facts, f"{role_}_headings") for role_ in ("seller", "buyer"))
    own = float(number - section.first) if section is not None else 9.0
    return {
        "in_seller": float(role == "seller"),
        "in_buyer": float(role == "buyer"),
        "in_other": float(role == "other_party"),
        "under_seller": min(own, seller) if role == "seller" else seller,
        "under_buyer": min(own, buyer) if role == "buyer" else buyer,
    }


def _find_distance(candidate: NameCandidate, facts: PageFacts, role: str) -> float:
    """Rows up to the nearest heading of ``role`` over or left of it, 0 on its own row; 9 if there is none."""
    box = candidate.box
    for distance in range(4):
        number = candidate.row.number - distance
        if number < 0:
            break
        row = facts.page.rows[number]
        for first, last in row.cells:
            flush = abs(row.words[first].box.x0 - box.x0) < _FLUSH
            over = flush if distance else row.words[first].box.x0 <= box.x0 and last <= len(row.words)
            if over and match_phrase(role, [word.text for word in row.words[first:last]]):
                return float(distance)
    return 9.0


def mark_labels(candidate: NameCandidate, facts: PageFacts) -> dict[str, float]:
    """Which part of its words are labels, and of what kind the one is that begins it."""
    words = {id(word) for word in candidate.words}
    row = candidate.row
    inside = [
        label
        for label in facts.labels_of(row)
        if any(id(word) in words for word in row.words[label.first : label.last])
    ]
    labelled = sum(label.last - label.first for label in inside)
    first = next((n for n, word in enumerate(row.words) if word is candidate.words[0]), 0)
    leading = next((label for label in inside if label.first == first), None)
    before = next((label for label in reversed(facts.labels_of(row)) if label.last <= first), None)
    return {
        "label_words": min(labelled / max(len(candidate.words), 1), 1.0),
        "label_leads": float(leading is not None),
        "letter_words": float(any(label.role in {"closing", "salutation"} for label in inside)),
        "column_words": float(any(label.role == "column" for label in facts.labels_of(row))),
        "label_before": float(before is not None),
        "labels_on_row": float(len(facts.labels_of(row))),
    }
