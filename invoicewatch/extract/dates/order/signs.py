"""What the place that a document comes from says of the order of day and month, sign by sign.

Every feature is signed: above 0 it speaks for the month first, below 0 for the day first. So what is learned of a sign
on documents of one half of the world holds for the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from invoicewatch.extract.place.countries import SIGNS, Sign, load_countries

_DAY_FIRST_LANGUAGE = "language"


def describe_order(signs: Iterable[Sign], languages: Mapping[str, int], day_first: frozenset[str]) -> dict[str, float]:
    """The features of a document.

    Args:
        signs: What speaks for which country.
        languages: How often labels of each language stand on the document.
        day_first: The languages whose countries all write the day first.

    Returns:
        For each kind of sign from -1 (all countries write the day first) to 1 (all write the month first), and the
        share of labels in languages of the day first, negative.
    """
    by_kind: dict[str, dict[str, float]] = defaultdict(dict)
    for sign in signs:
        by_kind[sign.kind][sign.country] = _lean(sign.country)
    features = {kind: sum(by_kind[kind].values()) / len(by_kind[kind]) if by_kind[kind] else 0.0 for kind in SIGNS}
    total = sum(languages.values())
    first = sum(count for language, count in languages.items() if language in day_first)
    features[_DAY_FIRST_LANGUAGE] = -first / total if total >= 2 else 0.0  # noqa: PLR2004 - one may be a chance likeness
    return features


def _lean(country: str) -> float:
    """1 where the month comes first, -1 where the day does, between where both are common."""
    orders = load_countries()[country].order
    return sum({"mdy": 1.0, "dmy": -1.0, "ymd": 0.0}[order] for order in orders) / len(orders)
