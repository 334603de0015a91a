"""Whose paper this is, and whether it looks as that seller's papers looked before.

Who it is, its marks say, and never the look: one program prints the papers of many sellers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from invoicewatch.records.looks.paper import Look, LookBook, Sketch

_SAME_X = 4  # hundredths of the page's width
_LEVEL = 2  # hundredths of the page's height: words less apart stand on one line
_NAMES_APART = 0.4  # of their pieces of three letters: names that share less are two sellers'
_PIECE = 3
_FEW = 6  # words in common: fewer say nothing of the layout
# By measurement on generated papers: of the words in common 93 in 100 and more stand where they stood, and no pair is
# swapped, where the layout is the same; where it is another, less than 75 in 100, or one pair in twelve is.
_AT_PLACE = 0.8
_SWAPPED = 0.06
_MUCH = 0.7  # of a look's words
_LEAST_WIDTH, _MOST_WIDTH = 0.7, 1.4  # times: a photograph is cut closer, or less close, than the one before
_NUMBERS = ("vat", "iban", "tax")
_SINGLE = ("vat",)  # a seller has one of these


@dataclass(frozen=True, slots=True)
class Known:
    """The seller's look that a document has. ``marks`` are those by which the seller is known."""

    look: Look
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How the words of a sketch lie to those of a look.

    ``asked`` are the look's words, ``common`` those that both have, ``at_place`` those that stand where they stood
    across the page; ``swapped`` is the share of pairs of which the lower one stands above now.
    """

    common: int
    at_place: int
    asked: int
    swapped: float

    @property
    def same(self) -> bool:
        """Whether it is the same layout."""
        return self._is_told and not self.moved

    @property
    def moved(self) -> bool:
        """Whether it is surely another."""
        return self._is_told and (self.at_place < _AT_PLACE * self.common or self.swapped > _SWAPPED)

    @property
    def thin(self) -> bool:
        """Whether much of what is fixed is missing."""
        return self.at_place < _MUCH * self.asked

    @property
    def _is_told(self) -> bool:
        return self.common >= max(min(_FEW, self.asked), 1)


def find_identity(book: LookBook, sketch: Sketch, names: Iterable[str] = ()) -> list[Known]:
    """The looks of the seller whose marks the document bears; empty where two sellers may be meant.

    ``names`` are marks that lines of the document would be if they were the seller's name.
    """
    marks = dict.fromkeys((*sketch.marks, *names))
    shared = [Known(look, borne) for look, borne in book.find(marks) if not contradicts(sketch, look, borne)]
    alone = [each for each in shared if any(_is_own(book, each, mark) for mark in each.marks)]
    if any(_is_other(one.look, two.look) for one in alone for two in alone):
        return []
    return alone


def recognise(known: Sequence[Known], sketch: Sketch) -> Known | None:
    """The look among a seller's that the document has: where the most words stand where they stood."""
    alike = [(measure_likeness(each.look, sketch), each) for each in known]
    same = [(likeness.at_place, each) for likeness, each in alike if likeness.same]
    return max(same, key=lambda pair: pair[0])[1] if same else None


def measure_likeness(look: Look, sketch: Sketch) -> Likeness:
    """Compare the fixed words; a page that lies shifted, or is cut closer, is moved back first."""
    here = {word: (x, y) for word, x, y in sketch.words}
    pairs = [((x, y), here[word]) for word, x, y in look.words if word in here]
    if not pairs:
        return Likeness(0, 0, len(look.words), 0.0)
    across = [(before[0], now[0]) for before, now in pairs]
    at_place = _count_at_place(across, 1.0)
    if at_place < _AT_PLACE * len(pairs):
        at_place = max(at_place, _count_at_place(across, _find_width(across)))
    down = [(before[1], now[1]) for before, now in pairs]
    return Likeness(len(pairs), at_place, len(look.words), _rate_swapped(down))


def _count_at_place(across: Sequence[tuple[int, int]], width: float) -> int:
    """How many words stand where they stood, if the page is ``width`` times as wide and shifted as most of them are."""
    rests = [now - width * before for before, now in across]
    shift = median(rests)
    return sum(abs(rest - shift) <= _SAME_X for rest in rests)


def _find_width(across: Sequence[tuple[int, int]]) -> float:
    """How many times as far apart words stand now, in the median of all pairs (Theil and Sen's estimator)."""
    slopes = [
        (now - other_now) / (before - other_before)
        for (before, now), (other_before, other_now) in combinations(across, 2)
        if abs(before - other_before) > 2 * _SAME_X
    ]
    return min(_MOST_WIDTH, max(_LEAST_WIDTH, median(slopes))) if slopes else 1.0


def _rate_swapped(down: Sequence[tuple[int, int]]) -> float:
    pairs = [
        (before - other_before) * (now - other_now) < 0
        for (before, now), (other_before, other_now) in combinations(down, 2)
        if abs(before - other_before) > _LEVEL and abs(now - other_now) > _LEVEL
    ]
    return sum(pairs) / len(pairs) if pairs else 0.0


def contradicts(sketch: Sketch, look: Look, borne: Sequence[str]) -> bool:
    """Whether the document is another seller's for all that it bears: it has another number of the tax office, say."""
    return _are_apart((*sketch.marks, *borne), look.marks)


def _is_other(one: Look, two: Look) -> bool:
    return one is not two and _are_apart(one.marks, two.marks)


def _is_own(book: LookBook, known: Known, mark: str) -> bool:
    """Whether a mark is this seller's alone: a buyer's telephone stands on everybody's invoices."""
    return not any(_is_other(known.look, book.looks[key]) for key in book.by_mark[mark])


def _are_apart(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    for kind in _SINGLE:
        here, there = _of_kind(mine, kind), _of_kind(theirs, kind)
        if here and there:
            return here.isdisjoint(there)
    if any(not _of_kind(mine, kind).isdisjoint(_of_kind(theirs, kind)) for kind in _NUMBERS):
        return False
    names, others = _of_kind(mine, "name"), _of_kind(theirs, "name")
    if not (names and others):
        return False
    return all(_rate_alike(name, other) < _NAMES_APART for name in names for other in others)


def _rate_alike(one: str, two: str) -> float:
    """The share of pieces of three letters that two names have in common (Dice's coefficient)."""
    mine, theirs = _cut(one), _cut(two)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _cut(name: str) -> set[str]:
    return {name[n : n + _PIECE] for n in range(max(1, len(name) - _PIECE + 1))}


def _of_kind(marks: Sequence[str], kind: str) -> set[str]:
    return {mark.removeprefix(f"{kind}:") for mark in marks if mark.startswith(f"{kind}:")}
