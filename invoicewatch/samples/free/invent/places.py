"""The countries of free layouts: those of the fixed ones and some more, with what addresses look like there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import NamedTuple

from invoicewatch.samples.free.invent.numbers import INDIAN
from invoicewatch.samples.invent.markets import (
    APOSTROPHE,
    COMMA,
    MARKETS,
    PLAIN_COMMA,
    PLAIN_POINT,
    POINT,
    SPACE,
    Market,
)

A4 = (595.0, 842.0)
LETTER = (612.0, 792.0)


class Place(NamedTuple):
    """A market with its legal forms, how a line with the town is written, its money's signs and its paper.

    In ``town_line`` a 9 stands for a digit, an A for a letter. ``symbols`` are written on either side of amounts.
    """

    market: Market
    forms: tuple[str, ...]
    town_line: str
    symbols: tuple[str, ...]
    before: float  # how often the sign stands before the amount, 0-1
    paper: tuple[float, float] = A4


_ES = Market(
    "ES", "es", "EUR", (Decimal(21), Decimal(10), Decimal(4)), (COMMA, COMMA, PLAIN_COMMA), ("{} €",),
    ("d/m/Y", "d/m/Y", "d-m-Y", "d/m/y", "long"), (), "España", "+34 91 555 ",
)  # fmt: skip
_IT = Market(
    "IT", "it", "EUR", (Decimal(22), Decimal(10), Decimal(4)), (COMMA, COMMA, PLAIN_COMMA), ("€ {}",),
    ("d/m/Y", "d/m/Y", "d-m-Y", "d/m/y", "long", "d.m.Y"), (), "Italia", "+39 02 555 ",
)  # fmt: skip
_NL = Market(
    "NL", "nl", "EUR", (Decimal(21), Decimal(9)), (COMMA, COMMA, PLAIN_COMMA), ("€ {}",),
    ("d-m-Y", "d-m-Y", "long", "d/m/Y", "d-m-y"), (), "Nederland", "+31 20 555 ",
)  # fmt: skip
_IN = Market(
    "IN", "en", "INR", (Decimal(18), Decimal(5), Decimal(12)), (INDIAN, INDIAN, PLAIN_POINT), ("Rs. {}",),
    ("d/m/Y", "d-m-Y", "d-Mon-y", "d-Mon-Y", "d Mon Y"), (), "India", "+91 22 5550 ", Decimal(1), "GST",
)  # fmt: skip
_SG = Market(
    "SG", "en", "SGD", (Decimal(9),), (POINT, PLAIN_POINT), ("${}",),
    ("d/m/Y", "d Mon Y", "d-Mon-Y", "d/m/y"), (), "Singapore", "+65 5550 ", Decimal("0.05"), "GST",
)  # fmt: skip

_US_STATES = ("TX", "CA", "NY", "OH", "WA", "FL", "MN", "GA")
_EURO = ("€", "€", "EUR", "EUR", "Euro")

PLACES: Mapping[str, Place] = {
    "US": Place(
        MARKETS["US"], ("Inc.", "LLC", "Corp.", "Co.", ""), "{town}, {state} 99999", ("$", "$", "USD"), 0.97, LETTER
    ),
    "GB": Place(MARKETS["GB"], ("Ltd", "Limited", "LLP", "& Sons"), "{town} AA9 9AA", ("£", "£", "GBP"), 0.95),
    "IE": Place(MARKETS["IE"], ("Ltd", "DAC", "Limited"), "{town} A99 A9A9", _EURO, 0.9),
    "AU": Place(MARKETS["AU"], ("Pty Ltd", "Pty. Ltd."), "{town} VIC 9999", ("$", "$", "AUD", "A$"), 0.97),
    "MY": Place(
        MARKETS["MY"], ("Sdn. Bhd.", "Enterprise", "Trading", "(M) Sdn Bhd"), "99999 {town}", ("RM", "RM", "MYR"), 0.97
    ),
    "SG": Place(_SG, ("Pte Ltd", "Pte. Ltd.", "LLP"), "Singapore 999999", ("$", "S$", "SGD"), 0.95),
    "IN": Place(
        _IN, ("Pvt Ltd", "Private Limited", "& Co", "Traders"), "{town} - 999999", ("Rs.", "₹", "INR", "Rs"), 0.95
    ),
    "DE": Place(
        MARKETS["DE"],
        ("GmbH", "AG", "GmbH & Co. KG", "e.K.", "UG (haftungsbeschränkt)", "OHG", "GbR"),
        "99999 {town}",
        _EURO,
        0.25,
    ),
    "AT": Place(MARKETS["AT"], ("GmbH", "KG", "e.U.", "GesmbH"), "9999 {town}", _EURO, 0.6),
    "CH": Place(MARKETS["CH"], ("AG", "GmbH"), "9999 {town}", ("CHF", "CHF", "Fr.", "SFr."), 0.75),
    "FR": Place(MARKETS["FR"], ("SARL", "SAS", "S.A.", "EURL", "& Fils SARL"), "99999 {town}", _EURO, 0.05),
    "BE": Place(MARKETS["BE"], ("SRL", "SA"), "9999 {town}", _EURO, 0.3),
    "CH-FR": Place(MARKETS["CH-FR"], ("SA", "Sàrl"), "9999 {town}", ("CHF", "CHF", "Fr."), 0.75),
    "ES": Place(_ES, ("S.L.", "S.A.", "SL", "S.L.U."), "99999 {town}", _EURO, 0.1),
    "IT": Place(_IT, ("S.r.l.", "SRL", "S.p.A.", "S.n.c.", "di Rossetti M."), "99999 {town} (AA)", _EURO, 0.7),
    "NL": Place(_NL, ("B.V.", "BV", "V.O.F.", "N.V."), "9999 AA {town}", _EURO, 0.9),
}
# How often each is drawn: markets with many layouts of their own come more often.
WEIGHTS: Mapping[str, int] = {
    "US": 18,
    "GB": 9,
    "DE": 14,
    "FR": 10,
    "MY": 7,
    "ES": 7,
    "IT": 7,
    "NL": 7,
    "IN": 6,
    "AT": 5,
}

OTHER_NUMBERS = {COMMA: (SPACE,), POINT: (PLAIN_POINT,), APOSTROPHE: (POINT,)}


def write_town_line(place: Place, town: str, rng: Random) -> str:
    """The town with its postcode, as the country writes it."""
    drawn = "".join(
        str(rng.randint(1, 9)) if sign == "9" else rng.choice("ABCDEFGHJKLMNPRSTVW") if sign == "A" else sign
        for sign in place.town_line
    )
    return drawn.format(town=town, state=rng.choice(_US_STATES))
