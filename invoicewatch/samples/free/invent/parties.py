"""Sellers and buyers of free layouts, with the numbers that tax offices and banks know them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from stdnum import iban as stdnum_iban
from stdnum.dk import cvr as dk_cvr
from stdnum.es import cif as es_cif
from stdnum.fi import alv as fi_alv
from stdnum.hr import oib as hr_oib
from stdnum.in_ import gstin as in_gstin
from stdnum.it import iva as it_iva
from stdnum.nl import btw as nl_btw
from stdnum.no import mva as no_mva
from stdnum.se import vat as se_vat

from invoicewatch.samples.free.invent.names import (
    invent_brand,
    invent_company,
    invent_person,
    invent_street,
    invent_town,
)
from invoicewatch.samples.free.invent.places import Place, write_town_line
from invoicewatch.samples.free.invent.wording import Wording
from invoicewatch.samples.invent.identifiers import make_iban, make_vat_id
from invoicewatch.samples.invent.invoice import Party


def invent_seller(name: str, brand: str, place: Place, wording: Wording, rng: Random) -> Party:
    """A seller of that name with all it might print."""
    code = place.market.code[:2]
    domain = brand.lower() + rng.choice(("", "", "-shop", "24", "online"))
    domain += rng.choice((".example", ".example", f".{code.lower()}.example"))
    return Party(
        name=name,
        street=invent_street(wording, rng),
        city=write_town_line(place, invent_town(wording, rng), rng),
        country=place.market.country_name,
        vat_id=_invent_vat_id(place.market.code, rng),
        tax_number=_invent_tax_number(code, rng),
        register=str(rng.randint(10000, 9999999)),
        iban=_invent_iban(code, rng),
        bic=f"{''.join(rng.choices('BCDFGHKLMN', k=4))}{code}{rng.choice(('2A', '33', '21'))}XXX",
        bank=wording.say("bank_name"),
        phone=f"{place.market.phone}{rng.randint(100, 999)}",
        email=f"{rng.choice(('info', 'office', 'billing', 'mail', 'hello'))}@{domain}",
        website=rng.choice(("www.", "www.", "", "https://")) + domain,
    )


def invent_buyer(place: Place, wording: Wording, rng: Random) -> Party:
    """A buyer: most often a company."""
    if rng.random() < 0.75:
        name = invent_company(invent_brand(rng), rng.choice(place.forms), wording, rng)
    else:
        name = invent_person(wording, rng)
    town = write_town_line(place, invent_town(wording, rng), rng)
    vat_id = _invent_vat_id(place.market.code, rng)
    return Party(name, invent_street(wording, rng), town, place.market.country_name, vat_id)


def _invent_iban(country: str, rng: Random) -> str:
    while True:
        number = make_iban(country, rng)
        if not number or stdnum_iban.is_valid(number):
            return number


def _invent_vat_id(market: str, rng: Random) -> str:
    """As printed: most often without blanks, some with a blank after the country or without the country."""
    maker = _MAKERS.get(market[:2])
    number = maker(rng) if maker else make_vat_id(market, rng)
    if number[:2] in {"DE", "GB", "AT", "FR"} and rng.random() < 0.2:
        return f"{number[:2]} {number[2:]}"
    if number[:2] in {"IT", "ES"} and rng.random() < 0.5:
        return number[2:]
    return number


def _invent_tax_number(country: str, rng: Random) -> str:
    if country == "US":
        return f"{rng.randint(10, 99)}-{rng.randint(1000000, 9999999)}"
    if country == "DE":
        return f"{rng.randint(10, 99)}/{rng.randint(100, 999)}/{rng.randint(10000, 99999)}"
    return str(rng.randint(10**7, 10**8 - 1)) if country in {"NL", "GB"} else str(rng.randint(10**8, 10**9 - 1))


def _draw_valid(make: Callable[[], str], is_valid: Callable[[str], bool]) -> str:
    while True:
        number = make()
        if is_valid(number):
            return number


def _digits(count: int, rng: Random) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _make_indian(rng: Random) -> str:
    def make() -> str:
        letters = "".join(rng.choices("ABCDEFGHJKLMNPRSTVW", k=3))
        person = f"{letters}C{rng.choice('ABKMRST')}{_digits(4, rng)}{rng.choice('ABCDEFGHKL')}"
        return f"27{person}1Z{rng.choice('0123456789ABCDEF')}"

    return _draw_valid(make, in_gstin.is_valid)


_MAKERS: Mapping[str, Callable[[Random], str]] = {
    "ES": lambda rng: "ES" + _draw_valid(lambda: rng.choice("AB") + _digits(8, rng), es_cif.is_valid),
    "IT": lambda rng: "IT" + _draw_valid(lambda: "0" + _digits(10, rng), it_iva.is_valid),
    "NL": lambda rng: "NL" + _draw_valid(lambda: f"{_digits(9, rng)}B01", nl_btw.is_valid),
    "IN": _make_indian,
    "SE": lambda rng: "SE" + _draw_valid(lambda: _digits(10, rng) + "01", se_vat.is_valid),
    "DK": lambda rng: "DK" + _draw_valid(lambda: _digits(8, rng), dk_cvr.is_valid),
    "NO": lambda rng: _draw_valid(lambda: f"NO{_digits(9, rng)}MVA", no_mva.is_valid),
    "FI": lambda rng: "FI" + _draw_valid(lambda: _digits(8, rng), fi_alv.is_valid),
    "HR": lambda rng: "HR" + _draw_valid(lambda: _digits(11, rng), hr_oib.is_valid),
    "TR": lambda rng: _digits(10, rng),
    "SG": lambda rng: f"M{_digits(8, rng)}{rng.choice('ABCDEKLPX')}",
    "MY": lambda rng: f"00{_digits(10, rng)}",
}
