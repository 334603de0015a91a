# ruff: noqa: RUF001 - documents really hold these dashes and quotation marks
"""Amounts of money as documents write them, and as engines misread them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from invoicewatch.extract.amounts import currencies

MONEY_DECIMALS = 2
_MAX_DIGITS = 12
_CONFUSED = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1", "!": "1",
                           "S": "5", "s": "5", "B": "8", "Z": "2", "G": "6"})  # fmt: skip
_MINUS = "-−–—"
_PLAIN = re.compile(r"^(\d+)(?:([.,])(\d{1,4}))?$")
_GROUPED = re.compile(r"^\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*(?:([.,])(\d{1,4}))?$")
# Lakhs and crores: three digits stand last, two in every group before them.
_LAKHS = re.compile(r"^\d{1,2}(?:,\d{2})+,\d{3}(?:\.(\d{1,4}))?$")
_BARE_DECIMALS = re.compile(r"^[.,](\d{2})$")
_ONE_SIGN_FOR_BOTH = re.compile(r"^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*\1(\d{2})$")
# A dash, or an equals sign, in place of cents that are none: "3.250,-", "300.--", "25:-", "45,=".
_NO_CENTS = re.compile(r"(?<=\d)\s?([.,:])\s?(?:[-−–—]{1,3}|=)(?=$|[\s)€£$a-zA-Z*])")
_BLANKS = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2019": "'", "\u2018": "'", "`": "'", "´": "'"})
_BORDER = re.compile(r"^([|!\[\]]*)(\D{0,4}\d[\d.,' ]*[.,]\d{2})([|!\[\]]*)$")
_CREDIT = re.compile(r"(?<=[\d.])\s?[Cc][Rr]\.?$")
_TAX_CODE = re.compile(r"(?<=\d)\s?(?:[*#]|[A-Z]{1,3}\*?|[a-z])$")
# A sentence goes on or ends after a currency: "422,22€, fees included". After a digit the sign may be a decimal one.
_SENTENCE_SIGN = re.compile(r"(?<=[^\W\d]),$|(?<=[€$£¥])[.,]$")
_TRIM = "*:;=|~_\"'`“”„‘’°^<>[]{}"


class Parsed(NamedTuple):
    """What a text says: its value, the digits after the decimal sign, and how sure that is.

    ``repaired`` says that letters were taken for digits or separators mended. ``other`` is the second possible value
    (``1.234`` is a thousand or one and a bit), else None. ``decimal_sign`` is ``.``, ``,`` or empty.
    ``currency`` is the ISO code that the text names, or empty.
    """

    value: Decimal
    decimals: int
    repaired: bool
    other: Decimal | None
    decimal_sign: str
    currency: str


def parse_amount(text: str) -> Parsed:
    """Read one amount, with or without currency, sign and thousands marks; damage is mended where it is plain.

    >>> parse_amount("EUR 1.234,50-").value
    Decimal('-1234.50')
    >>> either = parse_amount("1.234")
    >>> either.value, either.other
    (Decimal('1234'), Decimal('1.234'))
    >>> parse_amount("1O5,8O").repaired
    True

    Raises:
        ValueError: ``text`` is no amount.
    """
    parsed = _parse(text)
    if parsed is None:
        raise ValueError(f"no amount: {text!r}")
    return parsed


@lru_cache(maxsize=20_000)  # two engines mostly read a figure alike, and it is looked at again in the next pass
def _parse(text: str) -> Parsed | None:
    plain, doubtful = _take_off_border(_NO_CENTS.sub(_write_cents, text.strip().translate(_BLANKS)))
    body, negative, currency = _strip(plain)
    number = _parse_number(body)
    if number is None:
        number = _parse_number(_TAX_CODE.sub("", body))
    if number is None:
        number = _parse_damaged(body)
    if number is None:
        return None
    value, decimals, other, sign, repaired = number
    flip = Decimal(-1) if negative else Decimal(1)
    other = other * flip if other is not None else None
    return Parsed(value * flip, decimals, repaired or doubtful, other, sign, currency)


def _write_cents(dash: re.Match[str]) -> str:
    """The cents that a dash stands for; a colon before it parts them as a comma does."""
    return ("," if dash[1] == ":" else dash[1]) + "00"


def _take_off_border(text: str) -> tuple[str, bool]:
    """The figure of a cell without the lines around it, and whether a line on one side alone may be a digit."""
    found = _BORDER.match(text)
    if found is None or not (found[1] or found[3]):
        return text, False
    return found[2], "|" in found[1] + found[3] and not (found[1] and found[3])


def _strip(text: str) -> tuple[str, bool, str]:
    """Take off what is not the number: marks around it, currency, sign. Gives body, negative, ISO code."""
    body = _SENTENCE_SIGN.sub("", text.strip()).strip(_TRIM).strip()
    body, credited = _CREDIT.subn("", body)
    negative, currency = bool(credited), ""
    for _ in range(4):  # sign and currency come in any order, on either side: "-RM 5", "(5.00)", "5.00- EUR"
        before = body
        if body.startswith("(") and body.endswith(")") and len(body) > 2:  # noqa: PLR2004 - brackets and a digit
            body, negative = body[1:-1], True
        if body[:1] in _MINUS and body[1:]:
            body, negative = body[1:], True
        if body[-1:] in _MINUS and body[-2:-1].isdigit():
            body, negative = body[:-1], True
        for pattern in (currencies.PREFIX, currencies.SUFFIX):
            match = pattern.search(body)
            if match and match.group() != body:
                currency = currency or currencies.find_code(match.group())
                body = (body[: match.start()] + body[match.end() :]).strip()
        body = body.strip().lstrip("+@:").rstrip(":;)]%").strip()
        if body == before:
            break
    return body, negative, currency


Number = tuple[Decimal, int, Decimal | None, str, bool]


def _parse_number(body: str) -> Number | None:
    """Value, decimals, the other possible value, the decimal sign, and whether it had to be mended."""
    if sum(char.isdigit() for char in body) > _MAX_DIGITS:
        return None
    return _parse_plain(body) or _parse_grouped(body) or _parse_short(body)


def _parse_plain(body: str) -> Number | None:
    """``12``, ``12.5``, ``12,50``; of ``1.234`` thousands are the likelier reading."""
    match = _PLAIN.match(body)
    if match is None:
        return None
    whole, sign, decimals = match.group(1), match.group(2) or "", match.group(3) or ""
    if len(decimals) == 3 and len(whole) <= 3 and whole != "0":  # noqa: PLR2004 - groups are of three
        return Decimal(whole + decimals), 0, Decimal(f"{whole}.{decimals}"), "", False
    cut = len(whole) > 1 and whole.startswith("0")  # "001,82" is the end of something
    return Decimal(f"{whole}.{decimals}" if decimals else whole), len(decimals), None, sign, cut


def _parse_grouped(body: str) -> Number | None:
    """``1,234.56``, ``1.234,56``, ``1 234,56``, ``1'234.56``, ``1,22,999.66``."""
    if lakhs := _LAKHS.match(body):
        digits = body.replace(",", "")
        return Decimal(digits), len(lakhs[1] or ""), None, "." if lakhs[1] else "", False
    match = _GROUPED.match(body)
    if match is None:
        return None
    group, sign, decimals = match.group(1), match.group(2) or "", match.group(3) or ""
    if sign == group:
        return None
    whole = re.sub(r"\D", "", body[: len(body) - len(decimals) - 1] if decimals else body)
    return Decimal(f"{whole}.{decimals}" if decimals else whole), len(decimals), None, sign, False


def _parse_short(body: str) -> Number | None:
    """``.50``: a digit may be lost, so it counts as mended."""
    match = _BARE_DECIMALS.match(body)
    return None if match is None else (Decimal(f"0.{match.group(1)}"), 2, None, body[0], True)


def _parse_damaged(body: str) -> Number | None:
    """Mend what can only mean one thing: letters for digits, doubled or equal separators."""
    digits = sum(char.isdigit() for char in body)
    plain = body.translate(_CONFUSED).replace("·", ".").replace("•", ".")
    plain = re.sub(r"([.,])[.,]+", r"\1", plain).strip(".,' ")
    if digits == 0 or not re.fullmatch(r"[\d.,' ]+", plain) or digits * 2 < sum(c.isdigit() for c in plain):
        return None
    if match := _ONE_SIGN_FOR_BOTH.match(plain):
        whole = re.sub(r"\D", "", plain[:-3])
        return Decimal(f"{whole}.{match.group(2)}"), 2, None, match.group(1), True
    number = _parse_number(plain)
    if number is None or (number[1] != MONEY_DECIMALS and plain != body.strip(".,' ")):
        return None
    return (*number[:4], True)
