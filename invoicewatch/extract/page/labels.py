"""Label tables and where their labels stand on a page, spelling mistakes of the engine and all.

A label's phrases stand in the languages' files (``extract/labels/``). Case, accents, blanks and punctuation do not
count in them, and neither do the usual confusions of OCR (``T0tal Arnount``). Where two labels overlap the longer one
wins, so ``total qty`` in one table keeps ``total`` in another from matching.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from invoicewatch.extract.labels.language import expand_phrase
from invoicewatch.extract.labels.load import load_languages, load_roles
from invoicewatch.extract.page.glued import find_currency_end, is_filler
from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.records import Box, Source

_MAX_WORDS = 7
_MOST_GLUED = 4  # letters of a currency, more than of a misread label
_LETTERS_FOR_ERRORS = (5, 13)
_INDEXED = 3
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


class Label(NamedTuple):
    """A label on a page: words ``first`` up to but not including ``last`` of a row.

    ``score`` is 1 for the phrase itself, less for each letter that differs. ``leads`` says that it begins its cell.
    """

    role: str
    language: str
    phrase: str
    row: Row
    first: int
    last: int
    score: float
    leads: bool

    @property
    def box(self) -> Box:
        """The box around the label's words."""
        return self.row.box_of(self.first, self.last)

    @property
    def text(self) -> str:
        """The label as it was read."""
        return self.row.join(self.first, self.last)


@dataclass(frozen=True, slots=True, eq=False)  # two tables are the same only if they are one
class LabelTable:
    """Phrases ready to be looked up: by their whole skeleton, and by its beginning and end. Each is equal to itself."""

    whole: Mapping[str, Phrase]
    heads: Mapping[str, tuple[Phrase, ...]]
    tails: Mapping[str, tuple[Phrase, ...]]
    longest: int

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> LabelTable:
        """Index ``phrases``; where two have one skeleton the first stays."""
        whole: dict[str, Phrase] = {}
        heads: dict[str, list[Phrase]] = defaultdict(list)
        tails: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            if whole.setdefault(phrase.skeleton, phrase) is phrase and _may_be_misread(phrase):
                heads[phrase.skeleton[:_INDEXED]].append(phrase)
                tails[phrase.skeleton[-_INDEXED:]].append(phrase)
        longest = max(map(len, whole), default=0)
        return cls(whole, {k: tuple(v) for k, v in heads.items()}, {k: tuple(v) for k, v in tails.items()}, longest)

    def may_hold(self, skeleton: str) -> bool:
        """Whether it is no longer than the longest phrase, a currency at its end and letters too many included."""
        return len(skeleton) <= self.longest + _MOST_GLUED

    def match(self, skeleton: str, *, fuzzy: bool) -> tuple[Phrase, float] | None:
        """The phrase that ``skeleton`` is or, if ``fuzzy``, a misreading of, with its score; None if there is none."""
        exact = self.whole.get(skeleton)
        if exact is not None:
            return exact, 1.0
        allowed = _allowed_errors(skeleton)
        if not (fuzzy and allowed):
            return None
        heads, tails = self.heads.get(skeleton[:_INDEXED], ()), self.tails.get(skeleton[-_INDEXED:], ())
        if not (heads or tails):
            return None
        near = {*heads, *tails}
        scored = [
            (distance, phrase)
            for phrase in near
            if abs(len(phrase.skeleton) - len(skeleton)) <= allowed
            and (distance := Levenshtein.distance(phrase.skeleton, skeleton, score_cutoff=allowed)) <= allowed
            and distance <= _allowed_errors(phrase.skeleton)
        ]
        if not scored:
            return None
        distance, phrase = min(scored)
        if any(other.role != phrase.role for far, other in scored if far == distance):
            return None  # "ixcl" may be "incl" or "excl"
        return phrase, 1.0 - distance / len(phrase.skeleton)


class _Run(NamedTuple):
    """Words ``first`` to before ``last`` of a cell that begins with word ``begin``, and what of them is compared."""

    begin: int
    first: int
    last: int
    skeleton: str
    currency: str


@cache
def load_labels(*names: str) -> LabelTable:
    """The tables ``names`` of all languages as one, role by role as ``labels/roles.toml`` has them.

    Raises:
        ConfigError: A language's file is broken.
    """
    roles = load_roles()
    return LabelTable.of(phrase for name in names for role in roles[name] for phrase in _list_phrases(name, role))


