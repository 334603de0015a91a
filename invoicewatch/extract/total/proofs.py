"""What proves a total: that it was read right, and that it is the total and no other sum.

The rules are code, what each is worth is data (``weights/proofs.json``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from invoicewatch.extract.amounts.roles import SUM_ROLES, TOTAL_ROLES
from invoicewatch.extract.page.found import FoundBy, Where
from invoicewatch.extract.proof.reading import CLEAR_CONFIDENCE, Proof, prove_amount_reading
from invoicewatch.extract.total.headings import prove_role_by_headings
from invoicewatch.extract.total.ranking.choice import TotalCandidate, names_total
from invoicewatch.extract.total.reading.sums import Sums
from invoicewatch.extract.total.role import (
    asks_later,
    has_plain_label,
    is_more_added,
    is_paid,
    measure_larger,
    prove_role_by_closing,
)
from invoicewatch.extract.weights.proofs import Applied, TotalRule, choose_proof

_FEW_LARGER = 0.5
"""Of a document's values: a sum that more of them exceed is hardly the sum of them, whatever its label says."""


def prove_total(ranked: Sequence[TotalCandidate], sums: Sums) -> Proof:
    """The proofs of the first of ``ranked``; the others are its rivals."""
    best = ranked[0]
    reading = prove_amount_reading(best.amount) or prove_by_arithmetic(best)
    found = f"{Where.BESIDE} {best.claims[0].label.text}" if best.claims else FoundBy.ARITHMETIC
    return Proof(reading, choose_proof(tuple(list_total_rules(ranked, sums))), found)


def prove_by_arithmetic(candidate: TotalCandidate) -> str:
    """Sums close on this reading, non-trivially, with amounts that were read clearly."""
    if candidate.amount.cut or candidate.amount.parsed.repaired:
        return ""
    for closing in candidate.strict:
        words = [w for amount in (candidate.amount, *closing.members) for w in amount.words]
        if all(word.confidence >= CLEAR_CONFIDENCE for word in words):
            return f"closes: {closing.kind}"
    return ""


def list_total_rules(ranked: Sequence[TotalCandidate], sums: Sums) -> Iterator[Applied]:
    """Every rule that says the first of ``ranked`` is the total, the strongest first."""
    best, rest = ranked[0], ranked[1:]
    if best.superseded or not best.claims or is_more_added(best, sums.claims):
        return
    if not has_plain_label(best):
        if words := prove_role_by_headings(best, rest, sums.claims):
            yield Applied(TotalRule.CLOSING, words)
        return
    if words := prove_role_by_closing(best, rest, sums.closings):
        yield Applied(TotalRule.CLOSING, words)
    if names_total(best) and best.value > 0:
        yield from _list_without_closing(best, rest, sums)


def _list_without_closing(best: TotalCandidate, rest: Sequence[TotalCandidate], sums: Sums) -> Iterator[Applied]:
    """Rules for a total that a plain label names, while no other label names a rival and no named sum is larger."""
    phrase = best.claims[0].label.phrase
    if _names_larger(best, sums) or _has_named_rival(best, sums) or any(asks_later(each, best) for each in rest):
        return
    if is_paid(best):
        yield Applied(TotalRule.PAID, f"{phrase}, and this very sum was paid")
    if len({claim.role for claim in best.claims if claim.role in SUM_ROLES}) > 1:
        yield Applied(TotalRule.STATEMENTS, f"{phrase}, stated under several labels")
    if len(best.places) > 1:
        yield Applied(TotalRule.REPEATED, f"{phrase}, stands there again, nothing named a larger sum")
    if best.closings and not best.strict:
        yield Applied(TotalRule.TRIVIAL, f"{phrase}, {best.closings[0].kind} closes")
    named = {claim.value for claim in sums.claims if claim.role in SUM_ROLES}
    if not named - {best.value} and measure_larger(best.value, (each.value for each in rest)) <= _FEW_LARGER:
        yield Applied(TotalRule.LONE_SUM, f"{phrase}, the only sum that is named")


def _names_larger(best: TotalCandidate, sums: Sums) -> bool:
    return any(abs(claim.value) > abs(best.value) for claim in sums.claims if claim.role in SUM_ROLES)


def _has_named_rival(best: TotalCandidate, sums: Sums) -> bool:
    """Whether a plain label calls another value the total, which is no step on the way to this one."""
    steps = {member.value for closing in best.strict for member in closing.members}
    named = {claim.value for claim in sums.claims if claim.role in TOTAL_ROLES and claim.plain}
    return bool(named - steps - {best.value})
