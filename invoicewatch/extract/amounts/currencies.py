# ruff: noqa: RUF001 - documents really hold these dashes
"""Currencies as documents write them: codes, symbols, minor units and the smallest cash step.

Codes and minor units after ISO 4217. Cash steps after the rounding rules of the issuing banks: 5 sen (Bank Negara
Malaysia), 5 Rappen (Swiss National Bank), 5 cents (euro cash rounding in NL, BE, FI, IE, IT, SK), and so on.
"""

from __future__ import annotations

import re
from decimal import Decimal

_CODES = (
    "EUR USD GBP CHF MYR SGD AUD CAD NZD HKD TWD JPY CNY KRW INR IDR THB VND PHP PKR LKR NPR SEK NOK DKK ISK PLN CZK"
    " HUF RON BGN TRY RUB UAH ILS AED SAR QAR KWD BHD ZAR BRL MXN ARS CLP COP PEN EGP MAD TND NGN KES"
)
# Written form, folded to upper case -> ISO 4217. "$" and "KR" stand for several; CONTEXT decides.
WRITTEN = {
    "€": "EUR",
    "EURO": "EUR",
    "£": "GBP",
    "RM": "MYR",
    "FR.": "CHF",
    "SFR.": "CHF",
    "SFR": "CHF",
    "ZŁ": "PLN",
    "KČ": "CZK",
    "FT": "HUF",
    "RP": "IDR",
    "RP.": "IDR",
    "S$": "SGD",
    "A$": "AUD",
    "C$": "CAD",
    "US$": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "R$": "BRL",
    "¥": "JPY",
    "￥": "JPY",
    "₹": "INR",
    "RS.": "INR",
    "RS": "INR",
    "₺": "TRY",
    "TL": "TRY",
    "₩": "KRW",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "₽": "RUB",
    "$": "USD",
    "KR": "SEK",
    "KR.": "DKK",
    "LEI": "RON",
}
CODES = frozenset(_CODES.split())
AMBIGUOUS = {"$": ("USD", "CAD", "AUD", "SGD", "HKD", "NZD", "MXN", "MYR"), "KR": ("SEK", "NOK", "DKK", "ISK")}
AMBIGUOUS["KR."] = ("DKK", "SEK", "NOK", "ISK")
AMBIGUOUS["RS"] = AMBIGUOUS["RS."] = ("INR", "PKR", "LKR", "NPR")
COUNTRY = {
    "DE": "EUR", "AT": "EUR", "FR": "EUR", "IT": "EUR", "ES": "EUR", "NL": "EUR", "BE": "EUR", "LU": "EUR",
    "IE": "EUR", "FI": "EUR", "PT": "EUR", "GR": "EUR", "EL": "EUR", "SK": "EUR", "SI": "EUR", "EE": "EUR",
    "LV": "EUR", "LT": "EUR", "MT": "EUR", "CY": "EUR", "HR": "EUR", "GB": "GBP", "CH": "CHF", "LI": "CHF",
    "SE": "SEK", "DK": "DKK", "NO": "NOK", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "RO": "RON", "MY": "MYR",
    "SG": "SGD", "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD",
    "IN": "INR", "PK": "PKR", "LK": "LKR",
}  # fmt: skip
# The largest change that rounding to the smallest coin may make.
CASH_ROUNDING = {
    "MYR": Decimal("0.02"), "SGD": Decimal("0.04"), "CHF": Decimal("0.02"), "EUR": Decimal("0.02"),
    "AUD": Decimal("0.02"), "NZD": Decimal("0.05"), "CAD": Decimal("0.02"), "SEK": Decimal("0.50"),
    "NOK": Decimal("0.50"), "DKK": Decimal("0.25"), "CZK": Decimal("0.50"), "HUF": Decimal("2.50"),
}  # fmt: skip
DEFAULT_ROUNDING = Decimal("0.05")

_TOKEN = "|".join(re.escape(token) for token in sorted({*WRITTEN, *CODES}, key=len, reverse=True))
PREFIX = re.compile(rf"^(?:{_TOKEN})(?=[\s\d.,(+−–-]|[OolI][.,\d]|$)", re.IGNORECASE)
SUFFIX = re.compile(rf"(?<=[\d.,\s)−–-])(?:{_TOKEN})$", re.IGNORECASE)
WHOLE = re.compile(rf"^[(\[+−–-]?({_TOKEN})[)\]:−–-]{{0,2}}$", re.IGNORECASE)


def find_code(token: str) -> str:
    """The ISO 4217 code that ``token`` stands for, the likeliest where it stands for several; empty if none."""
    match = WHOLE.match(token)
    if match is None:
        return ""
    written = match.group(1).upper()
    return written if written in CODES else WRITTEN.get(written, "")
