"""Countries, and the signs by which a page shows that it comes from one of them.

No single sign decides: a telephone number may be a supplier's, ``.com`` is everywhere, ``$`` is twenty currencies. What
each sign says is kept apart, so that those who ask can weigh all of it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

import msgspec

from invoicewatch.errors import ConfigError

Order = Literal["dmy", "mdy", "ymd"]
SIGNS = ("postcode", "prefix", "number", "host", "name", "word", "currency", "vat_id")
"""The kinds of signs, the plainest first."""

# How much each kind of sign counts: a postcode with its state leaves little doubt, a word is shared by neighbours.
_WEIGHTS: Mapping[str, float] = {
    "postcode": 3.0,
    "vat_id": 3.0,
    "prefix": 2.5,
    "currency": 2.0,
    "name": 1.5,
    "host": 1.5,
    "number": 1.2,
    "word": 1.2,
}
# A plus, or the two zeros that stand for it, before at least eight digits. After the zeros they are in groups: a long
# number that begins so is a tax number or an article.
_PREFIX = re.compile(r"(?<![\w+.,#])(?:\+\s?|00(?=\d{1,3}[\s()./-]))\(?(?=(?:\d[\s()./-]{0,2}){8})(\d{1,3})")
_HOST = re.compile(r"(?:@|www\.|https?://)[\w.-]+?\.([a-z]{2})(?![\w.])", re.IGNORECASE)


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One table of ``countries.toml``, which explains the names."""

    order: tuple[Order, ...]
    currency: str
    phone: str
    tld: str
    english: bool = False
    postcode: str = ""
    number: str = ""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Sign(NamedTuple):
    """Something on the page that speaks for a country: its kind, the code, and the words that were read."""

    kind: str
    country: str
    text: str


@cache
def load_countries() -> dict[str, Country]:
    """The countries by ISO 3166-1 code.

    Raises:
        ConfigError: The table does not hold what it should.
    """
    text = resources.files("invoicewatch.extract").joinpath("place", "countries.toml").read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), dict[str, Country])
    except msgspec.ValidationError as exc:
        raise ConfigError(f"place/countries.toml: {exc}", remedy="Mend that entry.") from exc


@lru_cache(maxsize=16)  # currency and dates ask the same pages
def find_signs(text: str) -> tuple[Sign, ...]:
    """What ``text`` says of the country, each sign once."""
    plain = _fold(text)
    signs = [*_find_prefixes(text), *_find_hosts(text), *_find_patterns(text, plain), *_find_words(plain)]
    return tuple(dict.fromkeys(signs))


def sign_currency(code: str) -> tuple[Sign, ...]:
    """The countries that pay in the currency ``code`` (ISO 4217)."""
    return tuple(Sign("currency", key, code) for key, each in load_countries().items() if each.currency == code)


def rank_countries(signs: Iterable[Sign]) -> dict[str, float]:
    """Points by country, most first; of as many, the one that was signed first.

    A kind of sign counts once for a country however often it is there, and a sign that several countries share is
    shared among them.
    """
    by_kind: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)  # a set has another order every time
    for sign in signs:
        by_kind[sign.kind, sign.text][sign.country] = None
    best: dict[tuple[str, str], float] = {}
    for (kind, _), countries in by_kind.items():
        for country in countries:
            key = (kind, country)
            best[key] = max(best.get(key, 0.0), _WEIGHTS[kind] / len(countries) ** 0.5)
    points: dict[str, float] = defaultdict(float)
    for (_, country), weight in best.items():
        points[country] += weight
    return dict(sorted(points.items(), key=lambda each: -each[1]))


def _find_prefixes(text: str) -> Iterable[Sign]:
    prefixes = {each.phone: key for key, each in reversed(load_countries().items())}
    for match in _PREFIX.finditer(text):
        for length in (3, 2, 1):
            country = prefixes.get(match[1][:length])
            if country and len(match[1]) >= length:
                yield Sign("prefix", country, match[1][:length])
                break


def _find_hosts(text: str) -> Iterable[Sign]:
    endings = {each.tld: key for key, each in load_countries().items()}
    for match in _HOST.finditer(text):
        if match[1].lower() in endings:
            yield Sign("host", endings[match[1].lower()], match[1].lower())


def _find_patterns(text: str, plain: str) -> Iterable[Sign]:
    for key, (postcode, number) in _compile().items():
        if postcode is not None and (match := postcode.search(text) or postcode.search(plain)):
            yield Sign("postcode", key, match[0])
        if number is not None and (match := number.search(text)):
            yield Sign("number", key, match[0])


@cache
def _compile() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    return {
        key: (re.compile(each.postcode) if each.postcode else None, re.compile(each.number) if each.number else None)
        for key, each in load_countries().items()
    }


def _find_words(plain: str) -> Iterable[Sign]:
    pattern, owners = _compile_words()
    for match in pattern.finditer(plain):
        for kind, country in owners[match[0]]:
            yield Sign(kind, country, match[0])


@cache
def _compile_words() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str]]]]:
    owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, each in load_countries().items():
        for kind, words in (("name", each.names), ("word", each.words)):
            for word in words:
                owners[word].append((kind, key))
    choice = "|".join(re.escape(word) for word in sorted(owners, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)"), dict(owners)


def _fold(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))
