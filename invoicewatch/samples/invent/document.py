"""Inventing a document from a seed: the same seed gives the same document, whatever was invented before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from random import Random

from invoicewatch.samples.invent.formats import MoneyStyle, write_date
from invoicewatch.samples.invent.goods import RETAIL, WHOLESALE, Good
from invoicewatch.samples.invent.identifiers import make_iban, make_vat_id
from invoicewatch.samples.invent.invoice import CENT, ZERO, InvoiceSpec, Item, Kind, Party, round_cents
from invoicewatch.samples.invent.letters import LETTERS, REMINDERS
from invoicewatch.samples.invent.markets import MARKETS, Market
from invoicewatch.samples.invent.names import make_company, make_person, make_shop, make_street
from invoicewatch.samples.invent.wording import choose_labels

FIRST_DAY = date(2016, 1, 1)
DAYS = 3600
_KIND_WEIGHTS = {Kind.INVOICE: 10, Kind.RECEIPT: 8, Kind.CREDIT_NOTE: 2, Kind.REMINDER: 1, Kind.OTHER: 1}
# A till in these markets prints prices with tax; American tills add it below.
_TAX_ON_TOP = "US"
_DIVISIBLE = frozenset({"h", "Std.", "kg"})


def make_spec(seed: int, kind: Kind | None = None, market: str | None = None) -> InvoiceSpec:
    """Invent one document.

    Args:
        seed: Decides everything that the other arguments leave open.
        kind: What to make; drawn, most often an invoice or a receipt, if None.
        market: A key of ``MARKETS``; drawn if None.
    """
    rng = Random(f"invoicewatch sample {seed}")
    drawn_kind = rng.choices(list(_KIND_WEIGHTS), list(_KIND_WEIGHTS.values()))[0]
    drawn_market = rng.choice(list(MARKETS))
    kind = kind or drawn_kind
    place = MARKETS[market or drawn_market]
    return _invent(seed, kind, place, rng)


def _invent(seed: int, kind: Kind, market: Market, rng: Random) -> InvoiceSpec:
    at_till = kind is Kind.RECEIPT
    language = market.language
    issued = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    cash = at_till and rng.random() < 0.6
    items = _invent_items(market, rng, at_till=at_till)
    if kind in {Kind.REMINDER, Kind.OTHER}:
        items = items[:1]
    spec = InvoiceSpec(
        seed=seed,
        kind=kind,
        language=language,
        market=market.code,
        currency=market.currency,
        number=_invent_number(issued, rng, at_till=at_till),
        issue_date=issued,
        due_date=issued + timedelta(days=rng.choice((7, 10, 14, 30, 30, 45))) if _has_due_date(kind, rng) else None,
        delivery_date=issued - timedelta(days=rng.randint(0, 20)) if not at_till and rng.random() < 0.4 else None,
        order_number=f"{rng.choice(('PO', 'B', '45'))}{rng.randint(10000, 99999)}" if rng.random() < 0.5 else "",
        customer_number=str(rng.randint(1000, 99999)) if rng.random() < 0.6 else "",
        seller=_invent_seller(market, rng, at_till=at_till),
        buyer=None if at_till else _invent_buyer(market, rng),
        items=items,
        prices_include_tax=at_till and market.code != _TAX_ON_TOP,
        discount_percent=Decimal(rng.choice((2, 3, 5, 10))) if rng.random() < 0.2 else Decimal(0),
        prepaid=ZERO,
        cash_step=market.cash_step if cash else Decimal(0),
        tendered=None,
        fee=ZERO,
        sign=-1 if kind is Kind.CREDIT_NOTE and rng.random() < 0.5 else 1,
        money=MoneyStyle(rng.choice(market.numbers), rng.choice(market.patterns)),
        date_style=rng.choice([style for style in market.dates if not (at_till and style == "long")]),
        labels=choose_labels(language, kind, market.tax_name, rng),
    )
    return _finish(spec, market, rng, cash=cash)


def _finish(spec: InvoiceSpec, market: Market, rng: Random, *, cash: bool) -> InvoiceSpec:
    """Add what depends on the sums: deposits, cash, and the text of letters."""
    if spec.kind is Kind.INVOICE and rng.random() < 0.15:
        return replace(spec, prepaid=round_cents(spec.total * rng.choice((20, 30, 50)) / 100))
    if cash:
        return replace(spec, tendered=_tender(spec.total, rng))
    if spec.kind is Kind.REMINDER:
        spec = replace(spec, fee=Decimal(rng.choice(("5.00", "7.50", "10.00", "40.00"))))
        return replace(spec, paragraphs=_write_reminder(spec, rng))
    if spec.kind is Kind.OTHER:
        letter = rng.choice(LETTERS[spec.language])
        return replace(spec, paragraphs=tuple(line.format(name=make_person(market.language, rng)) for line in letter))
    return spec


def _has_due_date(kind: Kind, rng: Random) -> bool:
    return kind is Kind.REMINDER or (kind is Kind.INVOICE and rng.random() < 0.75)


def _invent_number(issued: date, rng: Random, *, at_till: bool) -> str:
    serial = rng.randint(1, 99999)
    if at_till:
        shapes: tuple[str, ...] = (
            f"{serial:06d}",
            f"CS{serial:08d}",
            f"{rng.randint(1, 9)}-{serial:05d}",
            f"{issued:%y%m%d}{serial:04d}",
        )
    else:
        shapes = (
            f"{issued.year}-{serial:04d}",
            f"RE-{issued:%Y%m}-{serial:05d}",
            f"INV{serial:06d}",
            f"{serial:05d}/{issued:%y}",
            f"{rng.randint(100000, 999999)}",
            f"F{issued.year}{serial:05d}",
            f"A{rng.randint(10, 99)}.{serial:05d}",
        )
    return rng.choice(shapes)


def _invent_seller(market: Market, rng: Random, *, at_till: bool) -> Party:
    language = market.language
    name = (make_shop if at_till else make_company)(market.code, language, rng)
    domain = "".join(sign for sign in name.split()[0].lower() if sign.isascii() and sign.isalnum()) or "shop"
    vat_id = make_vat_id(market.code, rng)
    if market.code in {"CH", "CH-FR"}:
        vat_id = f"{vat_id.rsplit(' ', 1)[0]} {'TVA' if language == 'fr' else 'MWST'}"
    return Party(
        name=name,
        street=make_street(language, rng),
        city=rng.choice(market.cities),
        country=market.country_name,
        vat_id=vat_id,
        tax_number=_invent_tax_number(rng) if language != "en" or not vat_id else "",
        iban=make_iban(market.code, rng),
        bic=f"{''.join(rng.choices('BCDFGHKLMN', k=4))}{market.code[:2]}{rng.choice(('2A', '33', '21'))}XXX",
        bank=rng.choice(("Musterbank", "Banque Modèle", "Sample Bank"))
        if language != "en"
        else rng.choice(("Sample Bank plc", "First Mock Bank")),
        phone=f"{market.phone}{rng.randint(100, 999)}",
        email=f"{rng.choice(('info', 'office', 'billing'))}@{domain}.example",
        website=f"www.{domain}.example",
    )


def _invent_tax_number(rng: Random) -> str:
    return f"{rng.randint(10, 99)}/{rng.randint(100, 999)}/{rng.randint(10000, 99999)}"


def _invent_buyer(market: Market, rng: Random) -> Party:
    company = rng.random() < 0.75
    name = make_company(market.code, market.language, rng) if company else make_person(market.language, rng)
    return Party(name, make_street(market.language, rng), rng.choice(market.cities), market.country_name)


def _invent_items(market: Market, rng: Random, *, at_till: bool) -> tuple[Item, ...]:
    goods = (RETAIL if at_till else WHOLESALE)[market.language]
    count = min(len(goods), rng.choice((1, 2, 3, 3, 4, 5, 6, 8)))
    if not at_till and rng.random() < 0.08:
        return tuple(_invent_item(rng.choice(goods), market, rng, at_till=False) for _ in range(rng.randint(28, 60)))
    return tuple(_invent_item(good, market, rng, at_till=at_till) for good in rng.sample(goods, count))


def _invent_item(good: Good, market: Market, rng: Random, *, at_till: bool) -> Item:
    rate = rng.choice(market.rates[1:]) if good.reduced and len(market.rates) > 1 else market.rates[0]
    cents = rng.randint(good.lowest_cents, good.highest_cents)
    if market.currency == "MYR" and at_till:
        cents *= 2  # the price ranges are in euros and the like
    elif rng.random() < 0.6:
        cents = cents // 10 * 10 + 9 if at_till else cents // 50 * 50
    quantity = _invent_quantity(good, rng, at_till=at_till)
    discount = Decimal(rng.choice((5, 10, 20))) if not at_till and rng.random() < 0.08 else Decimal(0)
    return Item(good.name, quantity, good.unit, cents * CENT, rate, discount)


def _invent_quantity(good: Good, rng: Random, *, at_till: bool) -> Decimal:
    """Quarters of hours and kilograms, whole numbers of everything else."""
    if good.unit in _DIVISIBLE and rng.random() < 0.6:
        return Decimal(rng.randint(2, 48)) / 4
    return Decimal(rng.choice((1, 1, 1, 1, 2, 3) if at_till else (1, 1, 1, 2, 2, 3, 4, 5, 10, 12)))


def _tender(total: Decimal, rng: Random) -> Decimal:
    """What a customer hands over: exact, or the next round sum."""
    note = rng.choice((Decimal(1), Decimal(5), Decimal(10), Decimal(50)))
    if rng.random() < 0.2:
        return total
    return (total / note).to_integral_value(rounding=ROUND_CEILING) * note


def _write_reminder(spec: InvoiceSpec, rng: Random) -> tuple[str, ...]:
    assert spec.due_date is not None
    before = spec.issue_date - timedelta(days=rng.randint(20, 90))
    values = {
        "number": spec.number,
        "date": write_date(before, spec.date_style, spec.language),
        "amount": spec.money.write(spec.total),
        "fee": spec.money.write(spec.fee),
        "sum": spec.money.write(spec.amount_due),
        "due": write_date(spec.due_date, spec.date_style, spec.language),
        "name": make_person(spec.language, rng),
    }
    return tuple(line.format(**values) for line in REMINDERS[spec.language])
