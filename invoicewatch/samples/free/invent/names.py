"""Names out of syllables: sellers, buyers and towns that nobody bears."""

from __future__ import annotations

from random import Random

from invoicewatch.samples.free.invent.wording import Wording

_FIRST = ("Al", "Bren", "Cal", "Dor", "El", "Fer", "Gal", "Hol", "Jun", "Kel", "Lor", "Mar", "Nov", "Or", "Pel", "Quin",
          "Ros", "Sal", "Tal", "Ul", "Vel", "Wes", "Zan", "Tri", "Bal", "Cor", "Sor", "Bel")  # fmt: skip
_MIDDLE = ("a", "e", "i", "o", "u", "an", "er", "in", "or", "am", "ist", "und")
_LAST = ("ra", "dun", "via", "mor", "lix", "tas", "dis", "nor", "va", "po", "tev", "quist", "bel", "dal", "ro", "nic")

_JOINTS = (" ", " ", " ", "-", " & ")


def invent_brand(rng: Random) -> str:
    """One short invented word, ``Velamor``."""
    return rng.choice(_FIRST) + (rng.choice(_MIDDLE) if rng.random() < 0.7 else "") + rng.choice(_LAST)


def invent_company(brand: str, form: str, wording: Wording, rng: Random) -> str:
    """A company's name around its brand; the form may be empty."""
    trade = rng.choice(wording.many["trades"])
    owner = rng.choice(wording.many["surnames"])
    name = rng.choice(
        (
            f"{brand} {trade}",
            f"{brand} {trade}",
            brand,
            f"{brand}{rng.choice(_JOINTS)}{invent_brand(rng)}",
            f"{trade} {brand}",
            f"{brand} & {owner}",
            f"{brand} {trade} {rng.choice(('24', 'Plus', 'Nord', 'Group'))}",
        )
    )
    return f"{name} {form}".strip()


def invent_shop(brand: str, kinds: tuple[str, ...], form: str, rng: Random) -> str:
    """The name over a till: often without a legal form, sometimes all in capitals."""
    kind = rng.choice(kinds)
    name = rng.choice((f"{brand} {kind}", f"{kind} {brand}", f"{brand}'s {kind}" if kind.isascii() else brand, brand))
    if form and rng.random() < 0.35:
        name = f"{name} {form}"
    return name.upper() if rng.random() < 0.35 else name


def invent_person(wording: Wording, rng: Random) -> str:
    """First name and surname."""
    return f"{rng.choice(wording.many['people'])} {rng.choice(wording.many['surnames'])}"


def invent_town(wording: Wording, rng: Random) -> str:
    """A town that stands on no map."""
    stem = rng.choice(_FIRST) + rng.choice(_MIDDLE) + rng.choice(("l", "n", "r", "m", "s"))
    return stem + rng.choice(wording.many["town_ends"])


def invent_street(wording: Wording, rng: Random) -> str:
    """A street with its number as the country writes it."""
    return rng.choice(wording.many["streets"]).format(n=rng.randint(1, 199))
