"""Which comes first, the day or the month? All that the document says about it, weighed.

How much each sign counts was fitted (``weights/date_order.toml``). Where they do not decide, the likelier order is
given with its probability, and the date stays unverified with the other reading beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp
from typing import Literal

from invoicewatch.extract.dates.order.reason import explain_order
from invoicewatch.extract.dates.order.signs import describe_order
from invoicewatch.extract.dates.order.terms import lean_by_terms
from invoicewatch.extract.dates.written.record import Written
from invoicewatch.extract.labels.load import load_languages
from invoicewatch.extract.parties.known import list_mentioned, say_remembered
from invoicewatch.extract.place.countries import Sign, find_signs, load_countries, rank_countries, sign_currency
from invoicewatch.extract.weights.features import OrderSign
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import OrderWeights
from invoicewatch.extract.weights.score import weigh_features
from invoicewatch.records import ExtractContext, Field, Memory

Order = Literal["dmy", "mdy"]

_TWELVE_HOURS = re.compile(r"(?<![\d.])(?:0?[1-9]|1[0-2])(?::[0-5]\d){1,2}\s?[AP]\.?M?\b", re.IGNORECASE)
_AFTERNOON = re.compile(r"(?<![\d.:])(?:1[3-9]|2[0-3]):[0-5]\d(?!\s?[AP]M?\b)", re.IGNORECASE)
_SURE_CURRENCY = 0.5  # a currency that is less likely says nothing of the country
_MOST_ABROAD = 0.8  # by judgement: of such papers one in five has its dates as its program sets them
_FEW_LABELS = 2  # one may be a chance likeness
_OWN_SIGNS = (OrderSign.OTHER_DATES, OrderSign.TERMS, OrderSign.DOTS, OrderSign.CLOCK, OrderSign.MEMORY)
_YEAR_FIRST = 0.5  # the share of the countries' points from which on years come first


@dataclass(frozen=True, slots=True)
class OrderEvidence:
    """The order of day and month, and what decided it; ``reason`` is empty where nothing did.

    ``probability`` is that of the order. ``year_first`` says that where the document comes from the year is written
    before both, ``maybe_year_first`` that it may be.
    """

    order: Order
    reason: str
    probability: float = 0.5
    year_first: bool = False
    maybe_year_first: bool = True


UNDECIDED = OrderEvidence("dmy", "")


def find_order(
    dates: Sequence[Written], context: ExtractContext, languages: Mapping[str, int], text: str
) -> OrderEvidence:
    """Decide the order for the ambiguous dates of a document.

    Args:
        dates: All dates of the document.
        context: For the currency and VAT id found so far, and the memory.
        languages: How often labels of each language stand on the document.
        text: The document's text, for addresses and telephone numbers.
    """
    signs = find_origin(context, text)
    weights = load_weights(OrderWeights)
    features = describe_dates(dates, signs, languages, text, context.today)
    remembered, reminder = _remember(context.memory, text)
    features[OrderSign.MEMORY] = remembered
    log_odds = weigh_features(weights.odds, features)
    probability = 1.0 / (1.0 + exp(-abs(log_odds)))
    if not _shows_order(features) and _is_abroad(signs, languages):
        probability = min(probability, _MOST_ABROAD)
    decided = probability >= weights.decided
    share = _count_year_first(signs)
    return OrderEvidence(
        "mdy" if log_odds > 0 else "dmy",
        explain_order(features, weights.odds, signs, reminder) if decided else "",
        probability,
        year_first=share > _YEAR_FIRST,
        maybe_year_first=share > 0 or not decided,
    )


def _shows_order(features: Mapping[OrderSign, float]) -> bool:
    """Whether the dates of the paper or the seller's earlier ones tell the order, not only where it comes from."""
    return any(features[sign] for sign in _OWN_SIGNS)


