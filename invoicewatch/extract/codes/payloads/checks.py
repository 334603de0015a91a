"""What several payloads have in common: amounts, days, accounts and references, each checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from invoicewatch.extract.codes.payloads.record import MalformedCodeError
from invoicewatch.extract.numbers.ibans import check_iban

_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,2})?")
_DAY = re.compile(r"\d{8}")
_CREDITOR_REFERENCE = re.compile(r"RF\d{2}[0-9A-Z]{1,21}")
_CENT = Decimal("0.01")


def parse_amount(text: str, what: str = "amount") -> Decimal:
    """Plain decimal with a point and up to two decimals, as codes write money; two decimals come back.

    >>> parse_amount("199.9")
    Decimal('199.90')
    """
    if not _AMOUNT.fullmatch(text):
        raise MalformedCodeError(f"its {what} {text!r} is no amount")
    return Decimal(text).quantize(_CENT)


def parse_day(text: str, what: str = "date") -> date:
    """A day in figures, year first (``20240305``)."""
    require(_DAY.fullmatch(text) is not None, f"its {what} {text!r} is no day")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as exc:
        raise MalformedCodeError(f"its {what} {text!r} is no day") from exc


def parse_account(text: str, countries: Sequence[str] = ()) -> str:
    """An IBAN without blanks whose check digits hold, of one of ``countries`` if any are named."""
    account = "".join(text.upper().split())
    if countries and account[:2] not in countries:
        raise MalformedCodeError(f"its account is no IBAN of {' or '.join(countries)}")
    if not check_iban(account):
        raise MalformedCodeError("the check digits of its IBAN do not hold")
    return account


def check_creditor_reference(text: str) -> None:
    """Raise where a creditor reference (ISO 11649, check digits by ISO 7064 mod 97-10) does not hold."""
    from stdnum import iso11649

    if not _CREDITOR_REFERENCE.fullmatch(text) or not iso11649.is_valid(text):
        raise MalformedCodeError("the check digits of its creditor reference do not hold")


def require(holds: bool, message: str) -> None:
    """Raise with ``message`` unless it ``holds``."""
    if not holds:
        raise MalformedCodeError(message)
