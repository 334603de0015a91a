"""Which words are the number of a document: digits in them, and no date, time, amount or code in brackets."""

from __future__ import annotations

import re
from functools import cache

from invoicewatch.extract.labels.words import list_words, write_pattern
from invoicewatch.extract.page.layout import Row
from invoicewatch.records import Source

_MAX_CHARS = 35
_NUMBER = re.compile(r"[^\W_][\w./#+&:-]*", re.UNICODE)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d{2}|\d+[.,]\d{2}")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[ap]m)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PREFIX = re.compile(r"[A-Z]{1,4}[-/.]?")
# What follows a prefix may look like a date and is the rest of a number: "FV 1/05/2021".
_DATE_LIKE = re.compile(r"\d{1,4}/\d{2}/\d{4}")
_ISO_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
# A date behind the number and a stroke, as under "No./Date".
_DATED = re.compile(r"(\w.*?)/(?:\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d{2}-\d{2})")
_JOINTS = frozenset(("-", "/", "\N{EN DASH}"))
_GLUED_JOINT = re.compile(r"(?=.*\d).*[-/.]")
_MIN_JOINED = 3
_TRIM = ".,;:#*()[]|_=~-'\"°º"
_TORN_CHARS = 3
_REST_CHARS = 5
_GROUP_CHARS = 4
_MIN_GROUPED = 8


def find_number(row: Row, first: int, last: int, *, signed: bool = False) -> tuple[int, int] | None:
    """The words of a place that are a number: they must come first, ``No.``, ``#`` and codes in brackets aside."""
    begin = first
    while first < last and (is_sign(row.words[first].text) or is_bracketed(row.words[first].text)):
        first += 1
    if first == last:
        return None
    first += _is_misread_colon(row, first, last)
    text = row.words[first].text
    if is_number(text) or (_ISO_DATE.fullmatch(_cut_sign(text)) and (signed or first > begin or has_sign(text))):
        groups = _find_groups_end(row, first, last)
        return first, groups or _find_joined_end(row, first, last) or first + 1 + _is_torn(row, first, last)
    rest = row.words[first + 1].text if first + 1 < last else ""
    follows = is_number(rest) or _DATE_LIKE.fullmatch(rest.strip(_TRIM))
    return (first, first + 2) if follows and _PREFIX.fullmatch(text) else None


def _is_misread_colon(row: Row, first: int, last: int) -> bool:
    """Whether an engine made a digit of the colon before a number with letters in it: ``Beleg-Nr 2 RK210123``."""
    if row.source is not Source.OCR or first + 2 != last or not re.fullmatch(r"\d", row.words[first].text):
        return False
    number = row.words[first + 1].text
    return len(number) > _REST_CHARS and number[0].isalpha() and is_number(number)


def goes_on(row: Row, end: int, last: int) -> bool:
    """Whether what follows a number in its place may belong to it: then it may be a part of one."""
    if end >= last:
        return False
    text = row.words[end].text
    return text in _JOINTS or is_number(text)


def looks_like_date(text: str) -> bool:
    """Whether a number may be a date as well: ``2015-11-04``."""
    return _DATE.fullmatch(text) is not None or _ISO_DATE.fullmatch(text) is not None


def _find_joined_end(row: Row, first: int, last: int) -> int:
    """Where a number ends whose parts a joint holds together: ``0003 - 00003435``, ``A75.`` ``92150``; 0 if none."""
    end = first + 1
    while end < last:
        glued = _GLUED_JOINT.fullmatch(row.words[end - 1].text) is not None
        spaced = row.words[end].text in _JOINTS
        n = end if glued else end + 1
        if not (glued or spaced) or n >= last or not _is_part(row, n, last):
            break
        end = n + 1
    return end if end > first + 1 else 0


def _is_part(row: Row, index: int, last: int) -> bool:
    """Digits that are enough for a part of a number, or the last of their place."""
    text = row.words[index].text.strip(_TRIM)
    return text.isdigit() and (len(text) >= _MIN_JOINED or index + 1 == last)


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
    glued = row.words[first].text.isdigit() or _GLUED_JOINT.fullmatch(row.words[first].text) is not None
    text = _cut_sign(("" if glued else " ").join(word.text for word in row.words[first:last]))
    dated = _DATED.fullmatch(text)
    return dated[1] if dated else text


def has_sign(text: str) -> bool:
    """Whether the sign is part of the word: ``n°562044387``, ``#4711``."""
    return _load_glued_sign().match(text.strip(_TRIM.replace("#", ""))) is not None


def _cut_sign(text: str) -> str:
    """The text without its sign and without what clings to it."""
    text = text.strip(_TRIM)
    sign = _load_glued_sign().match(text)
    return text[sign.end() :] if sign else text


@cache
def _load_glued_sign() -> re.Pattern[str]:
    """A sign that was written without a blank: ``n°562044387``, ``Nr.4711``."""
    return re.compile(rf"{write_pattern('number_words', 'glued_sign')}[.:]?(?=\w)", re.IGNORECASE)
