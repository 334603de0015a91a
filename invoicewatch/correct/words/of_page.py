"""What one page knows of its own words: its languages, what stands on it more than once, and its regular suppliers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from invoicewatch.correct.words.vocabulary import EDGES, Vocabulary
from invoicewatch.records import Memory, Reading

# What the list of ``list_names`` is called among the vocabulary's.
NAMES = "memory"
# A word read with this confidence may vouch for a like one elsewhere on the page, by so many nats.
_TRUSTED = 85.0
_SEEN_BONUS = 2.0
_SHORTEST_SEEN = 3
# An unknown word costs this much, and this much a letter (of a long word not of all: those are often compounds).
_UNKNOWN = -5.0
_UNKNOWN_LETTER = -1.2
_MOST_LETTERS = 9
# A name out of memory weighs as much as a common label, a word of the model's as its rank says (Zipf's law).
_NAME_WEIGHT = 40.0
_RANK_WEIGHT = 2000.0
_RANK_SHIFT = 300


class PageWords:
    """The words a page may hold and how likely each is.

    Args:
        reading: The page's raw reading.
        vocabulary: Of the configured languages, with ``rank_words``' and ``list_names``' lists where there are such.
    """

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self._seen = Counter(
            core
            for word in reading.words
            if word.confidence >= _TRUSTED and (core := word.text.strip(EDGES).casefold()).isalpha()
        )
        self._names = vocabulary.lists.get(NAMES, {})
        self._vocabulary = vocabulary.adapt(word.text for word in reading.words if word.confidence >= _TRUSTED)

    def log_probability(self, core: str) -> float:
        """Natural log of the chance to meet this word on this page."""
        known = self._vocabulary.log_frequency(core)
        base = _UNKNOWN + _UNKNOWN_LETTER * min(len(core), _MOST_LETTERS) if known is None else known
        return base + (_SEEN_BONUS if self.has(core) else 0.0)

    def has(self, core: str) -> bool:
        """Whether the word was read well elsewhere on the page."""
        return len(core) >= _SHORTEST_SEEN and self._seen[core.casefold()] > 0

    def has_name(self, core: str) -> bool:
        """Whether it is part of a name that earlier documents proved."""
        return core.casefold() in self._names

    def knows(self, token: str) -> bool:
        """Whether it is a known word."""
        return self._vocabulary.knows(token)

    def find_near(self, core: str, most: int) -> list[str]:
        """Known words and words of the page at most ``most`` edits away."""
        folded = core.casefold()
        near = self._vocabulary.find_near(core, most)
        return near + [word for word in self._own_near.find_near(folded, most) if not self._vocabulary.knows(word)]

    @cached_property
    def _own_near(self) -> Vocabulary:
        return Vocabulary({"page": {word: float(count) for word, count in self._seen.items()}})


def rank_words(words: tuple[str, ...]) -> Mapping[str, float]:
    """Weights for words given commonest first, after Zipf's law."""
    return {word: _RANK_WEIGHT / (_RANK_SHIFT + rank) for rank, word in enumerate(words)}


def list_names(memory: Memory, office: Iterable[str] = ()) -> Mapping[str, float]:
    """The words of the names of the office and of sellers met before; the more often proved, the heavier."""
    named = [(seller.name, seller.proofs) for seller in memory.sellers]
    named += ((name, 1) for name in (*memory.office, *office))
    names: dict[str, float] = {}
    for name, proofs in named:
        for token in name.split():
            core = token.strip(EDGES).casefold()
            if core:
                names[core] = names.get(core, 0.0) + _NAME_WEIGHT * (1.0 + math.log(max(1, proofs)))
    return names
