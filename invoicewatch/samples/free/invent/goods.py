"""What is sold on free layouts, by the kind of shop."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from random import Random

from invoicewatch.samples.free.invent.places import Place
from invoicewatch.samples.free.invent.wording import Wording
from invoicewatch.samples.invent.invoice import CENT, Item

_SMALL_MONEY = {"INR": 20, "MYR": 2}  # what one unit of it buys is less
_DIVISIBLE = frozenset({"h", "Std.", "kg", "m", "uur"})


class Trade(StrEnum):
    """What kind of seller it is."""

    OFFICE = "office"
    GROCER = "grocer"
    RESTAURANT = "restaurant"
    STORE = "store"
    FUEL = "fuel"
    PHARMACY = "pharmacy"
    PARKING = "parking"


TILLS = (
    Trade.GROCER,
    Trade.GROCER,
    Trade.RESTAURANT,
    Trade.RESTAURANT,
    Trade.STORE,
    Trade.FUEL,
    Trade.PHARMACY,
    Trade.PARKING,
)

_LISTS = {
    Trade.OFFICE: ("goods", 390, 95000),
    Trade.GROCER: ("food", 59, 1290),
    Trade.RESTAURANT: ("dishes", 220, 2890),
    Trade.STORE: ("goods", 190, 9900),
    Trade.PHARMACY: ("medicines", 290, 3490),
    Trade.PARKING: ("parking", 150, 3200),
}


def invent_items(trade: Trade, place: Place, wording: Wording, rng: Random) -> tuple[Item, ...]:
    """The goods of one document, none twice in a row."""
    if trade is Trade.FUEL:
        return (_invent_fuel(place, wording, rng),)
    words, lowest, highest = _LISTS[trade]
    goods = wording.many[words]
    if trade is Trade.PARKING:
        count = 1
    elif trade is Trade.OFFICE and rng.random() < 0.1:
        count = rng.randint(22, 48)
    else:
        count = rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 7, 9, 12))
    names = rng.sample(goods, count) if count <= len(goods) else rng.choices(goods, k=count)
    round_prices = trade is Trade.OFFICE and rng.random() < 0.3
    mixed = rng.random() < 0.35
    factor = _SMALL_MONEY.get(place.market.currency, 1)
    items = []
    for name in names:
        cents = int(lowest * (highest / lowest) ** rng.random()) * factor
        cents = (max(1, cents // 100) * 100) if round_prices else cents
        rate = (
            rng.choice(place.market.rates[1:] or place.market.rates)
            if mixed and rng.random() < 0.5
            else _standard(trade, place)
        )
        items.append(_invent_item(name, cents, rate, trade, wording, rng))
    return tuple(items)


def _standard(trade: Trade, place: Place) -> Decimal:
    rates = place.market.rates
    return rates[1] if trade is Trade.GROCER and len(rates) > 1 and rates[1] else rates[0]


def _invent_item(name: str, cents: int, rate: Decimal, trade: Trade, wording: Wording, rng: Random) -> Item:
    if trade is not Trade.OFFICE:
        return Item(name, Decimal(rng.choice((1, 1, 1, 1, 2, 2, 3))), "", cents * CENT, rate)
    unit = rng.choice(wording.many["units"])
    if unit in _DIVISIBLE and rng.random() < 0.6:
        quantity = Decimal(rng.randint(2, 48)) / 4
    else:
        quantity = Decimal(rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 10, 12, 25)))
    discount = Decimal(rng.choice((5, 10, 20))) if rng.random() < 0.08 else Decimal(0)
    return Item(name, quantity, unit, cents * CENT, rate, discount)


def _invent_fuel(place: Place, wording: Wording, rng: Random) -> Item:
    litres = Decimal(rng.randint(800, 6200)) / 100
    unit = "gal" if place.market.code == "US" else "l"
    factor = _SMALL_MONEY.get(place.market.currency, 1)
    price = Decimal(rng.randint(1399, 2199)) / 1000 * (3 if factor > 2 else 1) * (2 if unit == "gal" else 1)
    return Item(rng.choice(wording.many["fuels"]), litres, unit, price, place.market.rates[0])