def _is_abroad(signs: Sequence[Sign], languages: Mapping[str, int]) -> bool:
    """Whether a paper in a language of both orders is from a country that speaks another.

    Then a program set to that language wrote it, and may have set the dates as well.
    """
    both = {language.code for language in load_languages() if language.date_order == "both"}
    spoken = sum(count for code, count in languages.items() if code in both)
    country = next(iter(rank_countries(signs)), None)
    mostly = 2 * spoken > sum(languages.values()) and spoken >= _FEW_LABELS
    return mostly and country is not None and not load_countries()[country].english


def needs_order(dates: Sequence[Written]) -> bool:
    """Whether any of ``dates`` may be read in several ways."""
    return any(len(written.readings) > 1 for written in dates)


def find_origin(context: ExtractContext, text: str) -> tuple[Sign, ...]:
    """What tells where the document comes from: its text, its currency and the seller's VAT identifier."""
    return (*find_signs(text), *_sign_currency(context.found.get("currency")), *_sign_vat_id(context))


def describe_dates(
    dates: Sequence[Written], signs: Sequence[Sign], languages: Mapping[str, int], text: str, today: date
) -> dict[OrderSign, float]:
    """The signed features of a document's order: above 0 for the month first, below for the day first."""
    features = {OrderSign(name): lean for name, lean in describe_order(signs, languages, _list_day_first()).items()}
    ambiguous = [written for written in dates if written.kind == "numeric" and written.ambiguous]
    # Dots are only used where the day comes first (DIN 5008 and its like).
    features[OrderSign.DOTS] = -float(bool(ambiguous) and all(written.sign == "." for written in ambiguous))
    features[OrderSign.OTHER_DATES] = _lean_of_others([each for each in dates if each.days[0].year <= today.year + 1])
    features[OrderSign.CLOCK] = _lean_of_clock(text)
    features[OrderSign.TERMS] = lean_by_terms(dates, text)
    return features


def _sign_currency(currency: Field | None) -> tuple[Sign, ...]:
    if currency is None or currency.confidence < _SURE_CURRENCY:
        return ()
    return sign_currency(str(currency.value))


def _sign_vat_id(context: ExtractContext) -> tuple[Sign, ...]:
    vat_id = context.found.get("seller_vat_id")
    country = str(vat_id.value)[:2].upper() if vat_id is not None else ""
    return (Sign("vat_id", country, country),) if country in load_countries() else ()


@cache
def _list_day_first() -> frozenset[str]:
    return frozenset(language.code for language in load_languages() if language.date_order == "dmy")


def _lean_of_others(dates: Sequence[Written]) -> float:
    """Dates of the same document with a day over 12: 1 if all write the month first, -1 if all write the day first."""
    plain = [written for written in dates if written.kind == "numeric" and len(written.readings) == 1]
    orders = {_order_of(written) for written in plain} - {None}
    return {"mdy": 1.0, "dmy": -1.0}[str(orders.pop())] if len(orders) == 1 else 0.0


def _lean_of_clock(text: str) -> float:
    """Twice twelve hours go with the month first, as four and twenty with the day first."""
    return float(bool(_TWELVE_HOURS.search(text))) or -float(bool(_AFTERNOON.search(text)))


def _order_of(written: Written) -> Order | None:
    """The order that an unambiguous numeric date shows; None where day and month are alike."""
    if written.first_number == written.second_number:
        return None
    return "dmy" if written.days[0].day == written.first_number else "mdy"


def _remember(memory: Memory, text: str) -> tuple[float, str]:
    """What this seller's proved documents wrote, and how that is said."""
    for seller in list_mentioned(memory, text):
        if seller.date_order in {"dmy", "mdy"}:
            return 1.0 if seller.date_order == "mdy" else -1.0, say_remembered(seller)
    return 0.0, ""


def _count_year_first(signs: Sequence[Sign]) -> float:
    """The share of points of countries that write the year first, those of several customs in part."""
    points = rank_countries(signs)
    customs = load_countries()
    first = sum(each * customs[key].order.count("ymd") / len(customs[key].order) for key, each in points.items())
    return first / sum(points.values()) if points else 0.0