def skeleton_of(text: str) -> str:
    """What is left of ``text`` when case, accents, blanks, punctuation and confusions of OCR do not count.

    >>> skeleton_of("Fällig am:") == skeleton_of("FALL1G AM")
    True
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_CONFUSED).translate(_STROKED))
    letters = "".join(char for char in plain if char.isalnum())
    for seen, meant in _MERGED:
        letters = letters.replace(seen, meant)
    return letters


def find_labels(page: PageView, table: LabelTable) -> list[Label]:
    """All labels of ``table`` on ``page`` in reading order; no two overlap. A text layer has no misreadings."""
    fuzzy = page.source is not Source.TEXT_LAYER
    return [label for row in page.rows for label in find_row_labels(row, table, fuzzy=fuzzy)]


def find_row_labels(row: Row, table: LabelTable, *, fuzzy: bool = True) -> list[Label]:
    """The labels on one row, left to right; where two overlap the longer, then the better one stays.

    With ``fuzzy`` a label may be misread in a letter, or two if it is long.
    """
    asked = (table, fuzzy)
    if asked not in row.memo:
        row.memo[asked] = tuple(_look_for_labels(row, table, fuzzy=fuzzy))
    return list(row.memo[asked])


def _look_for_labels(row: Row, table: LabelTable, *, fuzzy: bool) -> list[Label]:
    found: list[tuple[int, float, Label]] = []
    for run in _list_runs(row):
        match = _match(run.skeleton, table, run.currency, fuzzy=fuzzy) if table.may_hold(run.skeleton) else None
        if match:
            phrase, score = match
            leads = all(is_filler(word.text) for word in row.words[run.begin : run.first])
            label = Label(phrase.role, phrase.language, phrase.text, row, run.first, run.last, score, leads)
            found.append((len(phrase.skeleton), score, label))
    return _keep_longest(found)


def _list_runs(row: Row) -> Sequence[_Run]:
    """The runs of words that any table may have a label for; every table asks for the same."""
    if _Run not in row.memo:
        row.memo[_Run] = tuple(_find_runs(row))
    runs: Sequence[_Run] = row.memo[_Run]
    return runs


def _find_runs(row: Row) -> Iterator[_Run]:
    texts = [word.text for word in row.words]
    skeletons = [_word_skeleton(text) for text in texts]
    currencies = [find_currency_end(text, after) for text, after in pairwise([*texts, ""])]
    for begin, end in row.cells:
        for first in range(begin, end):
            joined = ""
            for last in range(first + 1, min(end, first + _MAX_WORDS) + 1):
                part = skeletons[last - 1]
                if part is None:
                    break
                joined += part
                if part:
                    yield _Run(begin, first, last, joined, currencies[last - 1])


def _list_phrases(table: str, role: str) -> Iterator[Phrase]:
    """The phrases of one role, language by language."""
    for language in load_languages():
        for entry in language.tables.get(table, {}).get(role, ()):
            for phrase in expand_phrase(entry):
                yield Phrase(role, language.code, phrase, skeleton_of(phrase))


@lru_cache(maxsize=50_000)  # every extractor asks anew for the labels of a page
def _match(skeleton: str, table: LabelTable, currency: str, *, fuzzy: bool) -> tuple[Phrase, float] | None:
    """``totalrm`` is ``total``: engines glue the ``currency`` to the label."""
    found = table.match(skeleton, fuzzy=fuzzy)
    if found is None and currency and len(skeleton) > len(currency) + 2:
        return table.match(skeleton.removesuffix(currency), fuzzy=False)
    return found


def _may_be_misread(phrase: Phrase) -> bool:
    """Whether it is long enough, and not told by single letters: ``total c/f`` misread would be ``Total CHF``."""
    return _allowed_errors(phrase.skeleton) > 0 and _ABBREVIATED.search(phrase.text) is None


def _allowed_errors(skeleton: str) -> int:
    return sum(len(skeleton) >= letters for letters in _LETTERS_FOR_ERRORS)


@lru_cache(maxsize=20_000)  # every extractor asks anew for the words of a page
def _word_skeleton(text: str) -> str | None:
    """The skeleton of one word, or None where it is a figure and no label may run across it."""
    digits = sum(char.isdigit() for char in text)
    letters = sum(char.isalpha() for char in text)
    if digits > letters:
        return None
    return skeleton_of(text)


def _keep_longest(found: list[tuple[int, float, Label]]) -> list[Label]:
    kept: list[Label] = []
    for _, _, label in sorted(found, key=lambda each: (-each[0], -each[1], each[2].first)):
        if all(label.last <= other.first or other.last <= label.first for other in kept):
            kept.append(label)
    return sorted(kept, key=lambda label: label.first)
