# ruff: noqa: RUF001 - documents really hold these dashes
"""Currencies as documents write them: codes, symbols, minor units and the smallest cash step.

Codes and minor units after ISO 4217. Cash steps after the rounding rules of the issuing banks: 5 sen (Bank Negara
Malaysia), 5 Rappen (Swiss National Bank), 5 cents (euro cash rounding in NL, BE, FI, IE, IT, SK), and so on.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_CODES = (
    "EUR USD GBP CHF MYR SGD AUD CAD NZD HKD TWD JPY CNY KRW INR IDR THB VND PHP PKR LKR NPR SEK NOK DKK ISK PLN CZK"
    " HUF RON BGN HRK TRY RUB UAH ILS AED SAR QAR KWD BHD ZAR BRL MXN ARS CLP COP PEN EGP MAD TND NGN KES"
)
# Written form, folded to upper case -> ISO 4217, the likeliest; what stands for several is in AMBIGUOUS.
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
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "US$": "USD",
    "U$S": "USD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "NT$": "TWD",
    "R$": "BRL",
    "MX$": "MXN",
    "AR$": "ARS",
    "S/": "PEN",
    "R": "ZAR",
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
    "KN": "HRK",
    "RMB": "CNY",
    "元": "CNY",
    "円": "JPY",
    "원": "KRW",
    "￦": "KRW",
    "₪": "ILS",
    "₴": "UAH",
    "₦": "NGN",
    "KSH": "KES",
    "РУБ": "RUB",
    "РУБ.": "RUB",
    "ГРН": "UAH",
    "ЛВ": "BGN",
    "ЛВ.": "BGN",
}
CODES = frozenset(_CODES.split())
# Signs of several currencies, the likeliest first where nothing tells which.
AMBIGUOUS = {
    "$": ("USD", "CAD", "AUD", "SGD", "HKD", "NZD", "MXN", "MYR", "ARS", "CLP", "COP", "TWD", "BRL"),
    "KR": ("SEK", "NOK", "DKK", "ISK"),
    "KR.": ("DKK", "SEK", "NOK", "ISK"),
    "RS": ("INR", "PKR", "LKR", "NPR"),
    "RS.": ("INR", "PKR", "LKR", "NPR"),
    "¥": ("JPY", "CNY"),
    "￥": ("CNY", "JPY"),
    "£": ("GBP", "EGP"),
    "R": ("ZAR",),
}
# Signs that are hardly ever another currency's: what a few countries share is written otherwise there as a rule.
ALL_BUT_CLEAR = frozenset({"£"})
# The largest change that rounding to the smallest coin may make.
CASH_ROUNDING = {
    "MYR": Decimal("0.02"), "SGD": Decimal("0.04"), "CHF": Decimal("0.02"), "EUR": Decimal("0.02"),
    "AUD": Decimal("0.02"), "NZD": Decimal("0.05"), "CAD": Decimal("0.02"), "SEK": Decimal("0.50"),
    "NOK": Decimal("0.50"), "DKK": Decimal("0.25"), "CZK": Decimal("0.50"), "HUF": Decimal("2.50"),
}  # fmt: skip
DEFAULT_ROUNDING = Decimal("0.05")

_GLUED_DOLLAR = [f"{code}$" for code in ("USD", "CAD", "AUD", "SGD", "HKD", "NZD", "MXN")]  # "Total USD$ 29.01"
WRITTEN.update({written: written[:3] for written in _GLUED_DOLLAR})
# One letter is a currency only right before an amount with cents: "R14 374.50", and not the tax code of "12.00 R".
_LETTER = r"R(?=\s?\d[\d\s,.']*[.,]\d{2}$)"
_WRITTEN = sorted({*WRITTEN, *CODES} - {"R"}, key=len, reverse=True)
_TOKEN = "|".join(re.escape(token) for token in _WRITTEN)
PREFIX = re.compile(rf"^(?:(?:{_TOKEN})(?=[\s\d.,(+−–-]|[OolI][.,\d]|$)|{_LETTER})", re.IGNORECASE)
SUFFIX = re.compile(rf"(?<=[\d.,\s)−–-])(?:{_TOKEN})$", re.IGNORECASE)
WHOLE = re.compile(rf"^[(\[+−–-]?({_TOKEN}|R)[)\]:−–-]{{0,2}}$", re.IGNORECASE)


@lru_cache(maxsize=20_000)  # it is asked of both words at every gap beside a figure
def find_code(token: str) -> str:
    """The ISO 4217 code that ``token`` stands for, the likeliest where it stands for several; empty if none."""
    match = WHOLE.match(token)
    if match is None:
        return ""
    written = match.group(1).upper()
    return written if written in CODES else WRITTEN.get(written, "")
