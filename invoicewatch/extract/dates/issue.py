"""The date of issue: which of the document's days it is, how that is proved, and how likely it is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.order import OrderEvidence
from invoicewatch.extract.dates.range import find_range_problem
from invoicewatch.extract.dates.roles import ISSUE_ROLES, DateRole
from invoicewatch.extract.page.found import FoundBy, Where
from invoicewatch.extract.proof.odds import rate_evidence
from invoicewatch.extract.proof.reading import (
    SURE_CONFIDENCE,
    Proof,
    ReadBy,
    find_lowest_confidence,
    prove_by_text_layer,
    prove_words_by_two_engines,
)
from invoicewatch.extract.weights.features import IssueEvidence, IssueFeature
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
_LABEL_EVIDENCE: Mapping[DateRole, IssueEvidence] = {
    DateRole.ISSUE: IssueEvidence.ISSUE,
    DateRole.DATE: IssueEvidence.DATE,
    DateRole.TITLE: IssueEvidence.TITLE,
}
_CLEAR_LABEL = 0.8  # one letter of five may be misread: labels of dates are short
_PLAIN_PHRASE = 4  # letters: shorter words ("le", "vom", "du") stand in any sentence
_MOST_REPEATS = 2  # a day that every line of a list repeats is no more the date of issue for it


@dataclass(frozen=True, slots=True)
class IssueCandidate:
    """A day that may be the date of issue.

    ``claims`` are where it stands, best first; ``score`` is what its ``features`` weigh.
    """

    day: date
    claims: tuple[DateClaim, ...]
    features: Mapping[IssueFeature, float]
    score: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A date with what speaks for it as the date of issue."""

    claim: DateClaim
    features: Mapping[IssueFeature, float]
    score: float


def rank_issue_dates(
    claims: Sequence[DateClaim], order: OrderEvidence, today: date, settings: ExtractSettings
) -> list[IssueCandidate]:
    """All days on the document, the likeliest date of issue first; what is out of range comes late, never out."""
    weights = load_weights(IssueWeights).rank
    by_day: dict[date, list[_Weighed]] = {}
    for n, claim in enumerate(claims):
        day = choose_day(claim, order)
        out_of_range = bool(find_range_problem(day, today, settings))
        features = describe_date(claim, 1 - n / len(claims), out_of_range=out_of_range)
        by_day.setdefault(day, []).append(_Weighed(claim, features, weigh_features(weights, features)))
    ranked = []
    for day, weighed in by_day.items():
        weighed.sort(key=lambda each: -each.score)
        repeats = float(min(_MOST_REPEATS, len(weighed) - 1))
        features = {**weighed[0].features, IssueFeature.REPEATED: repeats}
        found = tuple(each.claim for each in weighed)
        ranked.append(IssueCandidate(day, found, features, weigh_features(weights, features)))
    return sorted(ranked, key=lambda candidate: -candidate.score)


def describe_date(claim: DateClaim, early: float, *, out_of_range: bool) -> dict[IssueFeature, float]:
    """What speaks for one date as the date of issue; ``early`` is how far up it stands among all, from 0 to 1."""
    label = claim.label
    short = label is not None and len(label.phrase) < _PLAIN_PHRASE and claim.role is DateRole.DATE
    return {
        _LABELS[claim.role]: 1.0,
        IssueFeature.MISREAD_LABEL: 1.0 - label.score if label else 0.0,
        IssueFeature.LABEL_ABOVE: float(label is not None and not claim.beside),
        IssueFeature.SHORT_LABEL: float(short),
        IssueFeature.WITH_TIME: float(claim.with_time),
        IssueFeature.MENDED: float(claim.written.repaired),
        IssueFeature.SHORT_YEAR: float(claim.written.short_year),
        IssueFeature.EARLY: early,
        IssueFeature.OUT_OF_RANGE: float(out_of_range),
    }


