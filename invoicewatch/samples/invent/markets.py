"""The countries that samples come from: what money, taxes, dates and numbers look like there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from invoicewatch.samples.invent.formats import NBSP, NumberStyle

POINT = NumberStyle(",", ".")
COMMA = NumberStyle(".", ",")
SPACE = NumberStyle(NBSP, ",")
APOSTROPHE = NumberStyle("'", ".")
PLAIN_POINT = NumberStyle("", ".")
PLAIN_COMMA = NumberStyle("", ",")


@dataclass(frozen=True, slots=True)
class Market:
    """One country (and language, where it has several).

    ``rates`` are tax rates in percent: the standard one first, then the reduced. ``patterns`` are ways to write an
    amount with its currency. ``cash_step`` is the smallest coin that totals paid in cash are rounded to, or 0.
    ``tax_name`` is what English labels call the tax. ``cities`` are invented places with their postcodes.
    """

    code: str
    language: str
    currency: str
    rates: tuple[Decimal, ...]
    numbers: tuple[NumberStyle, ...]
    patterns: tuple[str, ...]
    dates: tuple[str, ...]
    cities: tuple[str, ...]
    country_name: str
    phone: str
    cash_step: Decimal = Decimal(0)
    tax_name: str = "VAT"


def _rates(*percents: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(percent) for percent in percents)


_FIVE_CENTS = Decimal("0.05")

MARKETS: Mapping[str, Market] = {
    market.code: market
    for market in (
        Market(
            "DE",
            "de",
            "EUR",
            _rates("19", "7"),
            (COMMA, COMMA, PLAIN_COMMA),
            ("{} €", "{} EUR", "€ {}", "EUR {}"),
            ("d.m.Y", "d.m.Y", "d.m.y", "long", "iso"),
            ("01093 Musterstadt", "28777 Neu-Wiesenau", "80991 Beispielhausen", "50829 Rheinfelde"),
            "Deutschland",
            "+49 30 5550",
        ),
        Market(
            "AT",
            "de",
            "EUR",
            _rates("20", "10", "13"),
            (COMMA, SPACE),
            ("€ {}", "EUR {}", "{} €"),
            ("d.m.Y", "long", "iso"),
            ("1199 Donaufeld", "5099 Musterberg", "8099 Murbeispiel"),
            "Österreich",
            "+43 1 5550",
        ),
        Market(
            "CH",
            "de",
            "CHF",
            _rates("8.1", "2.6"),
            (APOSTROPHE,),
            ("CHF {}", "{} CHF", "Fr. {}"),
            ("d.m.Y", "long"),
            ("8099 Seebeispiel", "3098 Aaremuster", "6099 Bergmatt"),
            "Schweiz",
            "+41 44 555",
            _FIVE_CENTS,
        ),
        Market(
            "CH-FR",
            "fr",
            "CHF",
            _rates("8.1", "2.6"),
            (APOSTROPHE,),
            ("CHF {}", "{} CHF", "Fr. {}"),
            ("d.m.Y", "long"),
            ("1299 Exempleville", "1099 Lac-Modèle"),
            "Suisse",
            "+41 22 555",
            _FIVE_CENTS,
        ),
        Market(
            "FR",
            "fr",
            "EUR",
            _rates("20", "10", "5.5"),
            (SPACE, SPACE, PLAIN_COMMA),
            ("{} €", "{} EUR", "{}€"),
            ("d/m/Y", "d/m/Y", "long", "d-m-Y", "d/m/y"),
            ("75199 Parexemple", "69299 Rhônemodèle", "33199 Bordelier"),
            "France",
            "+33 1 99 00",
        ),
        Market(
            "BE",
            "fr",
            "EUR",
            _rates("21", "6", "12"),
            (COMMA, SPACE),
            ("{} €", "{} EUR", "€ {}"),
            ("d/m/Y", "long", "d-m-Y"),
            ("1099 Bruxemple", "4099 Meusemodèle"),
            "Belgique",
            "+32 2 555",
        ),
        Market(
            "GB",
            "en",
            "GBP",
            _rates("20", "5", "0"),
            (POINT,),
            ("£{}", "GBP {}", "£ {}"),
            ("d/m/Y", "long", "d mon Y", "d-mon-Y"),
            ("Samplebury SB1 4XX", "Mockton-on-Sea MS9 2YZ", "Exampleford EX7 8QQ"),
            "United Kingdom",
            "+44 20 7946 0",
        ),
        Market(
            "IE",
            "en",
            "EUR",
            _rates("23", "13.5", "0"),
            (POINT,),
            ("€{}", "EUR {}", "€ {}"),
            ("d/m/Y", "d mon Y", "long"),
            ("Samplemore D29 X4Y5", "Ballymock T99 AB12"),
            "Ireland",
            "+353 1 555 0",
        ),
        Market(
            "US",
            "en",
            "USD",
            _rates("8.25"),
            (POINT, POINT, PLAIN_POINT),
            ("${}", "USD {}", "$ {}"),
            ("mon d, Y", "m/d/Y", "m/d/Y", "d-mon-Y", "iso"),
            ("Sampleville, TX 75999", "Mock Springs, CA 94999", "Exampleton, NY 10999"),
            "USA",
            "(512) 555-01",
            tax_name="Sales Tax",
        ),
        Market(
            "MY",
            "en",
            "MYR",
            _rates("6"),
            (POINT, PLAIN_POINT),
            ("RM{}", "RM {}", "MYR {}"),
            ("d/m/Y", "d-m-Y", "d mon Y", "d/m/y"),
            ("81999 Johor Contoh", "47999 Petaling Contoh", "50999 Kuala Contoh"),
            "Malaysia",
            "+60 3-5550 ",
            _FIVE_CENTS,
            tax_name="GST",
        ),
        Market(
            "AU",
            "en",
            "AUD",
            _rates("10", "0"),
            (POINT,),
            ("${}", "AUD {}", "A${}"),
            ("d/m/Y", "d mon Y", "long"),
            ("Samplebrook NSW 2999", "Mockatoo VIC 3999"),
            "Australia",
            "+61 2 5550 ",
            _FIVE_CENTS,
            tax_name="GST",
        ),
    )
}
