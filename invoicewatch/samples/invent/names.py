"""Invented companies, people and streets; none exists, and each is built so that nobody could mistake it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class NameParts:
    """What company names, streets and people are put together from in one language."""

    fancy: tuple[str, ...]
    trades: tuple[str, ...]
    shops: tuple[str, ...]
    forms: tuple[str, ...]
    streets: tuple[str, ...]
    people: tuple[str, ...]
    surnames: tuple[str, ...]


_PARTS: Mapping[str, NameParts] = {
    "en": NameParts(
        (
            "Bluefern",
            "Quillstone",
            "Northwick",
            "Ambergate",
            "Larkmoor",
            "Copperfin",
            "Tidewell",
            "Fablewood",
            "Zephyr",
        ),
        ("Office Supplies", "Consulting", "Logistics", "Electrical", "Print Works", "Software", "Catering", "Hardware"),
        ("Minimart", "Bakery", "Coffee House", "Stationers", "Hardware Store", "Book Shop", "Pharmacy", "Restaurant"),
        ("Ltd", "Limited", "& Sons Ltd", "LLP"),
        ("{} High Street", "{} Mill Lane", "{} Station Road", "Unit {}, Harbour Park", "{} Orchard Avenue"),
        ("Alice", "Tom", "Priya", "George", "Hannah", "Wei Ling"),
        ("Penhallow", "Okonkwo", "Whitlock", "Farrant", "Tanaka", "Brightwater"),
    ),
    "de": NameParts(
        (
            "Nordlicht",
            "Sonnblick",
            "Eichenhof",
            "Blaustein",
            "Kranich",
            "Wiesengrund",
            "Möwe",
            "Grünspecht",
            "Talblick",
        ),
        (
            "Bürobedarf",
            "Elektrotechnik",
            "Spedition",
            "Druckerei",
            "Software",
            "Großhandel",
            "Gebäudereinigung",
            "Haustechnik",
        ),
        ("Bäckerei", "Buchhandlung", "Getränkemarkt", "Apotheke", "Gasthaus", "Baumarkt", "Drogerie", "Café"),
        ("GmbH", "AG", "GmbH & Co. KG", "e.K.", "UG (haftungsbeschränkt)", "OHG"),
        ("Hauptstraße {}", "Am Mühlbach {}", "Lindenweg {}", "Industriestr. {}", "Gartenstraße {}"),
        ("Anna", "Jürgen", "Sabine", "Karl-Heinz", "Zoë", "Björn"),
        ("Mustermann", "Beispielhuber", "Grünewald-Muster", "Überall", "Weißkopf", "Jäger-Test"),
    ),
    "fr": NameParts(
        (
            "Clairval",
            "Boisjoli",
            "Hirondelle",
            "Montfleury",
            "Belétoile",
            "Grandpré",
            "Rivebelle",
            "Le Héron",
            "Aubépine",
        ),
        ("Fournitures", "Électricité", "Transports", "Imprimerie", "Logiciels", "Traiteur", "Plomberie", "Conseil"),
        ("Boulangerie", "Librairie", "Pharmacie", "Brasserie", "Épicerie", "Quincaillerie", "Papeterie", "Café"),
        ("SARL", "SAS", "S.A.", "EURL", "& Fils SARL"),
        ("{}, rue des Lilas", "{} avenue de la Gare", "{} bis, place du Marché", "{}, chemin Vert"),
        ("Amélie", "Jean-Luc", "Chloé", "François", "Inès", "Théo"),
        ("Dupontel", "Lefèbvre-Test", "Garnierot", "Moreaux", "Exemplier", "Châtaignet"),
    ),
}

_LEGAL_FORMS: Mapping[str, tuple[str, ...]] = {
    "MY": ("Sdn. Bhd.", "Enterprise", "Trading", "(M) Sdn Bhd"),
    "US": ("Inc.", "LLC", "Corp."),
    "AU": ("Pty Ltd",),
    "CH": ("AG", "GmbH"),
    "CH-FR": ("SA", "Sàrl"),
    "AT": ("GmbH", "KG", "e.U."),
    "BE": ("SRL", "SA"),
}


def make_company(market: str, language: str, rng: Random) -> str:
    """A company's name with its legal form."""
    parts = _PARTS[language]
    form = rng.choice(_LEGAL_FORMS.get(market, parts.forms))
    owner = rng.choice(parts.fancy) if rng.random() < 0.75 else rng.choice(parts.surnames)
    return f"{owner} {rng.choice(parts.trades)} {form}"


def make_shop(market: str, language: str, rng: Random) -> str:
    """The name over a shop's till, with or without a legal form."""
    parts = _PARTS[language]
    name = f"{rng.choice(parts.shops)} {rng.choice(parts.fancy)}"
    if language == "en":
        name = f"{rng.choice(parts.fancy)} {rng.choice(parts.shops)}"
    return f"{name} {rng.choice(_LEGAL_FORMS.get(market, parts.forms))}" if rng.random() < 0.6 else name


def make_person(language: str, rng: Random) -> str:
    """First name and surname."""
    parts = _PARTS[language]
    return f"{rng.choice(parts.people)} {rng.choice(parts.surnames)}"


def make_street(language: str, rng: Random) -> str:
    """A street with its number as the country writes it."""
    return rng.choice(_PARTS[language].streets).format(rng.randint(1, 199))
