"""What a document says of a value's role: that its sums close on it, that it was paid, what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from invoicewatch.extract.amounts.currencies import DEFAULT_ROUNDING
from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.total.ranking.choice import TotalCandidate, has_label, names_total
from invoicewatch.extract.total.reading.arithmetic import Arithmetic, is_final
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.closings import ADDED_ROLES, Closing

_PAID_ROLES = frozenset({AmountRole.CASH, AmountRole.CARD})
_SETTLED = frozenset({Arithmetic.CHANGE, Arithmetic.PREPAID})


def prove_role_by_closing(best: TotalCandidate, rest: Sequence[TotalCandidate], closings: Sequence[Closing]) -> str:
    """Its own label says total, and a sum closes on it non-trivially while none closes on another total.

    A sum of lines, discounts and charges closes on a sum before tax just as well: it proves the role only where the
    label leaves no doubt, or where this very sum was paid.
    """
    if not names_total(best):
        return ""  # what is left to pay is the total only if another label says so
    if any(is_rival(candidate, best, closings) or asks_later(candidate, best) for candidate in rest):
        return ""
    final = [closing for closing in best.strict if is_final(closing.kind)]
    if not final and (best.claims[0].role is AmountRole.PAYABLE or is_paid(best)):
        final = list(best.strict)
    return f"{best.claims[0].label.phrase}, {final[0].kind} closes" if final else ""


def has_plain_label(candidate: TotalCandidate) -> bool:
    """Whether a label of a total, clearly read, stands right beside the amount, and not over a column."""
    return has_label(candidate) and candidate.claims[0].plain


def is_paid(candidate: TotalCandidate) -> bool:
    """Whether the document says that this very sum was paid, in cash (less change) or by card."""
    paid = any(claim.role in _PAID_ROLES for claim in candidate.claims)
    return paid or any(closing.kind is Arithmetic.CHANGE for closing in candidate.closings)


def is_rival(other: TotalCandidate, best: TotalCandidate, closings: Sequence[Closing]) -> bool:
    """Whether ``other`` has as plain a label and as final a closing, and is no step on the way to ``best``."""
    if not has_plain_label(other) or not any(is_final(closing.kind) for closing in other.strict):
        return False
    own = [closing for closing in closings if closing.total == best.value]
    steps = {member.value for closing in own for member in closing.members}
    return other.value not in steps | {closing.superseded for closing in own}


def asks_later(other: TotalCandidate, best: TotalCandidate) -> bool:
    """Whether a later label asks for another sum (``total due``), and nothing shows that ``best`` was paid."""
    if any(closing.kind in _SETTLED for closing in best.strict):
        return False
    claim = other.claims[0] if has_plain_label(other) else None
    return claim is not None and claim.role is AmountRole.PAYABLE and claim.place > best.claims[0].place


def measure_larger(value: Decimal, every: Iterable[Decimal]) -> float:
    """The share, 0 to 1, of a document's other values that are larger: a total has few of them, a tax has many."""
    others = set(every) - {value}
    return sum(abs(other) > abs(value) for other in others) / len(others) if others else 0.0


def is_more_added(best: TotalCandidate, claims: Sequence[Claim]) -> bool:
    """Whether tax, service or rounding follows that no sum of ``best`` contains: then a later sum may be the total.

    What was paid is the total, whatever follows, and a payment a coin apart means rounding. A table of tax by rate
    follows many a total.
    """
    if is_paid(best):
        return False
    paid = [abs(claim.value) for claim in claims if claim.role in _PAID_ROLES]
    if any(0 < abs(value - abs(best.value)) <= DEFAULT_ROUNDING for value in paid):
        return True
    contained = {member.value for closing in best.strict for member in closing.members}
    place = best.claims[0].place
    return any(
        claim.role in ADDED_ROLES
        and claim.value != 0
        and claim.value not in contained
        and (claim.role is AmountRole.ROUNDING or (claim.place > place and not claim.in_table))
        for claim in claims
    )
