"""How likely the chosen value is the total: what the whole document says for and against it, as named numbers.

Nothing here decides. How much each sign counts is data (``weights/total_belief.json``), fitted on choices among
documents of sources that the ranking had not seen. Every amount lies between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from invoicewatch.extract.amounts.roles import SUM_ROLES, TOTAL_ROLES
from invoicewatch.extract.proof.odds import rate_evidence
from invoicewatch.extract.proof.reading import (
    CLEAR_CONFIDENCE,
    SURE_CONFIDENCE,
    find_lowest_confidence,
    has_other_reading,
    measure_repeats,
    prove_amount_reading,
    prove_by_text_layer,
    prove_by_two_engines,
)
from invoicewatch.extract.total.ranking.choice import TotalCandidate, has_label, names_total
from invoicewatch.extract.total.reading.arithmetic import is_final
from invoicewatch.extract.total.reading.sums import Sums
from invoicewatch.extract.total.role import (
    asks_later,
    has_plain_label,
    is_more_added,
    is_paid,
    is_rival,
    measure_larger,
)
from invoicewatch.extract.weights.belief import load_belief
from invoicewatch.extract.weights.features import TotalEvidence
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import TotalWeights

_MOST = 3.0  # statements, rivals, closings: more say no more
_FEW_AMOUNTS = 3
_FAR_LARGER = 3
_CLOSE = Decimal("0.05")  # a coin: rounding, or a misread digit


def rate_total(ranked: Sequence[TotalCandidate], sums: Sums) -> float:
    """The probability that the first of ``ranked`` is the total."""
    return rate_evidence(load_belief("total").odds, weigh_total(ranked, sums))


def weigh_total(ranked: Sequence[TotalCandidate], sums: Sums) -> dict[TotalEvidence, float]:
    """What speaks for and against the first of ``ranked``, with the bias; the others are its rivals."""
    best, rest = ranked[0], ranked[1:]
    return {
        TotalEvidence.BIAS: 1.0,
        **_weigh_reading(best),
        **_weigh_rank(best, rest),
        **_weigh_statements(best, sums),
        **_weigh_rivals(best, rest, sums),
    }


def _weigh_reading(best: TotalCandidate) -> dict[TotalEvidence, float]:
    amount = best.amount
    text_layer = bool(prove_by_text_layer(amount.row, amount.words))
    agreed = not text_layer and bool(prove_by_two_engines(amount))
    alone = not (text_layer or agreed)
    confidence = find_lowest_confidence(amount.words)
    repeats = measure_repeats(amount.words)
    proved = sum(bool(prove_amount_reading(place)) for place in best.places)
    return {
        TotalEvidence.TEXT_LAYER: float(text_layer),
        TotalEvidence.AGREED: float(agreed),
        TotalEvidence.SURE_ENGINE: float(alone and confidence >= SURE_CONFIDENCE),
        TotalEvidence.UNCLEAR: float(alone and confidence < CLEAR_CONFIDENCE),
        TotalEvidence.DISAGREED: float(alone and has_other_reading(amount.words)),
        TotalEvidence.REREAD_ALIKE: float(alone and repeats == 1.0),
        TotalEvidence.REREAD_OTHERWISE: 1.0 - repeats if alone and repeats is not None else 0.0,
        TotalEvidence.PROVED_PLACES: min(_MOST, proved) / _MOST,
        TotalEvidence.MENDED: float(amount.parsed.repaired or amount.cut),
        TotalEvidence.NO_CENTS: float(amount.parsed.decimals == 0),
    }


def _weigh_rank(best: TotalCandidate, rest: Sequence[TotalCandidate]) -> dict[TotalEvidence, float]:
    scale = load_weights(TotalWeights).scale
    lead = best.score - rest[0].score if rest else scale.full_margin
    return {
        TotalEvidence.MARGIN: min(max(lead, 0.0), scale.full_margin) / scale.full_margin,
        TotalEvidence.SCORE: min(max(best.score, 0.0), scale.full_score) / scale.full_score,
    }


def _weigh_statements(best: TotalCandidate, sums: Sums) -> dict[TotalEvidence, float]:
    """What the document states of the value: its labels, payments, and sums that close on it."""
    roles = {claim.role for claim in best.claims if claim.role in SUM_ROLES}
    strict = {closing.kind for closing in best.strict}
    return {
        TotalEvidence.NAMED: float(has_label(best)),
        TotalEvidence.NAMED_TOTAL: float(names_total(best)),
        TotalEvidence.PLAIN_LABEL: float(has_plain_label(best)),
        TotalEvidence.STATEMENTS: min(_MOST, max(0, len(roles) - 1)) / _MOST,
        TotalEvidence.REPEATED: float(len(best.places) > 1),
        TotalEvidence.CLOSINGS: min(_MOST, len(strict)) / _MOST,
        TotalEvidence.FINAL: float(any(map(is_final, strict))),
        TotalEvidence.TRIVIAL: float(bool(best.closings) and not strict),
        TotalEvidence.PAID: float(is_paid(best)),
        TotalEvidence.MORE_ADDED: float(not best.claims or is_more_added(best, sums.claims)),
        TotalEvidence.MISREAD_LABEL: 1.0 - best.claims[0].label.score if best.claims else 1.0,
    }


def _weigh_rivals(best: TotalCandidate, rest: Sequence[TotalCandidate], sums: Sums) -> dict[TotalEvidence, float]:
    """What else the document names, and how it lies to the value."""
    named = {claim.value for claim in sums.claims if claim.role in SUM_ROLES} - {best.value}
    totals = {claim.value for claim in sums.claims if claim.role in TOTAL_ROLES and claim.plain} - {best.value}
    others = {each.value for each in rest}
    steps = {member.value for closing in best.strict for member in closing.members}
    return {
        TotalEvidence.RIVALS: min(_MOST, len(totals - steps)) / _MOST,
        TotalEvidence.LARGER_SUM: float(any(abs(value) > abs(best.value) for value in named)),
        TotalEvidence.ONLY_SUM: float(not named),
        TotalEvidence.ASKED_LATER: float(bool(best.claims) and any(asks_later(each, best) for each in rest)),
        TotalEvidence.CLOSED_RIVAL: float(any(is_rival(each, best, sums.closings) for each in rest)),
        TotalEvidence.NEAR: float(any(0 < abs(value - best.value) <= _CLOSE for value in others)),
        TotalEvidence.DIGIT_OFF: float(any(_differs_by_digit(value, best.value) for value in others)),
        TotalEvidence.SUPERSEDED: float(best.superseded),
        TotalEvidence.FEW_AMOUNTS: float(len(others) < _FEW_AMOUNTS),
        TotalEvidence.NOT_POSITIVE: float(best.value <= 0),
        TotalEvidence.FAR_LARGER: float(_is_far_larger(best.value, others)),
        TotalEvidence.OUTWEIGHED: measure_larger(best.value, others),
    }


def _is_far_larger(value: Decimal, others: Collection[Decimal]) -> bool:
    """Whether the value is many times every other amount: a sign may have been taken for a digit before it."""
    largest = max((abs(other) for other in others), default=abs(value))
    return len(others) >= _FEW_AMOUNTS and abs(value) > _FAR_LARGER * largest


def _differs_by_digit(one: Decimal, other: Decimal) -> bool:
    """Whether two values are written alike but for one digit, within or in front: the one may be the other misread."""
    mine, theirs = sorted((format(one, ".2f"), format(other, ".2f")), key=len)
    if len(mine) == len(theirs):
        return sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1
    return theirs[1:] == mine
