"""Points by rule for the amounts that claim to be the total: one feature of many for the ranking that was fitted.

Each value collects evidence: what its labels say, which sums close on it, where else it stands. ``weights/total.toml``
says how much each counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.total.reading.arithmetic import TOTAL_ROUNDED, Arithmetic, ClosingKind, implies_total
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.closings import Closing
from invoicewatch.extract.weights.features import TotalFeature
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import TotalWeights
from invoicewatch.extract.weights.score import weigh_features

_LABELS: Mapping[AmountRole, TotalFeature] = {
    AmountRole.PAYABLE: TotalFeature.LABEL_PAYABLE,
    AmountRole.TOTAL: TotalFeature.LABEL_TOTAL,
    AmountRole.NET_OR_TOTAL: TotalFeature.LABEL_NET_OR_TOTAL,
    AmountRole.AMOUNT_DUE: TotalFeature.LABEL_AMOUNT_DUE,
    AmountRole.CARD: TotalFeature.LABEL_CARD,
    AmountRole.CASH: TotalFeature.LABEL_CASH,
    AmountRole.SUBTOTAL: TotalFeature.LABEL_SUBTOTAL,
    AmountRole.NET: TotalFeature.LABEL_NET,
}
_CLOSINGS: Mapping[ClosingKind, TotalFeature] = {
    Arithmetic.CHANGE: TotalFeature.CLOSES_CHANGE,
    Arithmetic.PREPAID: TotalFeature.CLOSES_PREPAID,
    Arithmetic.TAX_TABLE: TotalFeature.CLOSES_TAX_TABLE,
    Arithmetic.LINES: TotalFeature.CLOSES_LINES,
}
_MOST_LABELS = 3  # a document that repeats its total in more kinds of words is no surer of it


class Pointed(NamedTuple):
    """The labels that name a value as a total, best first, and its points."""

    claims: tuple[Claim, ...]
    points: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A claim in its ``place`` among all of a document, with what speaks for it."""

    claim: Claim
    place: int
    features: Mapping[TotalFeature, float]
    score: float


def count_points(claims: Sequence[Claim], closings: Sequence[Closing]) -> dict[Decimal, Pointed]:
    """Every value that a label or arithmetic says may be the total, with its points.

    Args:
        claims: The labelled amounts.
        closings: The sums that close.
    """
    by_value = _weigh_claims(claims)
    for closing in closings:
        if closing.strict and implies_total(closing.kind):
            by_value.setdefault(closing.total, [])
    superseded = find_superseded(closings)
    by_total: dict[Decimal, list[Closing]] = defaultdict(list)
    for closing in closings:
        by_total[closing.total].append(closing)
    pointed = {}
    for value, weighed in by_value.items():
        own = by_total[value]
        named = tuple(each.claim for each in weighed)
        features = {
            **(weighed[0].features if weighed else {TotalFeature.NO_LABEL: 1.0}),
            **describe_points(value, named, own),
            TotalFeature.SUPERSEDED: float(value in superseded),
            TotalFeature.CHANGE_GIVEN: float(_is_more_than_owed(value, named, claims)),
        }
        pointed[value] = Pointed(named, weigh_features(load_weights(TotalWeights).rank, features))
    return pointed


def find_superseded(closings: Sequence[Closing]) -> frozenset[Decimal]:
    """The sums that a later one replaces, with tax or after rounding."""
    return frozenset(
        c.superseded for c in closings if c.superseded is not None and (c.strict or c.kind == TOTAL_ROUNDED)
    )


def _weigh_claims(claims: Sequence[Claim]) -> dict[Decimal, list[_Weighed]]:
    """The claims that can name a total by their value, the best first, of equals the last."""
    weights = load_weights(TotalWeights)
    by_value: dict[Decimal, list[_Weighed]] = defaultdict(list)
    for place, claim in enumerate(claims):
        if claim.role in _LABELS:
            features = describe_claim(claim, place / len(claims), weights.tie.at_least)
            by_value[claim.value].append(_Weighed(claim, place, features, weigh_features(weights.rank, features)))
    for weighed in by_value.values():
        weighed.sort(key=lambda each: (-each.score, -each.place))
    return by_value


def describe_claim(claim: Claim, later: float, least_tie: float) -> dict[TotalFeature, float]:
    """What speaks for one label as the total's.

    Args:
        claim: The labelled amount; its role is one of those that can name a total.
        later: How far down among all claims it stands, from 0 to 1.
        least_tie: The part of the label's weight that counts however loosely the amount is tied to it.
    """
    return {
        _LABELS[claim.role]: least_tie + (1.0 - least_tie) * claim.weight,
        TotalFeature.MISREAD_LABEL: 1.0 - claim.label.score,
        TotalFeature.IN_TABLE: float(claim.in_table),
        TotalFeature.INSIDE_CELL: float(not claim.label.leads),
        TotalFeature.QUALIFIED: float(claim.qualified),
        TotalFeature.MENDED: float(claim.amount.parsed.repaired),
        TotalFeature.LATER: later,
    }


def describe_points(value: Decimal, named: Sequence[Claim], closings: Sequence[Closing]) -> dict[TotalFeature, float]:
    """What speaks for a value beside its best label: how many more name it, and which kinds of sums close on it."""
    labels = len({claim.role for claim in named}) - 1 + (len(named) > 1)
    features = {TotalFeature.MORE_LABELS: float(max(0, min(_MOST_LABELS, labels)))}
    for kind, strict in {(closing.kind, closing.strict) for closing in closings}:
        closes = _CLOSINGS.get(kind, TotalFeature.CLOSES_OTHERWISE) if strict else TotalFeature.CLOSES_TRIVIALLY
        features[closes] = features.get(closes, 0.0) + 1.0
    features[TotalFeature.NOTHING_LEFT] = float(value == 0)
    return features


def _is_more_than_owed(value: Decimal, named: Sequence[Claim], claims: Sequence[Claim]) -> bool:
    """Whether ``value`` is only the cash handed over, and some of it was handed back."""
    only_cash = bool(named) and all(claim.role is AmountRole.CASH for claim in named)
    return only_cash and any(claim.role is AmountRole.CHANGE and 0 < claim.value < value for claim in claims)
