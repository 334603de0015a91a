"""Sums under headings, ``Net | VAT | Gross`` with one row of figures below: what proves that each is what it says."""

from __future__ import annotations

from collections.abc import Sequence

from invoicewatch.extract.amounts.roles import SUM_ROLES, TAX_ROLES, TOTAL_ROLES
from invoicewatch.extract.page.found import Where
from invoicewatch.extract.total.ranking.choice import TotalCandidate
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.closings import NET_ROLES
from invoicewatch.extract.total.reading.tax import CENT, RATES


def prove_role_by_headings(best: TotalCandidate, rest: Sequence[TotalCandidate], claims: Sequence[Claim]) -> str:
    """That net and tax stand under headings of their own on the row of the total, and make it at a rate in force.

    A table of tax by rate with one row looks the same, and its sum is the total only if the document names no other:
    any other amount that a label names as a total refutes it.
    """
    named = [claim for claim in best.claims if claim.role in TOTAL_ROLES and _is_clear(claim)]
    if not named or any(_is_named_otherwise(other, best) for other in rest):
        return ""
    total = named[0]
    headings = [c for c in claims if _is_clear(c) and c.place == total.place and c.label.row == total.label.row]
    for closing in best.strict:
        parts = [c for member in closing.members for c in headings if c.amount == member]
        if len(parts) == len(closing.members) and _is_taxed(parts):
            return f"{Where.UNDER} {total.label.phrase}, {closing.kind} closes on its row"
    return ""


def _is_clear(claim: Claim) -> bool:
    return claim.headed and claim.clear


def _is_named_otherwise(other: TotalCandidate, best: TotalCandidate) -> bool:
    if other.value == best.value:
        return False
    steps = {member.value for closing in best.strict for member in closing.members}
    return other.value not in steps and any(claim.role in SUM_ROLES for claim in other.claims)


def _is_taxed(parts: Sequence[Claim]) -> bool:
    """Whether these are one net sum and one tax, and some rate in force makes the one of the other."""
    nets = [claim.value for claim in parts if claim.role in NET_ROLES]
    taxes = [claim.value for claim in parts if claim.role in TAX_ROLES]
    if len(nets) != 1 or len(taxes) != 1 or len(parts) != 2:  # noqa: PLR2004 - the two
        return False
    return any(abs(nets[0] * rate / 100 - taxes[0]) <= CENT for rate in RATES)
