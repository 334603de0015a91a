"""The words of invoices: known ones, how common they are, and which lie near a misread one."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

# What stands around a word on paper without being part of it.
EDGES = "()[]{}<>*#:;,.!?'\"`´‘’“”„|/\\-–—_=+~&%@°^"  # noqa: RUF001 - the look-alikes are the point
# Tesseract's names for languages are the names of the word lists; ``common`` holds for all of them.
_COMMON = "common"
_SUFFIX = ".txt"
_MARKS = re.compile(r"[/&.,()'’-]")  # noqa: RUF001 - both apostrophes
# German runs words together (Rechnungssumme): parts of at least so many letters, with these between them.
_SHORTEST_PART = 4
_LINKS = ("", "s", "n", "en", "es", "er")
# Words of at least this weight in our lists are labels, or as common as labels.
_LABEL_WEIGHT = 40.0
# How much of a language's weight stays on a page where not one of its words stands.
_FOREIGN_SHARE = 0.02


@dataclass(frozen=True)
class Vocabulary:
    """Word lists by language: words in lower case with their weights."""

    lists: Mapping[str, Mapping[str, float]]

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Every word with the greatest of its weights."""
        merged: dict[str, float] = {}
        for words in self.lists.values():
            for word, weight in words.items():
                merged[word] = max(weight, merged.get(word, 0.0))
        return merged

    def knows(self, token: str) -> bool:
        """Whether the token, without its edges and whatever its case, is a known word or several joined by marks."""
        core = token.strip(EDGES).casefold()
        if core in self.weights:
            return True
        parts = _parts(core)
        return bool(parts) and all(part in self.weights or self._is_compound(part) for part in parts)

    def has_label(self, token: str) -> bool:
        """Whether the token, without its edges and whatever its case, is one of the common labels of invoices."""
        return self.weights.get(token.strip(EDGES).casefold(), 0.0) >= _LABEL_WEIGHT

    def log_frequency(self, word: str) -> float | None:
        """Natural log of the word's share of all words; None if it is not known."""
        weight = self.weights.get(word.casefold())
        return None if weight is None else math.log(weight / self._total)

    def find_near(self, word: str, most: int) -> list[str]:
        """The words at most ``most`` single-character edits away from ``word``, itself left out."""
        folded = word.casefold()
        lengths = range(len(folded) - most, len(folded) + most + 1)
        pool = [other for length in lengths for other in self._by_length.get(length, ())]
        near = process.extract(folded, pool, scorer=Levenshtein.distance, score_cutoff=most, limit=None)
        return [text for text, distance, _index in near if distance]

    def adapt(self, tokens: Iterable[str]) -> Vocabulary:
        """This vocabulary for a page with these words: languages weigh by how many of the page's words are theirs.

        Words that all languages know say nothing and count for none.
        """
        languages = {name: words for name, words in self.lists.items() if name != _COMMON}
        if len(languages) < 2:  # noqa: PLR2004 - with one language there is nothing to weigh
            return self
        hits = dict.fromkeys(languages, 0)
        for token in tokens:
            core = token.strip(EDGES).casefold()
            users = [name for name, words in languages.items() if core in words]
            if len(users) < len(languages):
                for name in users:
                    hits[name] += 1
        most = max(1, *hits.values())
        shares = {name: max(_FOREIGN_SHARE, count / most) for name, count in hits.items()}
        return Vocabulary(
            {
                name: {word: weight * shares.get(name, 1.0) for word, weight in words.items()}
                for name, words in self.lists.items()
            }
        )

    def joined(self, name: str, words: Mapping[str, float]) -> Vocabulary:
        """This vocabulary with one more list; it takes part in no weighing of languages."""
        return Vocabulary({**self.lists, name: words})

    def _is_compound(self, word: str) -> bool:
        """Whether it is two words of the lists run together, a linking letter or two between them allowed."""
        if not word.isalpha() or len(word) < 2 * _SHORTEST_PART:
            return False
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        return any(
            word[:cut] in self.weights and any(word[cut:].removeprefix(link) in self.weights for link in _LINKS)
            for cut in cuts
        )

    @cached_property
    def _total(self) -> float:
        return max(1.0, sum(self.weights.values()))

    @cached_property
    def _by_length(self) -> Mapping[int, list[str]]:
        groups: dict[int, list[str]] = defaultdict(list)
        for word in self.weights:
            groups[len(word)].append(word)
        return groups


EMPTY_VOCABULARY = Vocabulary({})


def load_vocabulary(languages: Iterable[str]) -> Vocabulary:
    """The word lists of the languages (Tesseract's codes) and the common one; a language without a list adds nothing.

    A list's line is a weight, a colon and words of that weight; ``#`` begins a comment.
    """
    folder = files("invoicewatch.correct") / "data"
    lists: dict[str, Mapping[str, float]] = {}
    for name in dict.fromkeys((*languages, _COMMON)):
        source = folder / f"{name}{_SUFFIX}"
        if source.is_file():
            lists[name] = _parse_list(source.read_text(encoding="utf-8"))
    return Vocabulary(lists)


def _parse_list(text: str) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for line in text.splitlines():
        weight, marker, words = line.partition("#")[0].partition(":")
        if marker:
            weights.update({word: max(float(weight), weights.get(word, 0.0)) for word in words.split()})
    return weights


def _parts(core: str) -> list[str]:
    """The words that a token joins (``code/desc``, ``item(s)``, ``u.price``); single letters are none."""
    return [part for part in _MARKS.split(core) if len(part) > 1]
