"""Which value stands where a look says that a field's value always stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from invoicewatch.extract.looks.spots import Seen
from invoicewatch.records import Look, Place
from invoicewatch.records.looks.paper import PLACED, Beside

_LETTERS_FOR_AN_ERROR = 6
_ROWS = frozenset({Beside.UNDER_ROW, Beside.OVER_ROW})
_ORDER = {beside: n for n, beside in enumerate(Beside)}  # the plainest first
_ROWS_NEEDED = 2  # a row above or below alone may be any row


@dataclass(frozen=True, slots=True)
class Placed:
    """Values of a field that stand where they should; ``documents`` is how many stood there before.

    ``seen`` are several only where words next to one another make several numbers.
    """

    seen: tuple[Seen, ...]
    place: Place

    @property
    def documents(self) -> int:
        """How many documents taught the place."""
        return self.place.count


def find_placed(name: str, look: Look, seen: Sequence[Seen]) -> Placed | None:
    """The value of field ``name`` by its places; None where none is on the page, or where two say different things."""
    kind = PLACED[name]
    found = [
        Placed(tuple(chosen), place)
        for place in look.places
        if place.name == name and (chosen := _choose(place, _stand_there(place, kind, seen)))
    ]
    if not found or not _agree(found) or not _is_enough([each.place for each in found], look):
        return None
    return max(found, key=lambda each: (each.place.beside not in _ROWS, each.documents, -_ORDER[each.place.beside]))


def count_found(look: Look, seen: Sequence[Seen], least: int) -> tuple[int, int]:
    """Of the fields with a label on ``least`` documents or more: how many still have a value there, and how many."""
    sure: dict[str, bool] = {}
    for place in look.places:
        if place.count >= least and place.beside not in _ROWS:
            there = bool(_stand_there(place, PLACED[place.name], seen))
            sure[place.name] = sure.get(place.name, False) or there
    return sum(sure.values()), len(sure)


def is_alike(read: str, words: str) -> bool:
    """Whether words on the page are those of a place, one letter of six misread at most."""
    if read == words:
        return True
    allowed = len(words) // _LETTERS_FOR_AN_ERROR
    return bool(allowed) and Levenshtein.distance(read, words, score_cutoff=allowed) <= allowed


def _stand_there(place: Place, kind: str, seen: Sequence[Seen]) -> list[Seen]:
    return [each for each in seen if each.spot.kind == kind and is_alike(each.spot.words(place.beside), place.words)]


def _choose(place: Place, there: Sequence[Seen]) -> Sequence[Seen]:
    """Those that the place means; nothing where it means one value and several stand there."""
    if not there or PLACED[place.name] == "text":
        return there
    if place.first and place.last:
        return there if len({each.spot.value for each in there}) == 1 else ()
    return there[-1:] if place.last else there[:1]


def _agree(found: Sequence[Placed]) -> bool:
    """Whether some value stands at all places."""
    values = [{value for one in each.seen for value in (one.spot.value, one.spot.other) if value} for each in found]
    return bool(set.intersection(*values))


def _is_enough(places: Sequence[Place], look: Look) -> bool:
    """Whether words beside it, a label on a row next to it, or the rows on both sides tell it."""
    ways = {place.beside for place in places}
    return bool(ways - _ROWS) or len(ways) >= _ROWS_NEEDED or any(place.words in look.labels for place in places)
