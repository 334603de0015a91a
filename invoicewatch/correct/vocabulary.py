"""The words of invoices: known ones, how common they are, and which lie near a misread one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

# What stands around a word on paper without being part of it.
EDGES = "()[]{}<>*#:;,.!?'\"`´‘’“”„|/\\-–—_=+~&%@°^"  # noqa: RUF001 - the look-alikes are the point
# Tesseract's names for languages are the names of the word lists; ``common`` holds for all of them.
_COMMON = "common"
_SUFFIX = ".txt"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in lower case with their weights, which add up to the whole; how ever many there are."""

    weights: Mapping[str, float]
    total: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", max(1.0, sum(self.weights.values())))

    def knows(self, token: str) -> bool:
        """Whether the token, without its edges and whatever its case, is a known word or several joined by marks."""
        core = token.strip(EDGES).casefold()
        return core in self.weights or (len(core) > 0 and all(part in self.weights for part in _parts(core)))

    def log_frequency(self, word: str) -> float:
        """Natural log of the word's share; of a word not seen, that of one seen half a time."""
        return math.log(self.weights.get(word.casefold(), 0.5) / self.total)

    def find_near(self, word: str, most: int, limit: int) -> list[str]:
        """Up to ``limit`` words at most ``most`` single-character edits away, nearest and then commonest first."""
        folded = word.casefold()
        near = process.extract(
            folded, self.weights.keys(), scorer=Levenshtein.distance, score_cutoff=most, limit=4 * limit
        )
        ranked = sorted(near, key=lambda each: (each[1], -self.weights[each[0]]))
        return [text for text, _distance, _index in ranked if text != folded][:limit]

    def joined(self, words: Iterable[str], weight: float) -> Vocabulary:
        """This vocabulary with more words, each of ``weight`` at least."""
        more = {word.casefold(): weight for word in words}
        return Vocabulary({**more, **self.weights})


EMPTY_VOCABULARY = Vocabulary({})


def load_vocabulary(languages: Iterable[str]) -> Vocabulary:
    """The word lists of the languages (Tesseract's codes) and the common one; a language without a list adds nothing.

    A list's line is a weight, a colon and words of that weight; ``#`` begins a comment.
    """
    weights: dict[str, float] = {}
    folder = files("invoicewatch.correct") / "data"
    for name in dict.fromkeys((*languages, _COMMON)):
        source = folder / f"{name}{_SUFFIX}"
        if not source.is_file():
            continue
        for line in source.read_text(encoding="utf-8").splitlines():
            weight, marker, words = line.partition("#")[0].partition(":")
            if marker:
                weights.update({word: max(float(weight), weights.get(word, 0.0)) for word in words.split()})
    return Vocabulary(weights)


def _parts(core: str) -> list[str]:
    for mark in "/-&.,":
        core = core.replace(mark, " ")
    return core.split() or [core]
