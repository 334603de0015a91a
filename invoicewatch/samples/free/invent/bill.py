"""Inventing one document for a free layout."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from invoicewatch.samples.free.invent.goods import TILLS, Trade, invent_items
from invoicewatch.samples.free.invent.names import invent_brand, invent_company, invent_person, invent_shop
from invoicewatch.samples.free.invent.parties import invent_seller
from invoicewatch.samples.free.invent.places import PLACES, WEIGHTS, Place
from invoicewatch.samples.free.invent.places_asked import find_place
from invoicewatch.samples.free.invent.spec import invent_spec, settle_spec
from invoicewatch.samples.free.invent.wording import Wording, choose_wording
from invoicewatch.samples.invent.invoice import HUNDRED, ZERO, InvoiceSpec, Item, Kind, round_cents

_KIND_WEIGHTS = (42, 52, 6)  # receipts, invoices, credit notes
_SHOPS = {
    Trade.GROCER: "shops",
    Trade.RESTAURANT: "eateries",
    Trade.STORE: "stores",
    Trade.FUEL: "fuel_stations",
    Trade.PHARMACY: "pharmacies",
    Trade.PARKING: "car_parks",
}


@dataclass(frozen=True, slots=True)
class Bill:
    """One document's content. ``spec`` holds the sums; its last items are the ``extras``, each with its label.

    Extras (shipping, service) stand among the sums and not in the table. ``brand`` is the one word that a logo shows.
    """

    spec: InvoiceSpec
    place: Place
    wording: Wording
    trade: Trade
    brand: str
    person: str
    contact: str
    clock: str
    extras: tuple[tuple[str, Item], ...] = ()

    @property
    def goods(self) -> tuple[Item, ...]:
        """What the table lists."""
        return self.spec.items[: len(self.spec.items) - len(self.extras)]

    @property
    def goods_total(self) -> Decimal:
        """The sum of the table as printed."""
        return self.spec.sign * sum((item.amount for item in self.goods), ZERO)

    @property
    def at_till(self) -> bool:
        """Whether it is printed on a roll."""
        return self.spec.kind is Kind.RECEIPT


def invent_bill(seed: int, kind: Kind | None = None, market: str | None = None) -> Bill:
    """Invent the document of a seed; the same seed gives the same one.

    Args:
        seed: Decides everything that the others leave open.
        kind: An invoice, a credit note or a receipt; drawn if None.
        market: A key of ``PLACES`` or ``ASKED_PLACES``; drawn from ``PLACES`` if None.
    """
    rng = Random(f"invoicewatch free bill {seed}")
    codes = list(PLACES)
    drawn_market = rng.choices(codes, [WEIGHTS.get(code, 3) for code in codes])[0]
    place = find_place(market or drawn_market)
    wording = choose_wording(place.market.language, place.market.tax_name, rng)
    drawn = rng.choices((Kind.RECEIPT, Kind.INVOICE, Kind.CREDIT_NOTE), _KIND_WEIGHTS)[0]
    kind = kind or drawn
    at_till = kind is Kind.RECEIPT
    trade = rng.choice(TILLS) if at_till else Trade.OFFICE
    brand = invent_brand(rng)
    form = rng.choice(place.forms)
    if at_till:
        name = invent_shop(brand, wording.many[_SHOPS[trade]], form, rng)
    else:
        name = invent_company(brand, form, wording, rng)
    seller = invent_seller(name, brand, place, wording, rng)
    items = _tax_items(invent_items(trade, place, wording, rng), place, rng)
    extras = _invent_extras(trade, items, wording, rng)
    spec = invent_spec(seed, kind, place, wording, seller, (items, tuple(item for _, item in extras)), rng)
    clock = f"{rng.randint(7, 21):02d}:{rng.randrange(60):02d}"
    bill = Bill(
        spec, place, wording, trade, brand, invent_person(wording, rng), invent_person(wording, rng), clock, extras
    )
    return replace(bill, spec=settle_spec(bill.spec, at_till=at_till, rng=rng))


def _tax_items(items: tuple[Item, ...], place: Place, rng: Random) -> tuple[Item, ...]:
    """American rates differ from town to town; some sellers anywhere charge no tax at all."""
    if rng.random() < 0.06:
        return tuple(replace(item, rate=Decimal(0)) for item in items)
    if place.market.code != "US":
        return items
    rate = rng.choice(("4.5", "5", "6", "6.25", "7", "7.75", "8.25", "8.875", "9.5", "10.25"))
    return tuple(replace(item, rate=Decimal(rate)) for item in items)


def _invent_extras(
    trade: Trade, items: tuple[Item, ...], wording: Wording, rng: Random
) -> tuple[tuple[str, Item], ...]:
    if trade is Trade.OFFICE and rng.random() < 0.22:
        label = wording.say("shipping")
        return ((label, Item(label, Decimal(1), "", Decimal(rng.randint(390, 8900)) / 100, items[0].rate)),)
    if trade is Trade.RESTAURANT and rng.random() < 0.2:
        percent = rng.choice(("10", "12.5", "15", "18"))
        amount = round_cents(sum((item.amount for item in items), ZERO) * Decimal(percent) / HUNDRED)
        label = wording.say("service", rate=percent)
        return ((label, Item(label, Decimal(1), "", amount, items[0].rate)),)
    return ()
