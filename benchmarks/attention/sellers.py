"""Sellers that come again: each with a paper of its own that stays as it is, whatever its documents say."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from types import FrameType

from invoicewatch.samples.free.invent.bill import Bill, invent_bill
from invoicewatch.samples.free.invent.goods import invent_items
from invoicewatch.samples.free.invent.names import invent_brand, invent_company
from invoicewatch.samples.free.invent.parties import invent_seller
from invoicewatch.samples.free.invent.spec import settle_spec
from invoicewatch.samples.free.invent.wording import choose_wording
from invoicewatch.samples.invent.invoice import ZERO, Item, Kind, Party

OFFICE = "Sonnenhof Consult GmbH"
_FIXED_SHARE = 0.3  # rents and subscriptions: the same things every time
_TWIN_EVERY = 10  # each tenth seller is the look-alike of the one before


class SteadyDice(Random):
    """Dice that fall by where in the program they are thrown, so that a longer table moves no other dice.

    A layout is drawn while its document is set, and rows throw dice too: common dice would make another layout of
    every document.
    """

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self._name = seed
        self._thrown: Counter[str] = Counter()

    def random(self) -> float:
        """The next of this place, 0 up to 1."""
        return self._find_dice().random()

    def getrandbits(self, k: int) -> int:
        """The next bits of this place."""
        return self._find_dice().getrandbits(k)

    def _find_dice(self) -> Random:
        place = _name_place(sys._getframe(2))  # noqa: SLF001 - the place itself is what counts
        self._thrown[place] += 1
        return Random(f"{self._name} {place} {self._thrown[place]}")


def _name_place(frame: FrameType | None) -> str:
    """The functions and lines of the samples from which dice are thrown."""
    places = []
    while frame is not None:
        if "samples" in frame.f_code.co_filename:
            places.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return "<".join(places)


@dataclass(frozen=True)
class Seller:
    """Who sells, in what layout. ``first`` is a document to make the others from; ``fixed`` means always the same."""

    number: int
    first: Bill
    layout: str
    fixed: bool
    every_days: float

    def change_layout(self, times: int) -> Seller:
        """The same seller with a new paper: another layout, other words."""
        rng = Random(f"attention new words {self.layout} {times}")
        market = self.first.place.market
        wording = choose_wording(market.language, market.tax_name, rng)
        labels = {"title": wording.say(f"title_{self.first.spec.kind.value}")}
        first = replace(self.first, wording=wording, spec=replace(self.first.spec, labels=labels))
        return replace(self, first=first, layout=f"{self.layout} {times}")

    def change_account(self, rng: Random) -> Seller:
        """The same seller with another bank."""
        bill = self.first
        other = invent_seller(bill.spec.seller.name, bill.brand, bill.place, bill.wording, rng)
        party = replace(bill.spec.seller, iban=other.iban, bic=other.bic)
        return replace(self, first=replace(bill, spec=replace(bill.spec, seller=party)))


def invent_sellers(count: int, seed: int) -> list[Seller]:
    """So many sellers; every tenth shares market, words and layout with the one before it."""
    sellers: list[Seller] = []
    for number in range(count):
        rng = Random(f"attention seller {seed} {number}")
        days = rng.choice((7.0, 14.0, 30.0, 30.0, 30.0, 60.0, 90.0))
        fixed = rng.random() < _FIXED_SHARE
        if number % _TWIN_EVERY == _TWIN_EVERY - 1:
            before = sellers[-1]
            sellers.append(replace(before, number=number, first=_invent_twin(before.first, rng), every_days=days))
            continue
        bill = _address(invent_bill(seed * 100_000 + number))
        sellers.append(Seller(number, bill, f"attention layout {seed} {number}", fixed, days))
    return sellers


def make_bill(seller: Seller, count: int, issued: date, rng: Random) -> Bill:
    """The seller's document number ``count``, issued on that day."""
    bill, spec = seller.first, seller.first.spec
    goods = bill.goods if seller.fixed else _tax_alike(bill, rng)
    due = issued + (spec.due_date - spec.issue_date) if spec.due_date else None
    fresh = replace(
        spec,
        seed=rng.randrange(10**9),
        number=_count_on(spec.number, count, spec.issue_date, issued),
        issue_date=issued,
        due_date=due,
        delivery_date=issued - timedelta(days=rng.randint(0, 20)) if spec.delivery_date else None,
        order_number=f"PO{rng.randint(10000, 999999)}",
        items=(*goods, *(item for _, item in bill.extras)),
        prepaid=ZERO,
        tendered=None,
        cash_step=Decimal(0),
    )
    fresh = settle_spec(fresh, at_till=bill.at_till, rng=rng)
    return replace(bill, spec=fresh, clock=f"{rng.randint(7, 21):02d}:{rng.randrange(60):02d}")


def _invent_twin(bill: Bill, rng: Random) -> Bill:
    brand = invent_brand(rng)
    name = invent_company(brand, rng.choice(bill.place.forms), bill.wording, rng)
    party = invent_seller(name, brand, bill.place, bill.wording, rng)
    number = "".join(str(rng.randint(1, 9)) if char.isdigit() else char for char in bill.spec.number)
    return replace(bill, brand=brand, spec=replace(bill.spec, seller=party, number=number))


def _address(bill: Bill) -> Bill:
    """The document as sent to the office, wherever it was sent to."""
    spec = bill.spec if bill.spec.kind is not Kind.CREDIT_NOTE else replace(bill.spec, kind=Kind.INVOICE, sign=1)
    spec = replace(spec, labels={"title": bill.wording.say(f"title_{spec.kind.value}")})
    buyer: Party | None = replace(spec.buyer, name=OFFICE, vat_id="") if spec.buyer else None
    return replace(bill, spec=replace(spec, buyer=buyer))


def _tax_alike(bill: Bill, rng: Random) -> tuple[Item, ...]:
    """Other goods at the rates of before."""
    rates = sorted({item.rate for item in bill.goods})
    items = invent_items(bill.trade, bill.place, bill.wording, rng)
    return tuple(item if item.rate in rates else replace(item, rate=rates[0]) for item in items)


def _count_on(number: str, count: int, year_of: date, issued: date) -> str:
    """The number that comes so many documents later: its last run of digits counts on, its year is the new one."""
    end = max(at for at, char in enumerate(number) if char.isdigit()) + 1
    start = end
    while start and number[start - 1].isdigit():
        start -= 1
    digits = number[start:end]
    serial = str((int(digits) + count * 3) % 10 ** len(digits)).zfill(len(digits))
    head = number[:start].replace(str(year_of.year), str(issued.year))
    return head + serial + number[end:]
