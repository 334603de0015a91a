"""Which known phrases a run of words may be with letters misread; they are compared by their skeletons only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_LETTERS_FOR_ERRORS = (5, 13)
_INDEXED = 3  # letters at the beginning, or at the end, that are right


@dataclass(frozen=True, slots=True)
class Spellings:
    """Skeletons by their first and by their last letters, each with its length.

    Tables of labels overlap, and are many: they share one of these, and look up what it finds.
    """

    heads: dict[tuple[str, int], list[str]]
    tails: dict[tuple[str, int], list[str]]

    @classmethod
    def of(cls, skeletons: Iterable[str]) -> Spellings:
        """Index ``skeletons``; one that is too short to be misread is left out."""
        spellings = cls(defaultdict(list), defaultdict(list))
        for skeleton in dict.fromkeys(filter(count_allowed, skeletons)):
            spellings.heads[skeleton[:_INDEXED], len(skeleton)].append(skeleton)
            spellings.tails[skeleton[-_INDEXED:], len(skeleton)].append(skeleton)
        return spellings

    def find_near(self, skeleton: str) -> list[tuple[int, str]]:
        """The skeletons of which ``skeleton`` may be a misreading, each with the number of letters that differ."""
        allowed = count_allowed(skeleton)
        if not allowed:
            return []
        head, tail = skeleton[:_INDEXED], skeleton[-_INDEXED:]
        lengths = range(len(skeleton) - allowed, len(skeleton) + allowed + 1)
        alike = {
            known
            for length in lengths
            for known in (*self.heads.get((head, length), ()), *self.tails.get((tail, length), ()))
        }
        return [
            (distance, known)
            for known in alike
            if (distance := Levenshtein.distance(known, skeleton, score_cutoff=allowed)) <= allowed
            and distance <= count_allowed(known)
        ]


def count_allowed(skeleton: str) -> int:
    """How many letters of it may be misread."""
    few, many = _LETTERS_FOR_ERRORS
    return (len(skeleton) >= few) + (len(skeleton) >= many)
