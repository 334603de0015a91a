"""Words that stand in or beside sellers' names, in all languages: table ``sellers`` of their files."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from invoicewatch.extract.labels.words import list_words
from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.labels import load_labels, skeleton_of

MAX_PHRASE_WORDS = 6
_TABLES = ("letters", "identifiers", "dates", "kinds", "amounts", "parties", "columns")


def match_lead(texts: Sequence[str]) -> int:
    """How many of the first words say that a seller's name follows (``Welcome to``); 0 if none."""
    return match_phrases(load_leads(), texts)


def match_tail(texts: Sequence[str]) -> int:
    """How many of the first words say that a name ends before them (``Tel``, ``Filiale``); 0 if none."""
    return match_phrase("tail", texts)


def match_phrase(role: str, texts: Sequence[str]) -> int:
    """How many of the first words are a phrase of ``role``; the longest counts, 0 if there is none."""
    return match_phrases(load_phrases(role), texts)


def match_phrases(phrases: AbstractSet[str], texts: Sequence[str]) -> int:
    """How many of the first words are one of ``phrases``, letters and digits only; the longest counts, 0 if none."""
    best, joined = 0, ""
    for count, text in enumerate(texts[:MAX_PHRASE_WORDS], start=1):
        joined += fold(text)
        if joined in phrases:
            best = count
    return best


@lru_cache(maxsize=20_000)
def is_label(text: str) -> bool:
    """Whether ``text`` is a label of any table and nothing else."""
    return load_labels(*_TABLES).whole.get(skeleton_of(text)) is not None


@cache
def load_leads() -> frozenset[str]:
    """The phrases that say that a seller's name follows, headings too."""
    return load_phrases("lead") | load_phrases("heading")


@cache
def load_phrases(role: str) -> frozenset[str]:
    """The phrases of ``role`` in all languages, letters and digits only. Raises ConfigError where a file is broken."""
    return frozenset(fold(phrase) for phrase in list_words("sellers", role))