def choose_day(claim: DateClaim, order: OrderEvidence) -> date:
    """The day that a date means in the document's order of day and month."""
    days = claim.written.days
    return days[-1] if order.order == "mdy" else days[0]


def prove_issue_date(best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence) -> Proof:
    """The proofs of a date of issue: read by text layer or two engines; labelled, and its order beyond doubt."""
    proved = [prove_date_reading(claim) for claim in best.claims]
    reading = next(filter(None, proved), ReadBy.NOTHING)
    return Proof(reading, prove_issue_role(best, rest, order), describe_place(best.claims[0]))


def prove_issue_role(best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence) -> str:
    """A label of its own, no other day with as good a label, and an order of day and month that is not in doubt."""
    claim = best.claims[0]
    if claim.label is None or claim.role not in ISSUE_ROLES or claim.label.score < _CLEAR_LABEL:
        return ""
    if len(claim.label.phrase) < _PLAIN_PHRASE:
        return ""  # "le" may be the end of "payable au plus tard le"
    if claim.role is DateRole.TITLE and not claim.label.leads:
        return ""  # "our invoice 4711 of 5 March" in a letter is another document
    if any(other.claims[0].role in {DateRole.ISSUE, claim.role} for other in rest):
        return ""
    if claim.written.ambiguous and not order.reason:
        return ""
    how = f", day and month by {order.reason}" if claim.written.ambiguous else ""
    return f"labelled {claim.label.phrase}{how}"


def describe_place(claim: DateClaim) -> str:
    """How a date was found, in words."""
    if claim.label is None:
        return FoundBy.NO_LABEL
    return f"{Where.BESIDE if claim.beside else Where.BELOW} {claim.label.text}"


def prove_date_reading(claim: DateClaim) -> ReadBy:
    """That a date was read right, by the text layer or by two engines; empty if it may be cut."""
    if claim.written.repaired or claim.cut:
        return ReadBy.NOTHING
    return prove_by_text_layer(claim.row, claim.words) or prove_words_by_two_engines(claim.words)


def rate_issue_date(
    best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence, *, out_of_range: bool
) -> float:
    """The probability that ``best`` is the date of issue; a toss where nothing tells day and month apart."""
    weights = load_weights(IssueWeights)
    if best.claims[0].written.ambiguous and not order.reason:
        return weights.scale.undecided
    return rate_evidence(weights.odds, weigh_issue_date(best, rest, out_of_range=out_of_range))


def weigh_issue_date(
    best: IssueCandidate, rest: Sequence[IssueCandidate], *, out_of_range: bool
) -> dict[IssueEvidence, float]:
    """What speaks for and against ``best``, with the bias."""
    full = load_weights(IssueWeights).scale.full_margin
    claim = best.claims[0]
    margin = best.score - rest[0].score if rest else full
    text_layer = bool(prove_by_text_layer(claim.row, claim.words))
    agreed = not text_layer and any(prove_date_reading(each) for each in best.claims)
    alone = not (text_layer or agreed)
    confidence = find_lowest_confidence(claim.words)
    evidence = {
        IssueEvidence.BIAS: 1.0,
        IssueEvidence.TEXT_LAYER: float(text_layer),
        IssueEvidence.AGREED: float(agreed),
        IssueEvidence.CONFIDENCE: alone * confidence / 100,
        IssueEvidence.SURE_ENGINE: float(alone and confidence >= SURE_CONFIDENCE),
        IssueEvidence.MARGIN: min(max(margin, 0.0), full) / full,
        IssueEvidence.MENDED: float(claim.written.repaired or claim.cut),
        IssueEvidence.ORDER_INFERRED: float(claim.written.ambiguous),
        IssueEvidence.REPEATED: float(len(best.claims) > 1),
        IssueEvidence.ONLY_DAY: float(not rest),
        IssueEvidence.OUT_OF_RANGE: float(out_of_range),
    }
    if claim.label:
        evidence[_LABEL_EVIDENCE.get(claim.role, IssueEvidence.OTHERWISE_LABELLED)] = 1.0
    return evidence
