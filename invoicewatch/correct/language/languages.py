"""The words of many languages, and which of them a page is written in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.correct.language.letters import fold, rate_letters
from invoicewatch.correct.language.table import Table, load_table
from invoicewatch.correct.words.vocabulary import EDGES

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LETTERS = "letters"
_SUFFIX = ".bin"
# What a language that no word of the page speaks for keeps of the whole; and how often shares are made better by what
# they explain (Dempster, Laird and Rubin 1977), which settles at once for so few.
_FLOOR = 0.005
_ROUNDS = 4
_SPOKEN = 0.02
# Which part of the words on a page are in no list: names, codes, abbreviations.
_UNLISTED = 0.3
_RAREST = -20.0


@dataclass(frozen=True, slots=True)
class Languages:
    """``words`` by language, and how ``letters`` follow one another in all of them."""

    words: Mapping[str, Table]
    letters: Table

    def adapt(self, words: Iterable[str]) -> PageLanguage:
        """The mixture of languages that these words of a page are likeliest in."""
        known = self.rate(sorted({fold(word.strip(EDGES)) for word in words}))
        listed = known[(known > 0).any(axis=1)]
        shares = np.full(len(self.words), 1.0 / max(1, len(self.words)))
        for _ in range(_ROUNDS if len(listed) else 0):
            mixed = listed * shares
            shares = np.maximum(_FLOOR, (mixed / mixed.sum(axis=1, keepdims=True)).mean(axis=0))
            shares /= shares.sum()
        return PageLanguage(self, shares)

    def rate(self, folded: Sequence[str]) -> NDArray[np.float64]:
        """(words, languages) probabilities, 0 where a language has no such word."""
        columns = [np.nan_to_num(np.exp(table.find(folded).astype(float)), nan=0.0) for table in self.words.values()]
        return np.stack(columns, axis=1) if columns else np.zeros((len(folded), 0))


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """A page's mixture: ``shares`` (languages,) of its words."""

    languages: Languages
    shares: NDArray[np.float64]

    def rate_words(self, words: Sequence[str]) -> list[float]:
        """Natural log of the chance to meet each word here, by the lists or else by its letters, without its edges."""
        folded = [fold(word.strip(EDGES)) for word in words]
        listed = self.languages.rate(folded) @ self.shares
        letters = rate_letters(folded, self.languages.letters)
        return [
            math.log((1.0 - _UNLISTED) * float(known) + _UNLISTED * math.exp(spelt))
            if spelt > _RAREST or known
            else math.log(_UNLISTED) + spelt
            for known, spelt in zip(listed, letters, strict=True)
        ]

    def list_known(self, words: Sequence[str]) -> list[bool]:
        """Whether each word is in the list of a language that the page may be written in."""
        folded = [fold(word.strip(EDGES)) for word in words]
        spoken = [t for t, share in zip(self.languages.words.values(), self.shares, strict=True) if share >= _SPOKEN]
        known = np.zeros(len(folded), bool)
        for table in spoken:
            known |= ~np.isnan(table.find(folded))
        return known.tolist()

    def knows(self, words: Sequence[str]) -> bool:
        """Whether each word is in the list of some language, be it one of the page or not."""
        folded = [fold(word.strip(EDGES)) for word in words]
        return bool((self.languages.rate(folded) > 0).any(axis=1).all())


@cache
def load_languages() -> Languages:
    """All tables that come with the program; a few megabytes, read once and when first asked for."""
    folder = files("invoicewatch.correct") / "data" / "language"
    tables = {
        each.name.removesuffix(_SUFFIX): load_table(each)
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(_SUFFIX)
    }
    letters = tables.pop(_LETTERS)
    return Languages(tables, letters)
