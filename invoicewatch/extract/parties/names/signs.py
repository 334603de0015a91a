"""Words by which a line tells that it is a name, goes with one, or is none, in all languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from invoicewatch.extract.labels.words import write_pattern


@dataclass(frozen=True, slots=True)
class LineSigns:
    """Compiled patterns; case does not count.

    ``contact``, ``street`` and ``house`` stand under a name, never in it. ``register_number`` is a company's number in
    the register at the end of a line: ``(65351-M)``, ``862725-U``, ``(Co. No. 113825-W)``. ``rest`` is what else
    stands on the line of a name: an address after a dash or a dot, a former name. ``continuation`` begins the second
    line of a name that was broken in two. ``trade`` is a word that shops have in their names, ``owner`` begins a line
    that says whose shop it is. ``registration`` is what the law has a company print under its name. ``addressed``
    begins a person's name with a title, as letters address it.
    """

    contact: re.Pattern[str]
    street: re.Pattern[str]
    house: re.Pattern[str]
    salutation: re.Pattern[str]
    addressed: re.Pattern[str]
    courtesy: re.Pattern[str]
    register_number: re.Pattern[str]
    rest: re.Pattern[str]
    continuation: re.Pattern[str]
    trade: re.Pattern[str]
    owner: re.Pattern[str]
    registration: re.Pattern[str]


@cache
def load_signs() -> LineSigns:
    """The signs in all languages. Raises ConfigError where a language's file is broken."""
    names = "names"
    notice, entry = write_pattern("registration", "notice"), write_pattern("registration", "entry")
    former = write_pattern(names, "former")
    return LineSigns(
        contact=_compile(rf"@|www\.|https?:|\b{write_pattern(names, 'contact')}\b"),
        street=_compile(_write_street()),
        house=_compile(rf"^{write_pattern('addresses', 'house_number')}\.?\s?:?\s?\d"),
        salutation=_compile(rf"{write_pattern(names, 'salutation')}\.?"),
        addressed=_compile(rf"{write_pattern(names, 'salutation_in_xml')}\.?\s\S"),
        courtesy=_compile(rf"\b{write_pattern(names, 'courtesy')}\b"),
        register_number=_compile(_write_register_number()),
        rest=_compile(rf"\s+(?:[·|*]|[-–—]{{1,2}}(?=\s)).*$|\s*[●•|].*$|[\s)]+{former}\b.*$"),  # noqa: RUF001
        continuation=_compile(rf"^(?:&|{write_pattern(names, 'continuation')})\b"),
        trade=_compile(rf"\b{write_pattern(names, 'trade')}\b"),
        owner=_compile(rf"^{write_pattern(names, 'owner')}\s*:?\s"),
        registration=_compile(rf"\b{notice}\b|\b{entry}\s?\d"),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _write_street() -> str:
    table = "addresses"
    word, numbered = write_pattern(table, "street"), write_pattern(table, "street_before_number")
    part, ending = write_pattern(table, "street_part"), write_pattern(table, "street_ending")
    return rf"\b{word}\b|\b{numbered}(?=\s\d)|{part}|{ending}\b(?=.*\d)"


def _write_register_number() -> str:
    words = rf"(?:\b{write_pattern('registration', 'number')}\b[\s.:]*){{0,4}}"
    bracketed = rf"[(\[]\s*{words}[A-Z]{{0,4}}\d[\d-]{{3,}}\s?-?\s?[A-Z]{{0,3}}\s*[)\]]?"
    bare = rf"{words}\b[A-Z]{{0,4}}\d[\d-]{{4,}}\s?-?\s?[A-Z]{{0,3}}"
    return rf"\s*(?:{bracketed}|{bare})\s*$"
