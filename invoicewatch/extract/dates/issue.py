"""The date of issue: how it is proved that a day is it, and how likely it is right."""

from __future__ import annotations

from collections.abc import Sequence

from invoicewatch.extract.dates.candidates import IssueCandidate
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.numbered import is_numbered
from invoicewatch.extract.dates.order.decide import OrderEvidence
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
from invoicewatch.extract.weights.features import IssueEvidence
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import IssueWeights

_CLEAR_LABEL = 0.8  # one letter of five may be misread: labels of dates are short
_PLAIN_PHRASE = 4  # letters: shorter words ("le", "vom", "du") stand in any sentence


def prove_issue_date(
    best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence, *, till: bool
) -> Proof:
    """The proofs of a date of issue: read by text layer or two engines; labelled, and its order beyond doubt.

    Args:
        best: The day that is asked about.
        rest: All other days of the document.
        order: The order of day and month.
        till: Whether the document is surely a receipt, on which the day may stand beside the time without a label.
    """
    proved = [prove_date_reading(claim) for claim in best.claims]
    reading = next(filter(None, proved), ReadBy.NOTHING)
    return Proof(reading, prove_issue_role(best, rest, order, till=till), describe_place(best.claims[0]))


def prove_issue_role(
    best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence, *, till: bool = False
) -> str:
    """A label of its own, no other day with as good a label, and an order of day and month that is not in doubt."""
    claim = next(filter(_is_plain, best.claims), None)
    if claim is None or claim.label is None:
        return _prove_by_time(best) if till and not rest else ""
    rivals = {other.role for each in rest for other in each.claims if not (other.in_items or is_numbered(other))}
    if not rivals.isdisjoint({DateRole.ISSUE, claim.role}) or not is_order_sure(claim, order):
        return ""
    return f"labelled {claim.label.phrase}{_say_order(claim, order)}"


def is_order_sure(claim: DateClaim, order: OrderEvidence) -> bool:
    """Whether it is beyond doubt which number is the day, which the month and which the year."""
    written = claim.written
    if written.year_first is not None and (order.year_first or order.maybe_year_first):
        return False
    return not written.ambiguous or bool(order.reason)


def rate_order(claim: DateClaim, order: OrderEvidence) -> float:
    """The probability that day and month are the right way round."""
    return order.probability if claim.written.ambiguous else 1.0


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


def rate_issue_date(best: IssueCandidate, rest: Sequence[IssueCandidate], order: OrderEvidence) -> float:
    """The probability that ``best`` is the date of issue, day and month the right way round."""
    odds = rate_evidence(load_weights(IssueWeights).odds, weigh_issue_date(best, rest))
    return round(odds * rate_order(best.claims[0], order), 3)


def weigh_issue_date(best: IssueCandidate, rest: Sequence[IssueCandidate]) -> dict[IssueEvidence, float]:
    """What speaks for and against ``best``, with the bias."""
    scale = load_weights(IssueWeights).scale
    claim = best.claims[0]
    lead = best.score - rest[0].score if rest else scale.full_margin
    text_layer = bool(prove_by_text_layer(claim.row, claim.words))
    agreed = not text_layer and any(prove_date_reading(each) for each in best.claims)
    alone = not (text_layer or agreed)
    confidence = find_lowest_confidence(claim.words)
    return {
        IssueEvidence.BIAS: 1.0,
        IssueEvidence.TEXT_LAYER: float(text_layer),
        IssueEvidence.AGREED: float(agreed),
        IssueEvidence.CONFIDENCE: alone * confidence / 100,
        IssueEvidence.SURE_ENGINE: float(alone and confidence >= SURE_CONFIDENCE),
        IssueEvidence.SCORE: min(max(best.score, -scale.full_score), scale.full_score) / scale.full_score,
        IssueEvidence.MARGIN: min(max(lead, 0.0), scale.full_margin) / scale.full_margin,
        IssueEvidence.MENDED: float(claim.written.repaired or claim.cut),
    }


def _is_plain(claim: DateClaim) -> bool:
    """Whether a label that was read clearly says that this is the date of the document."""
    label = claim.label
    if label is None or claim.role not in ISSUE_ROLES or label.score < _CLEAR_LABEL:
        return False
    if len(label.phrase) < _PLAIN_PHRASE:
        return False  # "le" may be the end of "payable au plus tard le"
    if is_numbered(claim) or claim.in_items:
        return False
    if claim.role is DateRole.TITLE:
        return label.leads  # "our invoice 4711 of 5 March" in a letter is another document
    return not claim.qualified and not (claim.prefixed and claim.role is DateRole.DATE)


def _prove_by_time(best: IssueCandidate) -> str:
    """On a till's receipt the only date, beside a time of day, needs no label."""
    claim = next((each for each in best.claims if each.with_time and each.label is None), None)
    if claim is None or claim.written.short_year or claim.written.ambiguous or is_numbered(claim):
        return ""
    return "the receipt's only date, beside a time of day"


def _say_order(claim: DateClaim, order: OrderEvidence) -> str:
    return f", day and month by {order.reason}" if claim.written.ambiguous else ""
