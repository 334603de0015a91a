"""The countries of free layouts that are drawn only when asked for: so the samples of all other seeds stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from invoicewatch.samples.free.invent.places import PLACES, Place
from invoicewatch.samples.invent.markets import COMMA, PLAIN_COMMA, SPACE, Market

_DOTTED = ("d.m.Y", "d.m.Y", "d.m.y", "long")


def _make_market(
    code: str, language: str, currency: str, rates: tuple[int, ...], dates: tuple[str, ...], country: str, phone: str
) -> Market:
    numbers = (COMMA, COMMA, PLAIN_COMMA) if code in {"DK", "TR", "HR"} else (SPACE, SPACE, PLAIN_COMMA)
    percents = tuple(map(Decimal, rates))
    return Market(code, language, currency, percents, numbers, ("{} " + currency,), dates, (), country, phone)


_SE = _make_market("SE", "sv", "SEK", (25, 12, 6), ("iso", "iso", "iso", "long", "d/m/Y"), "Sverige", "+46 8 555 ")
_DK = _make_market("DK", "da", "DKK", (25,), ("d-m-Y", "d.m.Y", "d/m/Y", "long"), "Danmark", "+45 55 50 ")
_NO = _make_market("NO", "nb", "NOK", (25, 15, 12), _DOTTED, "Norge", "+47 55 50 ")
_FI = _make_market("FI", "fi", "EUR", (24, 14, 10), _DOTTED, "Suomi", "+358 9 555 ")
_TR = _make_market("TR", "tr", "TRY", (20, 10, 1), ("d.m.Y", "d/m/Y", "d-m-Y", "long"), "Türkiye", "+90 212 555 ")
_HR = _make_market("HR", "hr", "EUR", (25, 13, 5), ("d.m.Y", "d.m.Y.", "d.m.Y.", "long"), "Hrvatska", "+385 1 555 ")

ASKED_PLACES: Mapping[str, Place] = {
    "SE": Place(_SE, ("AB", "AB", "Handelsbolag"), "999 99 {town}", ("kr", "SEK", "kr"), 0.05),
    "DK": Place(_DK, ("A/S", "ApS", "I/S"), "9999 {town}", ("kr.", "DKK", "kr."), 0.3),
    "NO": Place(_NO, ("AS", "AS", "ASA"), "9999 {town}", ("kr", "NOK", "kr"), 0.4),
    "FI": Place(_FI, ("Oy", "Oy", "Tmi", "Ky"), "99999 {town}", ("€", "EUR", "€"), 0.02),
    "TR": Place(_TR, ("A.Ş.", "Ltd. Şti.", "Tic. Ltd. Şti."), "99999 {town}", ("TL", "TL", "₺", "TRY"), 0.1),
    "HR": Place(_HR, ("d.o.o.", "d.o.o.", "j.d.o.o.", "d.d."), "99999 {town}", ("€", "EUR", "EUR"), 0.02),
}


def find_place(market: str) -> Place:
    """The place of a market, drawn by itself or not. Raises KeyError where there is none of that code."""
    return PLACES.get(market) or ASKED_PLACES[market]


def list_markets(language: str) -> tuple[str, ...]:
    """The markets whose documents are in a language; none where there are no words for it."""
    places = (*PLACES.items(), *ASKED_PLACES.items())
    return tuple(code for code, place in places if place.market.language == language)
