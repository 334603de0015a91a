"""The days of a document as candidates for the date of issue, ranked by a fit on many sources.

Which features speak for a day is code (``describe``), how much each counts is data (``weights/issue_date.json``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.describe import DateScene, describe_day
from invoicewatch.extract.dates.order.decide import OrderEvidence
from invoicewatch.extract.dates.points import PointedDate, count_points
from invoicewatch.extract.dates.range import find_range_problem
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.weights.forest import load_forest


@dataclass(frozen=True, slots=True)
class IssueCandidate:
    """A day that may be the date of issue.

    ``claims`` are where it stands, best first; ``score`` is the log-odds that the ranking gives its ``features``.
    """

    day: date
    claims: tuple[DateClaim, ...]
    features: Mapping[str, float]
    score: float = 0.0


def rank_candidates(candidates: Sequence[IssueCandidate]) -> list[IssueCandidate]:
    """The likeliest date of issue first; what is out of range comes late, never out."""
    scores = load_forest("issue_date").rate([candidate.features for candidate in candidates])
    scored = [replace(each, score=float(score)) for each, score in zip(candidates, scores, strict=True)]
    return sorted(scored, key=lambda candidate: -candidate.score)


def list_candidates(
    pages: Sequence[PageView],
    claims: Sequence[DateClaim],
    order: OrderEvidence,
    today: date,
    settings: ExtractSettings,
) -> list[IssueCandidate]:
    """All days on the document, described and not yet ranked, in reading order."""
    days = tuple(choose_day(claim, order) for claim in claims)
    scene = DateScene(tuple(claims), days, {page.page: page.rows for page in pages})
    odd = {day for day in days if find_range_problem(day, today, settings)}
    pointed = count_points(claims, days, odd)
    candidates = []
    for day, own in pointed.items():
        features = describe_day(scene, day, own.claims[0], out_of_range=day in odd)
        candidates.append(IssueCandidate(day, own.claims, {**features, **_compare_points(day, pointed)}))
    return candidates


def choose_day(claim: DateClaim, order: OrderEvidence) -> date:
    """The day that a date means in the document's order of day, month and year."""
    written = claim.written
    if order.year_first and written.year_first is not None:
        return written.year_first
    return written.days[-1] if order.order == "mdy" else written.days[0]


def _compare_points(day: date, pointed: Mapping[date, PointedDate]) -> dict[str, float]:
    others = max((each.points for key, each in pointed.items() if key != day), default=-5.0)
    return {"points": pointed[day].points, "points_lead": pointed[day].points - others}
