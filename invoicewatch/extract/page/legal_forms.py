"""Legal forms of companies: the surest sign that a line of text is a company's name."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from invoicewatch.extract.labels.words import list_words, write_pattern

_MAX_ERRORS = 1


@lru_cache(maxsize=20_000)
def find_legal_form(text: str) -> re.Match[str] | None:
    """The last legal form in ``text`` that has a name before it, or None."""
    found = [match for pattern in _load_forms() for match in pattern.finditer(text)]
    found = [match for match in found if sum(char.isalpha() for char in text[: match.start()]) > 1]
    return max(found, key=lambda match: match.end(), default=None)


@lru_cache(maxsize=20_000)
def has_legal_form(text: str) -> bool:
    """Whether ``text`` has a legal form, or ends with what an engine made of one (``SON. BHD.``)."""
    if find_legal_form(text) is not None:
        return True
    words = [_keep_letters(word) for word in text.split()]
    ends = ("".join(words[-count:]) for count in (1, 2) if len(words) > count)
    return any(
        Levenshtein.distance(end, form, score_cutoff=_MAX_ERRORS) <= _MAX_ERRORS
        for end in ends
        for form in _load_long_forms()
    )


def find_mention(text: str) -> re.Match[str] | None:
    """Where ``text`` states a legal form with the capital, as French law has it: ``SARL au capital de ...``."""
    stated, _ = _load_mentions()
    return stated.search(text)


def drop_mentioned_form(name: str) -> str:
    """A name without the legal form that is mentioned after it.

    French law has form and capital mentioned beside the name, of which they are no part (Code de commerce, R123-238);
    elsewhere the form belongs to the name (for a GmbH: GmbHG, section 4).
    """
    _, beside = _load_mentions()
    return beside.sub("", name)


@cache
def _load_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Forms written in any case, and those that count in their own capitals only."""
    anyhow, capitals = write_pattern("legal_forms", "written"), write_pattern("legal_forms", "capitals")
    return re.compile(rf"(?<![\w.]){anyhow}(?!\w)", re.IGNORECASE), re.compile(rf"(?<![\w.]){capitals}(?![\w.])")


@cache
def _load_long_forms() -> tuple[str, ...]:
    return tuple(map(_keep_letters, list_words("legal_forms", "nearly")))


def _keep_letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


@cache
def _load_mentions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A form with its capital, anywhere; and one that ends a text, with its capital or without."""
    form = write_pattern("legal_forms", "mentioned")
    capital = "|".join(map(_write_torn, list_words("legal_forms", "capital"))) or r"(?!)"
    stated = rf"(?<!\w){form}\s+(?:{capital})\b"
    beside = rf"\s+{form}(?:\s+(?:{capital})\b.*)?$"
    return re.compile(stated, re.IGNORECASE), re.compile(beside, re.IGNORECASE)


def _write_torn(phrase: str) -> str:
    """A pattern of the phrase wherever an engine put blanks into it: ``au c apital``."""
    return r"\s?".join(map(re.escape, phrase.replace(" ", "")))
