"""What is sold: words, units and plausible prices, by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Good(NamedTuple):
    """One thing to buy: name, unit, lowest and highest net price in cents, and whether the reduced rate applies."""

    name: str
    unit: str
    lowest_cents: int
    highest_cents: int
    reduced: bool = False


WHOLESALE: Mapping[str, tuple[Good, ...]] = {
    "en": (
        Good("Copy paper A4 80 g, box of 5 reams", "box", 1890, 3200),
        Good("Toner cartridge black, high yield", "pcs", 5900, 14900),
        Good("Office chair Series 4", "pcs", 12900, 48900),
        Good("Network cable Cat 6, 10 m", "pcs", 690, 1990),
        Good("On-site support, senior engineer", "h", 7500, 14500),
        Good("Monthly maintenance fee", "mo", 4900, 39900),
        Good("Pallet delivery, zone 2", "pcs", 3500, 8900),
        Good("Steel shelf 200 x 100 x 50 cm", "pcs", 6900, 17900),
        Good("Handbook, 2nd edition", "pcs", 1900, 4900, reduced=True),
        Good("Coffee beans, dark roast 1 kg", "kg", 990, 2490, reduced=True),
        Good("Consulting, project phase II", "day", 64000, 135000),
        Good("Licence renewal, 12 months", "pcs", 9900, 249900),
    ),
    "de": (
        Good("Kopierpapier A4 80 g, Karton", "Krt.", 1890, 3200),
        Good("Tonerkartusche schwarz XL", "Stk.", 5900, 14900),
        Good("Bürodrehstuhl Modell Öresund", "Stk.", 12900, 48900),
        Good("Netzwerkkabel Cat. 6, 10 m", "Stk.", 690, 1990),
        Good("Arbeitszeit Techniker vor Ort", "Std.", 5500, 9800),
        Good("Wartungspauschale monatlich", "Mon.", 4900, 39900),
        Good("Anfahrt Zone 2", "Psch.", 2500, 6500),
        Good("Stahlregal 200 x 100 x 50 cm", "Stk.", 6900, 17900),
        Good("Fachbuch, 2. Auflage", "Stk.", 1900, 4900, reduced=True),
        Good("Kaffeebohnen kräftig 1 kg", "kg", 990, 2490, reduced=True),
        Good("Beratung Projektphase II", "Tage", 64000, 135000),
        Good("Lizenzverlängerung 12 Monate", "Stk.", 9900, 249900),
    ),
    "fr": (
        Good("Papier A4 80 g, carton de 5 ramettes", "ctn", 1890, 3200),
        Good("Cartouche toner noir haute capacité", "pce", 5900, 14900),
        Good("Fauteuil de bureau série 4", "pce", 12900, 48900),
        Good("Câble réseau Cat 6, 10 m", "pce", 690, 1990),
        Good("Main-d'œuvre technicien sur site", "h", 5500, 9800),
        Good("Forfait maintenance mensuel", "mois", 4900, 39900),
        Good("Frais de déplacement zone 2", "fft", 2500, 6500),
        Good("Étagère métallique 200 x 100 x 50 cm", "pce", 6900, 17900),
        Good("Manuel technique, 2e édition", "pce", 1900, 4900, reduced=True),
        Good("Café en grains corsé 1 kg", "kg", 990, 2490, reduced=True),
        Good("Conseil, phase II du projet", "jour", 64000, 135000),
        Good("Renouvellement de licence 12 mois", "pce", 9900, 249900),
    ),
}

RETAIL: Mapping[str, tuple[Good, ...]] = {
    "en": (
        Good("WHOLEMEAL BREAD", "", 180, 420, reduced=True),
        Good("FLAT WHITE LARGE", "", 290, 520),
        Good("BATTERY AA 4PK", "", 399, 899),
        Good("NOTEBOOK A5 RULED", "", 250, 790),
        Good("MINERAL WATER 1.5L", "", 90, 220, reduced=True),
        Good("LED BULB 9W", "", 350, 1290),
        Good("CHICKEN RICE SET", "", 650, 1490),
        Good("PAINT BRUSH 2IN", "", 290, 990),
        Good("HAND SOAP REFILL", "", 320, 750),
        Good("ORGANIC MILK 1L", "", 110, 290, reduced=True),
        Good("SCREW SET M4 100PC", "", 490, 1590),
    ),
    "de": (
        Good("Bauernbrot 1kg", "", 290, 520, reduced=True),
        Good("Kaffee groß", "", 260, 450),
        Good("Batterien AA 4er", "", 399, 899),
        Good("Notizbuch A5", "", 250, 790),
        Good("Apfelschorle 0,5l", "", 220, 390),
        Good("LED-Lampe 9W", "", 350, 1290),
        Good("Schnitzel m. Pommes", "", 1090, 1890),
        Good("Pinsel 50mm", "", 290, 990),
        Good("Handseife Nachfüll", "", 320, 750),
        Good("Bio-Milch 1l", "", 110, 210, reduced=True),
        Good("Schraubensatz M4", "", 490, 1590),
    ),
    "fr": (
        Good("PAIN COMPLET", "", 190, 420, reduced=True),
        Good("CAFE ALLONGE", "", 220, 450),
        Good("PILES AA X4", "", 399, 899),
        Good("CAHIER A5 LIGNE", "", 250, 790),
        Good("EAU MINERALE 1,5L", "", 60, 190, reduced=True),
        Good("AMPOULE LED 9W", "", 350, 1290),
        Good("PLAT DU JOUR", "", 1090, 1890),
        Good("PINCEAU 50MM", "", 290, 990),
        Good("SAVON RECHARGE", "", 320, 750),
        Good("LAIT BIO 1L", "", 110, 210, reduced=True),
        Good("VIS M4 X100", "", 490, 1590),
    ),
}
