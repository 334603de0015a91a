"""Tables of phrases that are labels, ready to be looked up, spelling mistakes of the engine and all.

Case, accents, blanks and punctuation do not count in them, and neither do the usual confusions of OCR
(``T0tal Arnount``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from invoicewatch.extract.labels.language import expand_phrase
from invoicewatch.extract.labels.load import load_languages, load_roles
from invoicewatch.extract.page.spellings import Spellings, count_allowed

_TABLES = ("amounts", "columns", "lines", "currency", "dates", "identifiers", "kinds", "letters", "parties")
_MOST_GLUED = 4  # letters of a currency, more than of a misread label
_CONFUSED = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "8": "b", "ß": "ss", "€": "e"})
# No accents to Unicode, but an engine without the language drops the strokes, and TARIHI has no dotless letter.
_STROKED = str.maketrans({"ø": "o", "æ": "ae", "\N{LATIN SMALL LETTER DOTLESS I}": "l", "đ": "d", "ł": "l"})
_ABBREVIATED = re.compile(r"\b\w/\w{1,3}\b")
_MERGED = (("rn", "m"), ("vv", "w"))


class Phrase(NamedTuple):
    """One phrase of a table; ``skeleton`` is what is compared."""

    role: str
    language: str
    text: str
    skeleton: str


@dataclass(frozen=True, slots=True, eq=False)  # two tables are the same only if they are one
class LabelTable:
    """Phrases ready to be looked up by their whole skeleton, and by those that ``spellings`` finds near.

    ``common`` says that its phrases are the languages', so that it finds nothing in what :func:`may_be_label` refuses.
    """

    whole: Mapping[str, Phrase]
    spellings: Spellings
    longest: int
    common: bool

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> LabelTable:
        """A table of its own; where two phrases have one skeleton the first stays."""
        whole = _index(phrases)
        return cls(whole, Spellings.of(whole), max(map(len, whole), default=0), common=False)

    def match(self, skeleton: str, currency: str, *, fuzzy: bool) -> tuple[Phrase, float] | None:
        """The phrase that ``skeleton`` is or, if ``fuzzy``, a misreading of, with its score; None if there is none.

        ``totalrm`` is ``total``: engines glue the ``currency`` to the label.
        """
        exact = self.whole.get(skeleton)
        if exact is not None:
            return exact, 1.0
        scored = self._find_near(skeleton) if fuzzy else []
        distance, phrase = min(scored, default=(0, None))
        # "ixcl" may be "incl" or "excl"
        if phrase is not None and all(other.role == phrase.role for far, other in scored if far == distance):
            return phrase, 1.0 - distance / len(phrase.skeleton)
        bare = self.whole.get(_strip_currency(skeleton, currency))
        return None if bare is None else (bare, 1.0)

    def may_match(self, skeleton: str, currency: str) -> bool:
        """Whether this table, or one that holds a part of its phrases, may find a phrase."""
        if len(skeleton) > self.longest + _MOST_GLUED:
            return False
        known = skeleton in self.whole or _strip_currency(skeleton, currency) in self.whole
        return known or bool(self._find_near(skeleton))

    def _find_near(self, skeleton: str) -> list[tuple[int, Phrase]]:
        """The phrases of which it may be a misreading, each with the letters that differ."""
        return [
            (distance, phrase)
            for distance, near in self.spellings.find_near(skeleton)
            if (phrase := self.whole.get(near)) is not None and _may_be_misread(phrase)
        ]


@cache
def load_labels(*names: str) -> LabelTable:
    """The tables ``names`` of all languages as one, role by role as ``labels/roles.toml`` has them.

    Raises:
        ConfigError: A language's file is broken.
        ValueError: There is no table of labels of that name.
    """
    if not set(names) <= set(_TABLES):
        raise ValueError(f"{', '.join(names)}: tables of labels are {', '.join(_TABLES)}")
    whole: dict[str, Phrase] = {}
    for name in reversed(names):
        whole |= _load_table(name)  # of two phrases alike that of the table named first stays
    return LabelTable(whole, _load_spellings(), max(map(len, whole), default=0), common=True)


@cache
def _load_spellings() -> Spellings:
    return Spellings.of(skeleton for name in _TABLES for skeleton in _load_table(name))


@lru_cache(maxsize=20_000)  # of most runs of words that page after page holds
def may_be_label(skeleton: str, currency: str) -> bool:
    """Whether a table of labels may hold it, misread or with a ``currency`` glued to it; most words are no labels."""
    return load_labels(*_TABLES).may_match(skeleton, currency)


def skeleton_of(text: str) -> str:
    """What is left of ``text`` when case, accents, blanks, punctuation and confusions of OCR do not count.

    >>> skeleton_of("Fällig am:") == skeleton_of("FALL1G AM")
    True
    """
    plain = text.casefold().translate(_CONFUSED)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_STROKED))
    letters = "".join(filter(str.isalnum, plain))
    for seen, meant in _MERGED:
        letters = letters.replace(seen, meant)
    return letters


@cache  # a table is a part of many
def _load_table(table: str) -> dict[str, Phrase]:
    """The phrases of one table by their skeletons, role by role and language by language."""
    return _index(
        Phrase(role, language.code, phrase, skeleton_of(phrase))
        for role in load_roles()[table]
        for language in load_languages()
        for entry in language.tables.get(table, {}).get(role, ())
        for phrase in expand_phrase(entry)
    )


def _index(phrases: Iterable[Phrase]) -> dict[str, Phrase]:
    found: dict[str, Phrase] = {}
    for phrase in phrases:
        found.setdefault(phrase.skeleton, phrase)
    return found


def _strip_currency(skeleton: str, currency: str) -> str:
    """Without the currency at its end, where a label may be left."""
    return skeleton.removesuffix(currency) if currency and len(skeleton) > len(currency) + 2 else skeleton


@cache  # asked for each word that is near it
def _may_be_misread(phrase: Phrase) -> bool:
    """Whether it is long enough, and not told by single letters: ``total c/f`` misread would be ``Total CHF``."""
    return count_allowed(phrase.skeleton) > 0 and _ABBREVIATED.search(phrase.text) is None
