"""Which words are the number of a document: digits in them, and no date, time, amount or code in brackets."""

from __future__ import annotations

import re
from functools import cache

from invoicewatch.extract.labels.words import list_words, write_pattern
from invoicewatch.extract.page.layout import Row

_MAX_CHARS = 35
_NUMBER = re.compile(r"[^\W_][\w./#+&:-]*", re.UNICODE)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{2}|\d+[.,]\d{2}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[ap]m)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PREFIX = re.compile(r"[A-Z]{1,4}[-/.]?")
_TRIM = ".,;:#*()[]|_=~-'\"°º"
_TORN_CHARS = 3
_REST_CHARS = 5
_GROUP_CHARS = 4
_MIN_GROUPED = 8


def find_number(row: Row, first: int, last: int) -> tuple[int, int] | None:
    """The words of a place that are a number: they must come first, ``No.``, ``#`` and codes in brackets aside."""
    while first < last and (is_sign(row.words[first].text) or is_bracketed(row.words[first].text)):
        first += 1
    if first == last:
        return None
    if is_number(row.words[first].text):
        return first, _find_groups_end(row, first, last) or first + 1 + _is_torn(row, first, last)
    follows = first + 1 < last and is_number(row.words[first + 1].text)
    return (first, first + 2) if follows and _PREFIX.fullmatch(row.words[first].text) else None


def _find_groups_end(row: Row, first: int, last: int) -> int:
    """Where a number ends that is written in groups (``4 711 0815 2211``) and fills its place; 0 if none does."""
    groups = [word.text for word in row.words[first:last]]
    grouped = len(groups) > 1 and all(group.isdigit() and len(group) <= _GROUP_CHARS for group in groups)
    return last if grouped and sum(map(len, groups)) >= _MIN_GROUPED else 0


def _is_torn(row: Row, first: int, last: int) -> bool:
    """Whether an engine tore the first digits off: ``0 0.123.456.7``, without the gap of a blank."""
    head = row.words[first]
    if first + 1 >= last or len(head.text) >= _TORN_CHARS or not head.text.isdigit():
        return False
    rest = row.words[first + 1]
    pitch = rest.box.width / len(rest.text)
    return is_number(rest.text) and len(rest.text) >= _REST_CHARS and rest.box.x0 - head.box.x1 <= pitch


def is_number(text: str) -> bool:
    """At least one digit, and no date, time, amount or percentage."""
    if is_bracketed(text):
        return False
    text = _cut_sign(text)
    if not any(char.isdigit() for char in text) or len(text) > _MAX_CHARS or not _NUMBER.fullmatch(text):
        return False
    return not any(other.fullmatch(text) for other in (_DATE, _AMOUNT, _TIME))


def is_year(text: str) -> bool:
    """Four digits that are as well a year."""
    return _YEAR.fullmatch(text) is not None


def is_sign(text: str) -> bool:
    """``No.``, ``Nr``, ``#``, and whatever holds no letter and no digit."""
    return not any(char.isalnum() for char in text) or is_number_sign(text)


def is_number_sign(text: str) -> bool:
    """``No.``, ``Nr`` or ``#`` itself."""
    return text.casefold().rstrip(":") in list_words("number_words", "sign")


def is_bracketed(text: str) -> bool:
    """A code in brackets explains the word before it: ``Rechnung (380)``."""
    return text.startswith("(") and text.rstrip(".,;:").endswith(")")


def join_number(row: Row, first: int, last: int) -> str:
    """The text of a number without what clings to it; digits that were torn off are put back."""
    joint = "" if row.words[first].text.isdigit() else " "
    return _cut_sign(joint.join(word.text for word in row.words[first:last]))


def has_sign(text: str) -> bool:
    """Whether the sign is part of the word: ``n°562044387``."""
    return _load_glued_sign().match(text.strip(_TRIM)) is not None


def _cut_sign(text: str) -> str:
    """The text without its sign and without what clings to it."""
    text = text.strip(_TRIM)
    sign = _load_glued_sign().match(text)
    return text[sign.end() :] if sign else text


@cache
def _load_glued_sign() -> re.Pattern[str]:
    """A sign that was written without a blank: ``n°562044387``, ``Nr.4711``."""
    return re.compile(rf"{write_pattern('number_words', 'glued_sign')}[.:]?(?=\w)", re.IGNORECASE)
