"""What decided the order of day and month, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from invoicewatch.extract.place.countries import Sign, load_countries
from invoicewatch.extract.weights.features import OrderSign

_NAMED = 2
_LEAST_PART = 0.2  # what counts less than so much of all is not named
_PHRASES: Mapping[OrderSign, str] = {
    OrderSign.POSTCODE: "the postcode '{}'",
    OrderSign.PREFIX: "the telephone number's country code {}",
    OrderSign.NUMBER: "the telephone number {}",
    OrderSign.HOST: "the address ending in .{}",
    OrderSign.NAME: "the country's name '{}'",
    OrderSign.WORD: "the words '{}'",
    OrderSign.CURRENCY: "the currency {}",
    OrderSign.VAT_ID: "the VAT id's country {}",
    OrderSign.LANGUAGE: "the document's language",
    OrderSign.CLOCK: "the hours of the clock",
    OrderSign.DOTS: "the dots in it",
    OrderSign.OTHER_DATES: "another date of the document",
    OrderSign.TERMS: "the terms of payment",
}


def explain_order(
    features: Mapping[OrderSign, float], weights: Mapping[OrderSign, float], signs: Sequence[Sign], reminder: str
) -> str:
    """The signs that decided, the weightiest first; ``reminder`` is how earlier documents are named."""
    parts = {sign: weights[sign] * amount for sign, amount in features.items()}
    total = sum(parts.values())
    speaking = sorted((sign for sign in parts if parts[sign] * total > 0), key=lambda sign: -abs(parts[sign]))
    least = _LEAST_PART * abs(total)
    named = [sign for n, sign in enumerate(speaking) if n == 0 or abs(parts[sign]) >= least][:_NAMED]
    return " and ".join(_name(sign, signs, reminder, month_first=total > 0) for sign in named)


def _name(sign: OrderSign, signs: Sequence[Sign], reminder: str, *, month_first: bool) -> str:
    if sign is OrderSign.MEMORY:
        return reminder
    wanted = "mdy" if month_first else "dmy"
    own = [each for each in signs if each.kind == sign]
    fitting = [each for each in own if wanted in load_countries()[each.country].order]
    return _PHRASES[sign].format(" ".join((fitting or own)[0].text.split()) if own else "")
