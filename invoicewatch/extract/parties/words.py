"""Words that stand in or beside sellers' names, read from ``words.toml``: one place a language."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from importlib import resources

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.labels import load_labels, skeleton_of

MAX_PHRASE_WORDS = 6
_TABLES = ("letters", "identifiers", "dates", "kinds", "amounts", "parties", "columns")


def match_lead(texts: Sequence[str]) -> int:
    """How many of the first words say that a seller's name follows (``Welcome to``); 0 if none."""
    return match_phrases(load_leads(), texts)


def match_tail(texts: Sequence[str]) -> int:
    """How many of the first words say that a name ends before them (``Tel``, ``Filiale``); 0 if none."""
    return match_phrase("tails", texts)


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
    return load_phrases("leads") | load_phrases("seller_headings")


@cache
def load_phrases(role: str) -> frozenset[str]:
    """The phrases of ``role`` in all languages, letters and digits only."""
    return frozenset(fold(phrase) for phrases in _load_file()[role].values() for phrase in phrases)


@cache
def _load_file() -> dict[str, dict[str, list[str]]]:
    file = resources.files("invoicewatch.extract").joinpath("parties", "words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
