"""A value as a person types it, for the field it is meant for."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from invoicewatch.errors import ConfigError
from invoicewatch.records.field import DATE_NAMES, FIELD_NAMES, MONEY_NAMES, FieldValue

_AMOUNT = re.compile(r"-?\d+(?:[.,' \u00a0\u202f]\d+)*")
_GROUPS = re.compile(r"-?\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")

# As many as an e-invoice may write: sums of such amounts are still exact.
_MOST_WHOLE, _MOST_CENTS = 15, 10
# Of a name or a number, in characters: more than any paper prints, and little enough to show and to search.
_MOST_TEXT = 1000
_YEAR_DIGITS = 4
_CENTURY = 2000


class TypedValueError(ConfigError):
    """What was typed is no value of that field."""

    default_code = "bad_value"


def parse_typed(name: str, text: str) -> FieldValue:
    """The value of a field that a person typed.

    Amounts take a point or a comma before their cents (``1250.00``, ``1.250,00``), dates are ISO 8601 or German
    (``2024-03-05``, ``5.3.2024``, ``5.3.24`` for a year of this century), currencies are three letters.

    >>> parse_typed("total", "1.250,00")
    Decimal('1250.00')
    >>> parse_typed("issue_date", "5.3.2024")
    datetime.date(2024, 3, 5)
    >>> parse_typed("total", "1.250")
    Traceback (most recent call last):
    invoicewatch.records.typed.TypedValueError: '1.250' could be read in two ways

    Raises:
        TypedValueError: There is no such field, or the text is no value of it, or could be read in two ways.
    """
    if name not in FIELD_NAMES:
        raise TypedValueError(f"there is no field {name!r}", remedy=f"Fields: {', '.join(FIELD_NAMES)}.")
    typed = text.strip()
    if not typed:
        raise TypedValueError(f"no value for {name}", remedy="Type one.")
    if len(typed) > _MOST_TEXT:
        raise TypedValueError(f"{name} is longer than {_MOST_TEXT} characters", remedy="Type less.")
    if name in MONEY_NAMES:
        return _parse_amount(name, typed)
    if name in DATE_NAMES:
        return _parse_date(name, typed)
    return _parse_currency(typed) if name == "currency" else typed


def _parse_amount(name: str, text: str) -> Decimal:
    remedy = "Write it like 1250.00 or 1.250,00."
    if not _AMOUNT.fullmatch(text):
        raise TypedValueError(f"{text!r} is no amount for {name}", remedy=remedy)
    signs = [c for c in text if not c.isdigit() and c != "-"]
    if _GROUPS.fullmatch(text) and len(signs) == 1 and signs[0] in ".,":
        raise TypedValueError(f"{text!r} could be read in two ways", remedy="Write the cents: 1250.00.")
    # The last sign stands before the cents, unless it stands there more than once or sets off thousands.
    decimal = signs[-1] if signs and signs.count(signs[-1]) == 1 and signs[-1] in ".," else ""
    whole, _, cents = text.rpartition(decimal) if decimal else (text, "", "")
    digits = re.sub(r"[^\d-]", "", whole)
    if len(digits.lstrip("-0")) > _MOST_WHOLE or len(cents) > _MOST_CENTS:
        raise TypedValueError(f"{name} is longer than any amount", remedy=remedy)
    try:
        return Decimal(f"{digits}.{cents}" if cents else digits)
    except InvalidOperation as exc:
        raise TypedValueError(f"{text!r} is no amount for {name}", remedy=remedy) from exc


def _parse_date(name: str, text: str) -> date:
    german = _DAY_FIRST.fullmatch(text)
    try:
        if german:
            return date(
                int(german[3]) + (0 if len(german[3]) == _YEAR_DIGITS else _CENTURY), int(german[2]), int(german[1])
            )
        return date.fromisoformat(text)
    except ValueError as exc:
        raise TypedValueError(f"{text!r} is no date for {name}", remedy="Write it like 2024-03-05.") from exc


def _parse_currency(text: str) -> str:
    if len(text) != 3 or not (text.isascii() and text.isalpha()):  # noqa: PLR2004 - ISO 4217
        raise TypedValueError(f"{text!r} is no currency", remedy="Write its ISO 4217 code, like EUR.")
    return text.upper()
