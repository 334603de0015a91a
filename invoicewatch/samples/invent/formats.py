"""How amounts and dates are written on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NBSP = "\u00a0"

_DOTTED_DAYS = frozenset({"de", "da", "nb", "fi", "hr"})

MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    "it": (
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ),
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "da": (
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "nb": (
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ),
    "fi": (
        "tammikuuta",
        "helmikuuta",
        "maaliskuuta",
        "huhtikuuta",
        "toukokuuta",
        "kesäkuuta",
        "heinäkuuta",
        "elokuuta",
        "syyskuuta",
        "lokakuuta",
        "marraskuuta",
        "joulukuuta",
    ),
    "tr": (
        "Ocak",
        "Şubat",
        "Mart",
        "Nisan",
        "May\N{LATIN SMALL LETTER DOTLESS I}s",
        "Haziran",
        "Temmuz",
        "Ağustos",
        "Eylül",
        "Ekim",
        "Kas\N{LATIN SMALL LETTER DOTLESS I}m",
        "Aral\N{LATIN SMALL LETTER DOTLESS I}k",
    ),
    "hr": (
        "siječnja",
        "veljače",
        "ožujka",
        "travnja",
        "svibnja",
        "lipnja",
        "srpnja",
        "kolovoza",
        "rujna",
        "listopada",
        "studenoga",
        "prosinca",
    ),
}


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The sign between thousands (may be empty) and the decimal sign."""

    group: str
    decimal: str

    def write(self, value: Decimal, places: int = 2) -> str:
        """Write a number with ``places`` decimals, negative ones with a leading hyphen."""
        text = f"{value:,.{places}f}"
        return text.translate({ord(","): self.group, ord("."): self.decimal})


@dataclass(frozen=True, slots=True)
class MoneyStyle:
    """Where the currency stands: ``pattern`` holds ``{}`` for the number, e.g. ``€ {}`` or ``{} EUR``."""

    numbers: NumberStyle
    pattern: str

    def write(self, value: Decimal) -> str:
        """Write an amount with its currency; the minus sign comes first whatever the pattern."""
        text = self.pattern.format(self.numbers.write(abs(value)))
        return f"-{text}" if value < 0 else text

    def write_bare(self, value: Decimal) -> str:
        """Write an amount for a column whose head names the currency."""
        return self.numbers.write(value)


def _long_date(day: date, language: str) -> str:
    month = MONTHS[language][day.month - 1]
    if language in _DOTTED_DAYS:
        return f"{day.day}. {month} {day.year}"
    if language == "es":
        return f"{day.day} de {month} de {day.year}"
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{first} {month} {day.year}"


DATE_STYLES: Mapping[str, Callable[[date, str], str]] = {
    "d.m.Y": lambda day, _: f"{day:%d.%m.%Y}",
    "d.m.Y.": lambda day, _: f"{day:%d.%m.%Y.}",
    "d.m.y": lambda day, _: f"{day:%d.%m.%y}",
    "d/m/Y": lambda day, _: f"{day:%d/%m/%Y}",
    "d/m/y": lambda day, _: f"{day:%d/%m/%y}",
    "d-m-Y": lambda day, _: f"{day:%d-%m-%Y}",
    "m/d/Y": lambda day, _: f"{day:%m/%d/%Y}",
    "iso": lambda day, _: day.isoformat(),
    "d mon Y": lambda day, language: f"{day.day:02d} {MONTHS[language][day.month - 1][:3]} {day.year}",
    "d-mon-Y": lambda day, language: f"{day.day:02d}-{MONTHS[language][day.month - 1][:3].upper()}-{day.year}",
    "long": _long_date,
    "d-m-y": lambda day, _: f"{day:%d-%m-%y}",
    "m/d/y": lambda day, _: f"{day:%m/%d/%y}",
    "m-d-Y": lambda day, _: f"{day:%m-%d-%Y}",
    "d Mon Y": lambda day, language: f"{day.day} {MONTHS[language][day.month - 1][:3]} {day.year}",
    "d-Mon-Y": lambda day, language: f"{day.day:02d}-{MONTHS[language][day.month - 1][:3]}-{day.year}",
    "d-Mon-y": lambda day, language: f"{day.day:02d}-{MONTHS[language][day.month - 1][:3]}-{day:%y}",
    "Mon d, Y": lambda day, language: f"{MONTHS[language][day.month - 1][:3]} {day.day}, {day.year}",
    "mon d, Y": lambda day, language: f"{MONTHS[language][day.month - 1]} {day.day}, {day.year}",
}


def write_date(day: date, style: str, language: str) -> str:
    """Write a date in one of ``DATE_STYLES``, with month names in ``language``."""
    return DATE_STYLES[style](day, language)
