"""Points that speak for a date as the date of issue, by judgement: one of the things that the ranking learns from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.weights.features import IssueFeature
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import IssueWeights
from invoicewatch.extract.weights.score import weigh_features

_LABELS: Mapping[DateRole, IssueFeature] = {
    DateRole.ISSUE: IssueFeature.LABEL_ISSUE,
    DateRole.DATE: IssueFeature.LABEL_DATE,
    DateRole.TITLE: IssueFeature.LABEL_TITLE,
    DateRole.NONE: IssueFeature.NO_LABEL,
    DateRole.OTHER: IssueFeature.LABEL_OTHER,
    DateRole.DELIVERY: IssueFeature.LABEL_DELIVERY,
    DateRole.ORDER: IssueFeature.LABEL_ORDER,
    DateRole.DUE: IssueFeature.LABEL_DUE,
    DateRole.CASH_DISCOUNT: IssueFeature.LABEL_CASH_DISCOUNT,
}
_PLAIN_PHRASE = 4  # letters: shorter words ("le", "vom", "du") stand in any sentence
_MOST_REPEATS = 2  # a day that every line of a list repeats is no more the date of issue for it


@dataclass(frozen=True, slots=True)
class PointedDate:
    """Where a day stands, the best place first, and its points."""

    claims: tuple[DateClaim, ...]
    points: float


def count_points(
    claims: Sequence[DateClaim], days: Sequence[date], out_of_range: Collection[date]
) -> dict[date, PointedDate]:
    """The points of every day, in reading order; ``days`` are what ``claims`` mean."""
    weights = load_weights(IssueWeights).rank
    by_day: dict[date, list[tuple[float, DateClaim]]] = {}
    for n, (claim, day) in enumerate(zip(claims, days, strict=True)):
        features = _describe(claim, 1 - n / len(claims), out_of_range=day in out_of_range)
        by_day.setdefault(day, []).append((weigh_features(weights, features), claim))
    pointed = {}
    for day, found in by_day.items():
        found.sort(key=lambda each: -each[0])
        repeats = weights[IssueFeature.REPEATED] * min(_MOST_REPEATS, len(found) - 1)
        pointed[day] = PointedDate(tuple(claim for _, claim in found), found[0][0] + repeats)
    return pointed


def _describe(claim: DateClaim, early: float, *, out_of_range: bool) -> dict[IssueFeature, float]:
    """What speaks for one date as the date of issue; ``early`` is how far up it stands among all, from 0 to 1."""
    label = claim.label
    short = label is not None and len(label.phrase) < _PLAIN_PHRASE and claim.role is DateRole.DATE
    return {
        _LABELS[claim.role]: 1.0,
        IssueFeature.MISREAD_LABEL: 1.0 - label.score if label else 0.0,
        IssueFeature.LABEL_ABOVE: float(label is not None and not claim.beside),
        IssueFeature.SHORT_LABEL: float(short),
        IssueFeature.QUALIFIED: float(claim.qualified),
        IssueFeature.WITH_TIME: float(claim.with_time),
        IssueFeature.MENDED: float(claim.written.repaired),
        IssueFeature.SHORT_YEAR: float(claim.written.short_year),
        IssueFeature.EARLY: early,
        IssueFeature.OUT_OF_RANGE: float(out_of_range),
    }
