"""What is left to pay: the total less what was paid before (EN 16931-1, BR-CO-16)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.page.found import Where
from invoicewatch.extract.proof.fields import find_source, with_cents
from invoicewatch.extract.proof.reading import CLEAR_CONFIDENCE, find_lowest_confidence, prove_amount_reading
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import DueWeights
from invoicewatch.records import Field


def find_due(claims: Sequence[Claim], total: Field | None) -> Field | None:
    """The amount that a label calls due; None where none does. ``total`` is the total that was found."""
    due = [claim for claim in claims if claim.role is AmountRole.AMOUNT_DUE]
    if not due:
        return None
    claim = max(due, key=lambda each: (each.weight, each.label.score, each.place))
    role = _prove_role(claim, claims, total)
    reading = prove_amount_reading(claim.amount) or (role and _prove_by_arithmetic(claim))
    proved = bool(role and reading)
    weights = load_weights(DueWeights)
    return Field(
        "amount_due",
        with_cents(claim.value),
        weights.proved if proved else round(weights.labelled * claim.weight * claim.label.score, 3),
        verified=proved,
        page=claim.amount.row.page,
        box=claim.amount.box,
        source=find_source(claim.amount.row, claim.amount.words),
        method="; ".join(filter(None, (f"{Where.BESIDE} {claim.label.text}", role, reading, claim.amount.prior))),
        text=claim.text,
    )


def _prove_role(claim: Claim, claims: Sequence[Claim], total: Field | None) -> str:
    """That a plain label of its own says so, and the proved total less what was paid before makes it, without a rival.

    Where nothing was paid before, what is due is the total itself.
    """
    if total is None or not total.verified or not claim.plain:
        return ""
    if any(other.role is AmountRole.AMOUNT_DUE and other.value != claim.value for other in claims):
        return ""
    paid = {abs(other.value) for other in claims if other.role is AmountRole.PREPAID and other.value != 0}
    assert isinstance(total.value, Decimal), "totals are money"
    if not paid:
        return "nothing paid of the proved total" if claim.value == total.value else ""
    return "proved total less prepaid" if len(paid) == 1 and total.value - paid.pop() == claim.value else ""


def _prove_by_arithmetic(claim: Claim) -> str:
    """Only this reading closes with a proved total, and the engine was sure of it."""
    amount = claim.amount
    mended = amount.cut or amount.parsed.repaired
    return "" if mended or find_lowest_confidence(amount.words) < CLEAR_CONFIDENCE else "arithmetic closes"
