"""What a payment code asks for: the amount due, and the total where nothing lies between the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from invoicewatch.extract.codes.settle import settle_field
from invoicewatch.extract.codes.shown import Shown
from invoicewatch.extract.codes.statement import Statement, is_same, set_aside
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import CodeWeights
from invoicewatch.records import Field, Source

_NO_TOTAL = frozenset({"reminder", "other"})


def settle_asked(
    statements: Sequence[Statement], found: Mapping[str, Field | None], shown: Shown
) -> dict[str, Field | None]:
    """The amount due and the total that stand beside each other.

    Where the page's total is what is asked for, both are proved. Where the page has no total, what is asked for is
    given as the total, unproved, unless something was paid before or it is no invoice. Where both differ, and neither a
    payment before nor a discount nor a rounding explains it, neither is proved.
    """
    asked = statements[0]
    due, total = found.get("amount_due"), found.get("total")
    settled: dict[str, Field | None] = {"amount_due": settle_field(statements, due, shown)}
    if len(statements) > 1 or not isinstance(asked.value, Decimal):
        return settled
    if total is None:
        return settled | _fill_total(asked, due, found, shown)
    if total.source is Source.E_INVOICE or not isinstance(total.value, Decimal):
        return settled
    if is_same("total", total.value, asked.value):
        return settled | {"total": asked.confirm(total)}
    said = due is not None and is_same("amount_due", due.value, asked.value)
    if said or shown.explains(total.value, asked.value):
        return settled
    return _contradict(asked, total, shown)


def _fill_total(
    asked: Statement, due: Field | None, found: Mapping[str, Field | None], shown: Shown
) -> dict[str, Field | None]:
    kind = found.get("document_type")
    if due is not None or (kind is not None and kind.value in _NO_TOTAL) or shown.speaks_of_payments:
        return {}
    return {"total": _take_for_total(asked)}


def _take_for_total(asked: Statement, total: Field | None = None) -> Field:
    field = asked.make_field(() if total is None else set_aside(total))
    filled = load_weights(CodeWeights).filled_total
    return replace(field, name="total", confidence=filled, verified=False, method=f"{field.method} as what to pay")


def _contradict(asked: Statement, total: Field, shown: Shown) -> dict[str, Field | None]:
    """A page's unproved total that is less than what is asked for was a sum on the way to it, if that is printed."""
    assert isinstance(asked.value, Decimal), "what is asked for is money"
    assert isinstance(total.value, Decimal), "totals are money"
    if not total.verified and abs(total.value) < asked.value and shown.shows_amount(asked.value):
        return {"amount_due": asked.make_field(), "total": _take_for_total(asked, total)}
    contradicted = load_weights(CodeWeights).contradicted
    doubted = replace(
        total,
        verified=False,
        confidence=min(total.confidence, contradicted),
        method=f"{total.method}; the code asks for another amount",
        alternatives=(asked.as_alternative(), *total.alternatives),
    )
    return {"amount_due": asked.make_contradicted(set_aside(total)), "total": doubted}
