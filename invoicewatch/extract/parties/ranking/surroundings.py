"""What stands around a possible name: its neighbours above, below and beside, the headings and labels about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from invoicewatch.extract.parties.names.candidate import NameCandidate
from invoicewatch.extract.parties.names.lines import goes_on
from invoicewatch.extract.parties.names.words import match_phrase
from invoicewatch.extract.parties.ranking.facts import HEADINGS, Cell, PageFacts
from invoicewatch.extract.parties.ranking.wordmarks import mark_words

_NEAR_ROWS = 3
_FLUSH = 0.08
_HEADED_ROWS, _NO_HEADING = 4, 9.0  # rows under a heading that it may be over; what stands for no heading at all


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
    seller, buyer = (_find_distance(candidate, facts, role_) for role_ in HEADINGS)
    own = float(number - section.first) if section is not None else _NO_HEADING
    return {
        "in_seller": float(role == "seller"),
        "in_buyer": float(role == "buyer"),
        "in_other": float(role == "other_party"),
        "under_seller": min(own, seller) if role == "seller" else seller,
        "under_buyer": min(own, buyer) if role == "buyer" else buyer,
    }


def _find_distance(candidate: NameCandidate, facts: PageFacts, party: str) -> float:
    """Rows up to the nearest heading of ``party`` over or left of it, 0 on its own row; 9 if there is none."""
    number, left = candidate.row.number, candidate.box.x0
    distances = [
        float(number - row)
        for row, x0 in facts.headings[party]
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
