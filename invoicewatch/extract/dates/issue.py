"""The date of issue: which of the document's days it is, how that is proved, and how likely it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.order import OrderEvidence
from invoicewatch.extract.dates.range import find_range_problem
from invoicewatch.extract.proof.odds import DATE_WEIGHTS, rate_evidence
from invoicewatch.extract.proof.reading import (
    SURE_CONFIDENCE,
    Proof,
    find_lowest_confidence,
    prove_by_text_layer,
    prove_words_by_two_engines,
)

_ISSUE_WEIGHTS = {
    "issue": 4.0,
    "date": 3.0,
    "title": 2.6,
    "": 1.0,
    "other": -1.5,
    "delivery": -0.8,
    "order": -1.2,
    "due": -2.0,
    "cash_discount": -3.0,
}
_ISSUE_ROLES = frozenset({"issue", "date", "title"})
_ABOVE = -0.7
_MISREAD_LABEL = -4.0
_WITH_TIME = 0.9
_EARLY = 0.4
_AGAIN = 0.6
_REPAIRED = -0.8
_OUT_OF_RANGE = -2.5
_SHORT_YEAR = -0.2
_CLEAR_LABEL = 0.8
_PLAIN_PHRASE = 4
_SHORT_LABEL = -1.2
_FULL_MARGIN = 4.0
_UNDECIDED = 0.5


@dataclass(frozen=True, slots=True)
class IssueCandidate:
    """A day that may be the date of issue; ``claims`` are where it stands, best first."""

    day: date
    claims: tuple[DateClaim, ...]
    score: float


def rank_issue_dates(
    claims: Sequence[DateClaim], order: OrderEvidence, today: date, settings: ExtractSettings
) -> list[IssueCandidate]:
    """All days on the document, the likeliest date of issue first; what is out of range comes late, never out."""
    by_day: dict[date, list[tuple[float, DateClaim]]] = {}
    for n, claim in enumerate(claims):
        day = choose_day(claim, order)
        weight = _weigh(claim) + _EARLY * (1 - n / len(claims))
        if find_range_problem(day, today, settings):
            weight += _OUT_OF_RANGE
        by_day.setdefault(day, []).append((weight, claim))
    ranked = []
    for day, weighed in by_day.items():
        weighed.sort(key=lambda each: -each[0])
        score = weighed[0][0] + _AGAIN * min(2, len(weighed) - 1)
        ranked.append(IssueCandidate(day, tuple(claim for _, claim in weighed), score))
    return sorted(ranked, key=lambda candidate: -candidate.score)


def choose_day(claim: DateClaim, order: OrderEvidence) -> date:
    """The day that a date means in the document's order of day and month."""
    days = claim.written.days
    return days[-1] if order.order == "mdy" else days[0]


def prove_issue_date(best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence) -> Proof:
    """The proofs of a date of issue: read by text layer or two engines; labelled, and its order beyond doubt."""
    proved = [prove_date_reading(claim) for claim in best.claims]
    reading = next((phrase for phrase in proved if phrase), "")
    return Proof(reading, prove_issue_role(best, rest, order), describe_place(best.claims[0]))


def prove_issue_role(best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence) -> str:
    """A label of its own, no other day with as good a label, and an order of day and month that is not in doubt."""
    claim = best.claims[0]
    if claim.label is None or claim.role not in _ISSUE_ROLES or claim.label.score < _CLEAR_LABEL:
        return ""
    if len(claim.label.phrase) < _PLAIN_PHRASE:
        return ""  # "le" may be the end of "payable au plus tard le"
    if claim.role == "title" and not claim.label.leads:
        return ""  # "our invoice 4711 of 5 March" in a letter is another document
    if any(other.claims[0].role in {"issue", claim.role} for other in rest):
        return ""
    if claim.written.ambiguous and not order.reason:
        return ""
    how = f", day and month by {order.reason}" if claim.written.ambiguous else ""
    return f"labelled {claim.label.phrase}{how}"


def describe_place(claim: DateClaim) -> str:
    """How a date was found, in words."""
    if claim.label is None:
        return "a date without a label"
    return f"{'beside' if claim.beside else 'below'} {claim.label.text}"


def prove_date_reading(claim: DateClaim) -> str:
    """That a date was read right, by the text layer or by two engines; empty if it may be cut."""
    if claim.written.repaired or claim.cut:
        return ""
    return prove_by_text_layer(claim.row, claim.words) or prove_words_by_two_engines(claim.words)


def rate_issue_date(
    best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence, *, out_of_range: bool
) -> float:
    """The probability that ``best`` is the date of issue; a toss where nothing tells day and month apart."""
    if best.claims[0].written.ambiguous and not order.reason:
        return _UNDECIDED
    return rate_evidence(DATE_WEIGHTS, weigh_issue_date(best, rest, out_of_range=out_of_range))


def weigh_issue_date(best: IssueCandidate, rest: Sequence[IssueCandidate], *, out_of_range: bool) -> dict[str, float]:
    """What speaks for and against ``best``, by the names of DATE_WEIGHTS."""
    claim = best.claims[0]
    margin = best.score - rest[0].score if rest else _FULL_MARGIN
    text_layer = bool(prove_by_text_layer(claim.row, claim.words))
    agreed = not text_layer and any(prove_date_reading(each) for each in best.claims)
    alone = not (text_layer or agreed)
    confidence = find_lowest_confidence(claim.words)
    evidence = {
        "text_layer": float(text_layer),
        "agreed": float(agreed),
        "confidence": alone * confidence / 100,
        "sure_engine": float(alone and confidence >= SURE_CONFIDENCE),
        "margin": min(max(margin, 0.0), _FULL_MARGIN) / _FULL_MARGIN,
        "mended": float(claim.written.repaired or claim.cut),
        "order_inferred": float(claim.written.ambiguous),
        "repeated": float(len(best.claims) > 1),
        "only_day": float(not rest),
        "out_of_range": float(out_of_range),
    }
    if claim.role:
        evidence[claim.role if claim.role in _ISSUE_ROLES else "otherwise_labelled"] = 1.0
    return evidence


def _weigh(claim: DateClaim) -> float:
    weight = _ISSUE_WEIGHTS[claim.role]
    if claim.label:
        weight += _MISREAD_LABEL * (1 - claim.label.score) + (0.0 if claim.beside else _ABOVE)
        weight += _SHORT_LABEL if len(claim.label.phrase) < _PLAIN_PHRASE and claim.role == "date" else 0.0
    weight += _WITH_TIME if claim.with_time else 0.0
    weight += _REPAIRED if claim.written.repaired else 0.0
    return weight + (_SHORT_YEAR if claim.written.short_year else 0.0)
