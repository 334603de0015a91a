"""What the sketches of one seller's papers have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise
from statistics import median

from invoicewatch.records.looks.paper import PLACED, WORDS, Beside, Look, Place, Sketch, Spot

_MIN_LETTERS = 3  # a label
_MIN_ROW_LETTERS = 5  # a neighbouring row
_ROWS = frozenset({Beside.UNDER_ROW, Beside.OVER_ROW})
_ORDER = {beside: n for n, beside in enumerate(Beside)}  # the plainest first
_SAME_X = 4  # hundredths of the page's width
_HABIT = 0.75  # of the lessons that could show it
_MOST_MARKS = 16
_MOST_WORDS = 60
_MOST_LABELS = 40
_MOST_PLACES = 6  # of a field


@dataclass(frozen=True, slots=True)
class SketchedLesson:
    """One document's lesson: its sketch, and the values that are known to be right."""

    sketch: Sketch
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Stands:
    """One way in which a value stands on one document: whether first, whether last of those that stand so."""

    beside: Beside
    words: str
    first: bool
    last: bool


def sum_up_look(key: int, version: int, lessons: Sequence[SketchedLesson]) -> Look:
    """The look that ``lessons``, the latest first and at least one, have in common."""
    totals = sorted((each.values["total"] for each in lessons if "total" in each.values), key=Decimal)
    names = Counter(each.values["seller_name"] for each in lessons if "seller_name" in each.values)
    # Of several spellings the commonest; of equals the latest, which was counted first.
    seller, named = names.most_common(1)[0] if names else ("", 0)
    return Look(
        key=key,
        version=version,
        lessons=len(lessons),
        seller=seller,
        named=named,
        marks=_find_marks(lessons),
        words=_find_words(lessons),
        places=tuple(place for name in PLACED for place in find_places(name, lessons)),
        labels=tuple(dict.fromkeys(chain.from_iterable(each.sketch.labels for each in lessons)))[:_MOST_LABELS],
        rates=tuple(sorted(set(chain.from_iterable(each.sketch.rates for each in lessons)))),
        currencies=_list_distinct(each.sketch.currency for each in lessons),
        kinds=_list_distinct(each.sketch.kind for each in lessons),
        least=totals[0] if totals else "",
        most=totals[-1] if totals else "",
        totals=len(totals),
        every_days=_find_rhythm(lessons),
    )


def find_places(name: str, lessons: Sequence[SketchedLesson]) -> list[Place]:
    """How the value of a field stands on the papers, those ways first that hold on most; none that any contradicts."""
    taught = [each for each in lessons if name in each.values]
    standing = [list(_list_standing(PLACED[name], each.values[name], each.sketch.spots)) for each in taught]
    found: dict[tuple[Beside, str], list[_Stands]] = {}
    for one in chain.from_iterable(standing):
        found.setdefault((one.beside, one.words), []).append(one)
    places = [
        Place(name, beside, words, len(ways), all(w.first for w in ways), all(w.last for w in ways))
        for (beside, words), ways in found.items()
    ]
    kept = [place for place in places if (place.first or place.last) and not _is_contradicted(place, taught)]
    return sorted(kept, key=lambda place: (-place.count, _ORDER[place.beside], place.words))[:_MOST_PLACES]


def list_spots(kind: str, beside: Beside, words: str, spots: Iterable[Spot]) -> list[Spot]:
    """The values of a kind that stand so to the very same words."""
    words_of = WORDS[beside]
    return [spot for spot in spots if spot.kind == kind and words_of(spot) == words]


def _list_standing(kind: str, value: str, spots: Sequence[Spot]) -> Iterator[_Stands]:
    ways = {
        (beside, words)
        for spot in spots
        if spot.kind == kind and spot.says(value)
        for beside in Beside
        if len(words := spot.words(beside)) >= (_MIN_ROW_LETTERS if beside in _ROWS else _MIN_LETTERS)
    }
    for beside, words in sorted(ways):
        alike = list_spots(kind, beside, words, spots)
        first, last = alike[0].says(value), alike[-1].says(value)
        if kind == "text":  # a number of one word begins every longer run of words
            first = any(spot.says(value) for spot in alike)
            last = first
        if first or last:
            yield _Stands(beside, words, first, last)


def _is_contradicted(place: Place, taught: Iterable[SketchedLesson]) -> bool:
    """Whether on some paper another value stood there."""
    kind = PLACED[place.name]
    for each in taught:
        alike = list_spots(kind, place.beside, place.words, each.sketch.spots)
        value = each.values[place.name]
        if alike and not any(spot.says(value) or _is_misread(spot.value, value) for spot in alike):
            return True
    return False


def _is_misread(read: str, value: str) -> bool:
    """Whether one figure differs: that is the engine's mistake, and no other value."""
    return len(read) == len(value) and sum(a != b for a, b in zip(read, value, strict=True)) == 1


def _find_marks(lessons: Sequence[SketchedLesson]) -> tuple[str, ...]:
    """The marks that a third of the papers bear: a single misread one is none."""
    often = Counter(chain.from_iterable(each.sketch.marks for each in lessons))
    return tuple(mark for mark, count in often.most_common(_MOST_MARKS) if 3 * count >= len(lessons))


def _find_words(lessons: Sequence[SketchedLesson]) -> tuple[tuple[int, int, int], ...]:
    """The words that most papers bear at the same distance from the left edge, and where the latest have them."""
    places: dict[int, list[tuple[int, int]]] = {}
    for each in lessons:
        for word, x, y in each.sketch.words:
            places.setdefault(word, []).append((x, y))
    needed = max(1, round(_HABIT * len(lessons)))
    fixed = [
        (word, *spots[0])
        for word, spots in places.items()
        if len(spots) >= needed and max(spots)[0] - min(spots)[0] <= 2 * _SAME_X
    ]
    return tuple(fixed[:_MOST_WORDS])


def _list_distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _find_rhythm(lessons: Sequence[SketchedLesson]) -> int:
    days = sorted({date.fromisoformat(each.values["issue_date"]) for each in lessons if "issue_date" in each.values})
    return round(median((later - earlier).days for earlier, later in pairwise(days))) if len(days) > 1 else 0
