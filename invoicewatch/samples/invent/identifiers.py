"""Identifiers with valid check digits, drawn until python-stdnum accepts one: no formula is written twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from stdnum import iban as stdnum_iban
from stdnum.at import uid as at_uid
from stdnum.au import abn as au_abn
from stdnum.be import iban as be_iban
from stdnum.be import vat as be_vat
from stdnum.ch import uid as ch_uid
from stdnum.de import vat as de_vat
from stdnum.fr import siren as fr_siren
from stdnum.fr import tva as fr_tva
from stdnum.gb import vat as gb_vat
from stdnum.ie import vat as ie_vat


def make_vat_id(market: str, rng: Random) -> str:
    """A VAT id of the seller's country that passes its check, or an empty string where there is none."""
    maker = _VAT_MAKERS.get(market[:2])
    return maker(rng) if maker else ""


def make_iban(market: str, rng: Random) -> str:
    """An IBAN that passes its check, without spaces, or an empty string where accounts have none."""
    country = market[:2]
    pattern = _BBANS.get(country)
    if pattern is None:
        return ""
    while True:
        bban = _draw(pattern, rng)
        number = f"{country}{stdnum_iban.calc_check_digits(f'{country}00{bban}')}{bban}"
        if country != "BE" or be_iban.is_valid(number):
            return number


def group_iban(iban: str) -> str:
    """Write an IBAN in groups of four, as on paper."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))


# 9 stands for a digit and A for a letter; lengths after the SWIFT IBAN registry.
_BBANS: Mapping[str, str] = {
    "DE": "999999999999999999",
    "AT": "9999999999999999",
    "CH": "99999999999999999",
    "FR": "99999999999999999999999",
    "BE": "999999999999",
    "GB": "AAAA99999999999999",
    "IE": "AAAA99999999999999",
    "ES": "99999999999999999999",
    "IT": "A9999999999999999999999",
    "NL": "AAAA9999999999",
    "SE": "99999999999999999999",
    "DK": "99999999999999",
    "NO": "99999999999",
    "FI": "99999999999999",
    "TR": "9999909999999999999999",
    "HR": "99999999999999999",
}


def _draw(pattern: str, rng: Random) -> str:
    alphabets = {"9": "0123456789", "A": "ABCDEFGHJKLMNPRSTUVWXYZ"}
    return "".join(rng.choice(alphabets[sign]) if sign in alphabets else sign for sign in pattern)


def _draw_valid(pattern: str, is_valid: Callable[[str], bool], rng: Random) -> str:
    while True:
        number = _draw(pattern, rng)
        if is_valid(number):
            return number


def _make_french_vat(rng: Random) -> str:
    siren = _draw_valid("999999999", fr_siren.is_valid, rng)
    return next(number for key in range(97) if fr_tva.is_valid(number := f"FR{key:02d}{siren}"))


def _make_swiss_vat(rng: Random) -> str:
    return f"{ch_uid.format(_draw_valid('CHE999999999', ch_uid.is_valid, rng))} {rng.choice(('MWST', 'TVA'))}"


def _make_australian_number(rng: Random) -> str:
    return str(au_abn.format(_draw_valid("99999999999", au_abn.is_valid, rng)))


_VAT_MAKERS: Mapping[str, Callable[[Random], str]] = {
    "DE": lambda rng: _draw_valid("DE999999999", de_vat.is_valid, rng),
    "AT": lambda rng: _draw_valid("ATU99999999", at_uid.is_valid, rng),
    "CH": _make_swiss_vat,
    "FR": _make_french_vat,
    "BE": lambda rng: _draw_valid("BE0999999999", be_vat.is_valid, rng),
    "GB": lambda rng: _draw_valid("GB999999999", gb_vat.is_valid, rng),
    "IE": lambda rng: _draw_valid("IE9999999A", ie_vat.is_valid, rng),
    "AU": _make_australian_number,
}
