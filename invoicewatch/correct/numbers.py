"""Which tokens are figures, which figures are impossible, and the one reading that an impossible one can have.

Pure functions over single tokens. A figure here is an amount with two decimals, a calendar date or a time of day; all
else that holds a digit (quantities, identifiers, codes) has no shape to check against, and so is never repaired.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from datetime import date

# What a printed digit is misread as. A letter with several digits behind it is repaired only where the shape leaves
# one of them.
LETTER_TO_DIGITS = {
    "O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "!": "1", "i": "1",
    "Z": "27", "z": "27", "S": "58", "s": "58", "G": "60", "B": "86", "A": "4",
}  # fmt: skip
# The other way round: what a printed letter is misread as.
DIGIT_TO_LETTERS = {
    "0": "OoQD", "1": "lIiLtT", "2": "Zz", "3": "EBe", "4": "A", "5": "Ss", "6": "Gb", "7": "TY", "8": "BS", "9": "gq",
}  # fmt: skip

_MARKS = ("RM", "EUR", "USD", "GBP", "CHF", "MYR", "SGD", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK",
          "HUF", "INR", "JPY", "CNY", "HKD", "THB", "IDR", "ZAR", "Rs", "Fr", "kr", "$", "€", "£", "¥", "S$",
          "US$")  # fmt: skip
# Those whose countries write a decimal point and nothing else (Quebec writes 5,90 $, Zurich CHF 5.90 or 5,90).
_POINT_MARKS = frozenset({"RM", "MYR", "SGD", "S$", "GBP", "£", "USD", "US$", "AUD", "NZD", "HKD", "INR", "Rs", "THB"})
_AROUND = "()[]:;,.*#+-"
_MARK = "|".join(re.escape(mark) for mark in sorted(_MARKS, key=len, reverse=True))
_PARTS = re.compile(rf"(?P<lead>[(\[*#:]*[-+]?(?:{_MARK})?[-+]?)(?P<core>.+?)(?P<tail>[)\]*:;%]*(?:{_MARK})?)")
_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})|(\d{4})([./-])(\d{2})\6(\d{2})")
_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
# ``0,5l``, ``1.5A``, ``2.5G``: what stands after a single decimal may be a unit, and l is often read as I or a bar.
_MAY_END_IN_UNIT = re.compile(r".*[.,][0-9][lLIi|!ADGBSZz]")
# The rule of a table, read as part of the figure beside it, looks like a one.
_BARS = "|!lIi"
_SEPARATORS = ".,"
_MAX_CHANGES = 4
# As many amounts must speak for one decimal sign, and as many times more than for the other, to call it the page's.
_PROOFS = 3


def has_digit(token: str) -> bool:
    """Whether any character is a decimal digit, of whatever script."""
    return any(char.isdigit() for char in token)


def digits_of(token: str) -> str:
    """The digits alone, in order."""
    return "".join(char for char in token if char.isdigit())


def learn_decimal_sign(tokens: Iterable[str]) -> str:
    """The decimal sign that the page's amounts use: ``.``, ``,``, or empty where they do not say.

    Where the page names a currency whose countries all write a point, the greater half of the amounts is enough.
    """
    votes = dict.fromkeys(_SEPARATORS, 0)
    has_point_currency = False
    for token in tokens:
        lead, core, _ = _split(token)
        has_point_currency |= lead.strip(_AROUND) in _POINT_MARKS or token.strip(_AROUND) in _POINT_MARKS
        for sign in _SEPARATORS:
            votes[sign] += _is_amount(core, sign)
    for sign, other in (".,", ",."):
        if votes[sign] >= _PROOFS and votes[sign] >= _PROOFS * votes[other]:
            return sign
    return "." if has_point_currency and votes["."] >= _PROOFS and votes["."] >= votes[","] else ""


def find_repair(token: str, decimal_sign: str) -> str | None:
    """The only figure that an impossible token can be; None where it is possible as it is, or not so clear.

    Args:
        token: One word as read.
        decimal_sign: The page's decimal sign, or empty where it is not known.
    """
    lead, core, tail = _split(token)
    if not has_digit(core) or _is_figure(core, decimal_sign) or _MAY_END_IN_UNIT.fullmatch(core):
        return None
    texts = [*_readings(core, decimal_sign), *(() if lead else (core.lstrip(_BARS),))]
    found = {text for text in texts if _is_figure(text, decimal_sign)}
    return lead + found.pop() + tail if len(found) == 1 else None


def _split(token: str) -> tuple[str, str, str]:
    """Currency marks and brackets before, the figure, and what follows it."""
    match = _PARTS.fullmatch(token)
    return (match["lead"], match["core"], match["tail"]) if match else ("", token, "")


def _is_figure(core: str, decimal_sign: str) -> bool:
    signs = decimal_sign or _SEPARATORS
    return any(_is_amount(core, sign) for sign in signs) or _is_date(core) or _TIME.fullmatch(core) is not None


def _is_amount(core: str, sign: str) -> bool:
    """Two decimals after ``sign`` and no idle zero in front; thousands bare, or set off by the other sign or by '."""
    whole, found, decimals = core.rpartition(sign)
    if not found or not re.fullmatch(r"[0-9]{2}", decimals):
        return False
    group = "," if sign == "." else "."
    return re.fullmatch(rf"0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:[{group}'\u2019][0-9]{{3}})+", whole) is not None


def _is_date(core: str) -> bool:
    match = _DATE.fullmatch(core)
    if match is None:
        return False
    first, _, second, year, iso_year, _, month, day = match.groups()
    if iso_year:
        return _exists(int(iso_year), int(month), int(day))
    whole_year = int(year) + (2000 if len(year) == 2 else 0)  # noqa: PLR2004 - a year of two digits
    return _exists(whole_year, int(second), int(first)) or _exists(whole_year, int(first), int(second))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _readings(core: str, decimal_sign: str) -> Iterator[str]:
    """Every text with misread letters made digits and, where the page's sign is known, separators exchanged."""
    options = [_options(char, decimal_sign) for char in core]
    letters = sum(char in LETTER_TO_DIGITS for char in core)
    changeable = sum(len(each) > 1 for each in options)
    # Figures are short and mostly digits; a word of letters that happens to map is no figure.
    if changeable + letters > _MAX_CHANGES or letters > sum(char.isdigit() for char in core):
        return
    for chars in itertools.product(*options):
        yield "".join(chars)


def _options(char: str, decimal_sign: str) -> str:
    if char in LETTER_TO_DIGITS:
        return LETTER_TO_DIGITS[char]
    return _SEPARATORS if decimal_sign and char in _SEPARATORS else char
