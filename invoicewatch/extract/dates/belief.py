"""How likely the chosen day is the date of issue: what the document says for and against it, as named numbers.

Nothing here decides. How much each sign counts is data (``weights/issue_date_belief.json``), fitted on choices
among documents of sources that the ranking had not seen. Every amount lies between 0 and 1. Whether day and month are
the right way round is another question (``order``), and its probability a factor.
"""

from __future__ import annotations

from collections.abc import Sequence

from invoicewatch.extract.dates.candidates import IssueCandidate
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.issue import is_plain, prove_date_reading, rate_order
from invoicewatch.extract.dates.numbered import is_numbered
from invoicewatch.extract.dates.order.decide import OrderEvidence
from invoicewatch.extract.dates.roles import DateRole
from invoicewatch.extract.dates.unread import Unread
from invoicewatch.extract.proof.odds import rate_evidence
from invoicewatch.extract.proof.reading import (
    CLEAR_CONFIDENCE,
    SURE_CONFIDENCE,
    find_lowest_confidence,
    has_other_reading,
    measure_repeats,
    prove_by_text_layer,
)
from invoicewatch.extract.weights.belief import load_belief
from invoicewatch.extract.weights.features import IssueEvidence
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import IssueWeights

_MOST = 3.0  # days, places: more say no more
_NAMES_DOCUMENT = frozenset({DateRole.ISSUE, DateRole.DATE})
_OTHERS = frozenset({DateRole.OTHER, DateRole.DELIVERY, DateRole.ORDER, DateRole.DUE, DateRole.CASH_DISCOUNT})


def rate_issue_date(ranked: Sequence[IssueCandidate], unread: Unread, order: OrderEvidence) -> float:
    """The probability that the first of ``ranked`` is the date of issue, day and month the right way round."""
    odds = rate_evidence(load_belief("issue_date").odds, weigh_issue_date(ranked, unread))
    return round(odds * rate_order(ranked[0].claims[0], order), 4)


def weigh_issue_date(ranked: Sequence[IssueCandidate], unread: Unread) -> dict[IssueEvidence, float]:
    """What speaks for and against the first of ``ranked``, with the bias; the others are its rivals.

    Args:
        ranked: The days of the document, the likeliest first.
        unread: What stands where a date should and was not read as one.
    """
    best, rest = ranked[0], ranked[1:]
    return {
        IssueEvidence.BIAS: 1.0,
        **_weigh_reading(best),
        **_weigh_rank(best, rest),
        **_weigh_place(best),
        **_weigh_rivals(best, rest),
        IssueEvidence.UNREAD_LABEL: float(unread.labelled and not any(map(is_plain, best.claims))),
        IssueEvidence.UNREAD_DATE: float(unread.written),
    }


def _weigh_reading(best: IssueCandidate) -> dict[IssueEvidence, float]:
    claim = best.claims[0]
    text_layer = bool(prove_by_text_layer(claim.row, claim.words))
    agreed = not text_layer and any(prove_date_reading(each) for each in best.claims)
    alone = not (text_layer or agreed)
    confidence = find_lowest_confidence(claim.words)
    repeats = measure_repeats(claim.words)
    return {
        IssueEvidence.TEXT_LAYER: float(text_layer),
        IssueEvidence.AGREED: float(agreed),
        IssueEvidence.SURE_ENGINE: float(alone and confidence >= SURE_CONFIDENCE),
        IssueEvidence.UNCLEAR: float(alone and confidence < CLEAR_CONFIDENCE),
        IssueEvidence.DISAGREED: float(alone and has_other_reading(claim.words)),
        IssueEvidence.REREAD_ALIKE: float(alone and repeats == 1.0),
        IssueEvidence.REREAD_OTHERWISE: 1.0 - repeats if alone and repeats is not None else 0.0,
        IssueEvidence.MENDED: float(claim.written.repaired or claim.cut),
        IssueEvidence.SHORT_YEAR: float(claim.written.short_year),
    }


def _weigh_rank(best: IssueCandidate, rest: Sequence[IssueCandidate]) -> dict[IssueEvidence, float]:
    scale = load_weights(IssueWeights).scale
    lead = best.score - rest[0].score if rest else scale.full_margin
    return {
        IssueEvidence.SCORE: min(max(best.score, -scale.full_score), scale.full_score) / scale.full_score,
        IssueEvidence.MARGIN: min(max(lead, 0.0), scale.full_margin) / scale.full_margin,
    }


def _weigh_place(best: IssueCandidate) -> dict[IssueEvidence, float]:
    labelled = any(claim.role in _NAMES_DOCUMENT for claim in best.claims)
    return {
        IssueEvidence.PLAIN_LABEL: float(any(map(is_plain, best.claims))),
        IssueEvidence.LABELLED: float(labelled),
        IssueEvidence.LABELLED_OTHERWISE: float(all(claim.role in _OTHERS for claim in best.claims)),
        IssueEvidence.WITH_TIME: float(any(claim.with_time for claim in best.claims)),
        IssueEvidence.REPEATED: float(len({_place(claim) for claim in best.claims}) > 1),
        IssueEvidence.NUMBERED: float(any(map(is_numbered, best.claims))),
        IssueEvidence.IN_ITEMS: float(all(claim.in_items for claim in best.claims)),
        IssueEvidence.OUT_OF_RANGE: float(best.features.get("out_of_range", 0.0)),
    }


def _weigh_rivals(best: IssueCandidate, rest: Sequence[IssueCandidate]) -> dict[IssueEvidence, float]:
    claims = [claim for each in rest for claim in each.claims]
    return {
        IssueEvidence.ONLY_DAY: float(not rest),
        IssueEvidence.MORE_DAYS: min(_MOST, len(rest)) / _MOST,
        IssueEvidence.RIVAL_LABEL: float(any(claim.role in _NAMES_DOCUMENT for claim in claims)),
        IssueEvidence.RIVAL_TIME: float(any(claim.with_time for claim in claims)),
        IssueEvidence.DIGIT_OFF: float(any(_differs_by_digit(best, each) for each in rest)),
    }


def _place(claim: DateClaim) -> tuple[int, int]:
    return claim.row.page, claim.row.number


def _differs_by_digit(one: IssueCandidate, other: IssueCandidate) -> bool:
    """Whether two days are written alike but for one digit: the one may be the other misread."""
    pair = zip(one.day.isoformat(), other.day.isoformat(), strict=True)
    return sum(mine != theirs for mine, theirs in pair) == 1
