"""The figures of one document: its number, its dates, how it writes them, and its sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_CEILING, Decimal
from random import Random

from invoicewatch.samples.free.invent.numbers import choose_money, invent_number, invent_till_number
from invoicewatch.samples.free.invent.parties import invent_buyer
from invoicewatch.samples.free.invent.places import OTHER_NUMBERS, Place
from invoicewatch.samples.free.invent.places_asked import ASKED_PLACES, find_place
from invoicewatch.samples.free.invent.wording import Wording
from invoicewatch.samples.invent.document import DAYS, FIRST_DAY
from invoicewatch.samples.invent.invoice import HUNDRED, ZERO, InvoiceSpec, Item, Kind, Party, round_cents

_TAX_ON_TOP = frozenset({"US"})


def invent_spec(
    seed: int,
    kind: Kind,
    place: Place,
    wording: Wording,
    seller: Party,
    items: tuple[tuple[Item, ...], tuple[Item, ...]],
    rng: Random,
) -> InvoiceSpec:
    """What a document of that kind says; ``items`` are its goods and its extras. ``settle_spec`` comes after."""
    goods, extras = items
    market = place.market
    at_till = kind is Kind.RECEIPT
    issued = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    numbers = rng.choice(market.numbers)
    numbers = rng.choice(OTHER_NUMBERS.get(numbers, (numbers,))) if rng.random() < 0.15 else numbers
    whole = not at_till and all(item.amount == item.amount.to_integral_value() for item in goods)
    return InvoiceSpec(
        seed=seed,
        kind=kind,
        language=market.language,
        market=market.code,
        currency=market.currency,
        number=invent_till_number(issued, rng) if at_till else invent_number(issued, rng),
        issue_date=issued,
        due_date=issued + timedelta(days=rng.choice((0, 7, 10, 14, 21, 30, 30, 45, 60)))
        if _is_due(kind, rng)
        else None,
        delivery_date=issued - timedelta(days=rng.randint(0, 20)),
        order_number=f"{rng.choice(('PO', 'B', '45', 'PO-', ''))}{rng.randint(10000, 999999)}",
        customer_number=rng.choice(
            (str(rng.randint(1000, 99999)), f"K{rng.randint(100, 9999)}", f"C-{rng.randint(100, 9999)}")
        ),
        seller=seller,
        buyer=invent_buyer(place, wording, rng) if not at_till or rng.random() < 0.08 else None,
        items=goods + extras,
        prices_include_tax=market.code not in _TAX_ON_TOP and rng.random() < (0.85 if at_till else 0.15),
        discount_percent=Decimal(rng.choice((2, 3, 5, 10, 15))) if not extras and rng.random() < 0.15 else Decimal(0),
        prepaid=ZERO,
        cash_step=Decimal(0),
        tendered=None,
        fee=ZERO,
        sign=-1 if kind is Kind.CREDIT_NOTE and rng.random() < 0.5 else 1,
        money=choose_money(
            numbers,
            rng.choice(place.symbols),
            before=rng.random() < place.before,
            dashes=whole and rng.random() < 0.6,
            rng=rng,
        ),
        date_style=rng.choice(_list_date_styles(place, at_till=at_till)),
        labels={"title": wording.say(f"title_{kind.value}")},
    )


def settle_spec(spec: InvoiceSpec, *, at_till: bool, rng: Random) -> InvoiceSpec:
    """Add what depends on the sums: rounding, deposits, cash."""
    market = find_place(spec.market).market
    cash = at_till and rng.random() < 0.5
    if market.cash_step and (cash or rng.random() < 0.3):
        spec = replace(spec, cash_step=market.cash_step)
    if spec.total <= 0 and spec.sign > 0:
        spec = replace(spec, cash_step=Decimal(0))
    if cash:
        return replace(spec, tendered=_tender(spec.total, rng))
    if spec.kind is Kind.INVOICE and rng.random() < 0.13:
        return replace(spec, prepaid=round_cents(spec.total * rng.choice((20, 30, 50)) / HUNDRED))
    return spec


def _is_due(kind: Kind, rng: Random) -> bool:
    return kind is Kind.INVOICE and rng.random() < 0.75


def _list_date_styles(place: Place, *, at_till: bool) -> tuple[str, ...]:
    styles = place.market.dates
    more: tuple[str, ...] = ("d/m/y", "long")
    if place.market.code == "US":
        more = ("Mon d, Y", "mon d, Y", "m/d/y", "m/d/Y", "m-d-Y", "m/d/y")
    elif place.market.language == "en":
        more = ("d Mon Y", "d-Mon-y", "long", "iso", "d-Mon-Y")
    elif place.market.language == "de":
        more = ("d.m.y", "long")
    elif place.market.code in ASKED_PLACES:
        more = ()
    wanted = styles + styles + more
    return tuple(style for style in wanted if not (at_till and style in {"long", "mon d, Y"}))


def _tender(total: Decimal, rng: Random) -> Decimal:
    note = rng.choice((Decimal(1), Decimal(5), Decimal(10), Decimal(50)))
    if rng.random() < 0.2:
        return total
    return (total / note).to_integral_value(rounding=ROUND_CEILING) * note
