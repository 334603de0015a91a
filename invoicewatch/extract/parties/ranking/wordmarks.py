"""What a run of words says by itself, wherever it stands: features of a possible name by its letters and words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.legal_forms import find_legal_form, has_legal_form
from invoicewatch.extract.parties.names.brands import is_brand
from invoicewatch.extract.parties.names.lines import has_postcode, is_address_like, is_name_like
from invoicewatch.extract.parties.names.words import MAX_PHRASE_WORDS, load_leads, load_phrases
from invoicewatch.extract.parties.ranking.points import is_sentence

_STATE = re.compile(r"(?:,|\s)\s*[A-Z]{2}\.?(?:\s+\d{5}(?:-\d{4})?)?$")
_PHONE = re.compile(r"(?:\(?\+?\d[\d() ./-]{6,}\d)")
_STREET_START = re.compile(r"^(?:no\.?\s?)?[#(]?\d+[\w/-]*[ ,]+\S*[A-Za-z]{3}", re.IGNORECASE)
_MAX_BRAND_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Marks:
    """Patterns of words in all languages: opening times, numbers for taxes and registers, a person with a title."""

    hours: re.Pattern[str]
    registered: re.Pattern[str]
    person: re.Pattern[str]


@lru_cache(maxsize=2_000)  # two kilobytes each
def mark_words(text: str) -> Mapping[str, float]:
    """The features of ``text``: shares are 0 to 1, what is or is not so 0 or 1, counts as they are."""
    words = text.split()
    folded = [fold(word) for word in words]
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    beginnings = set(accumulate(folded[:MAX_PHRASE_WORDS]))
    form = find_legal_form(text)
    return {
        "chars": float(len(text)),
        "words": float(len(words)),
        "capitals": sum(map(str.isupper, text)) / max(letters, 1),
        "begins_large": float(text[:1].isupper()),
        "titled_words": sum(word[:1].isupper() or not word[:1].isalpha() for word in words) / max(len(words), 1),
        "digits": digits / max(letters + digits, 1),
        "ends_with_number": float(text[-1:].isdigit()),
        "marked_number": float("#" in text),
        "signs": float(sum(not char.isalnum() and char not in " .,&'-" for char in text)),
        "comma": float("," in text),
        "colon": float(":" in text),
        "exclaims": float(text.endswith(("!", "?"))),
        "longest_word": float(max(map(len, folded), default=0)),
        "short_words": sum(len(word) <= 1 for word in folded) / max(len(words), 1),
        "form": float(form is not None),
        "form_ends": float(form is not None and form.end() >= len(text) - 1),
        "form_misread": float(form is None and has_legal_form(text)),
        "sentence": float(is_sentence(text)),
        "name_like": float(is_name_like(text)),
        **_mark_address(text),
        **_mark_shares(folded),
        **_mark_brand(folded),
        "lead_inside": float(not beginnings.isdisjoint(load_leads())),
        "begins_as_person": float(not beginnings.isdisjoint(load_phrases("people"))),
        "person_like": float(_load_marks().person.match(text) is not None and form is None),
    }


def _mark_address(text: str) -> dict[str, float]:
    marks = _load_marks()
    return {
        "address_like": float(is_address_like(text)),
        "postcode": float(has_postcode(text)),
        "state": float(_STATE.search(text) is not None),
        "hours": float(marks.hours.search(text) is not None),
        "phone": float(_PHONE.search(text) is not None),
        "registered": float(marks.registered.search(text) is not None),
        "street": float(_STREET_START.match(text) is not None),
    }


def _mark_shares(folded: list[str]) -> dict[str, float]:
    """Which part of the words are small words of sentences, words of trades, of places."""
    count = max(len(folded), 1)
    small, trades, places = (sum(map(load_phrases(role).__contains__, folded)) for role in ("small", "trade", "place"))
    return {
        "small_words": small / count,
        "trade_words": trades / count,
        "place_words": places / count,
        "common_words": min(small + trades + places, count) / count,
    }


def _mark_brand(folded: list[str]) -> dict[str, float]:
    """Whether all of it is a brand, and which part of its letters a brand at its beginning takes."""
    total = max(sum(map(len, folded)), 1)
    for joined in reversed(list(accumulate(folded[:_MAX_BRAND_WORDS]))):
        if is_brand(joined):
            return {"brand": float(len(joined) == total), "brand_begins": len(joined) / total}
    return {"brand": 0.0, "brand_begins": 0.0}


@cache
def _load_marks() -> _Marks:
    hour, weekday = write_pattern("date_words", "hour"), write_pattern("date_words", "weekday")
    title, name = write_pattern("names", "title"), r"[A-ZÀ-Þ][\w'-]+"
    return _Marks(
        hours=re.compile(rf"\b\d{{1,2}}[:h]\d{{2}}|\b\d{{1,2}}\s?{hour}\b|\b{weekday}\b", re.IGNORECASE),
        registered=re.compile(rf"\b{write_pattern('registration', 'hint')}\b", re.IGNORECASE),
        person=re.compile(rf"^(?:{title}\.?\s)?{name}(?:\s[A-Z]\.?)?\s{name}$"),
    )
