"""What on the page speaks against a value that stands where its seller prints it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from invoicewatch.extract.amounts.roles import TOTAL_ROLES
from invoicewatch.extract.dates.claims import DateClaim
from invoicewatch.extract.dates.numbered import is_numbered
from invoicewatch.extract.dates.roles import ISSUE_ROLES
from invoicewatch.extract.page.labels import skeleton_of
from invoicewatch.extract.total.reading.arithmetic import is_final
from invoicewatch.extract.total.reading.sums import Sums
from invoicewatch.records import Field, FieldValue, Look, Sketch

# By judgement: so many times more or less than any before; the fewer there were, the less the range says.
_FACTOR_OF_FEW, _FACTOR = 10, 4
_FEW = 5


def refutes_look(look: Look, sketch: Sketch) -> bool:
    """Whether the document is of another kind, or in another currency, than all before."""
    kinds, currencies = set(look.kinds), set(look.currencies)
    odd_kind = bool(kinds and sketch.kind) and sketch.kind not in kinds
    return odd_kind or (bool(currencies and sketch.currency) and sketch.currency not in currencies)


def refutes_total(value: Decimal, look: Look, sums: Sums, field: Field | None) -> bool:
    """Whether sums close on another total, a sum is named that the paper never had, or the total is out of range."""
    if field is not None and field.verified and field.value != value:
        return True
    closed = {closing.total for closing in sums.closings if closing.strict and is_final(closing.kind)}
    if closed and value not in closed:
        return True
    if any(
        _is_new(claim.label.phrase, look) for claim in sums.claims if claim.role in TOTAL_ROLES and claim.value != value
    ):
        return True
    return not is_in_range(value, look)


def refutes_date(day: date, look: Look, claims: Sequence[DateClaim], field: Field | None) -> bool:
    """Whether another day is proved, or stands under a label for the date of issue that the paper never had."""
    if field is not None and field.verified and field.value != day:
        return True
    return any(
        claim.label is not None and _is_new(claim.label.phrase, look)
        for claim in claims
        if claim.role in ISSUE_ROLES and day not in claim.written.days and not (claim.in_items or is_numbered(claim))
    )


def refutes_other(value: FieldValue, field: Field | None) -> bool:
    """Whether another value is proved."""
    return field is not None and field.verified and field.value != value


def is_in_range(value: Decimal, look: Look) -> bool:
    """Whether a total is of the size, and the sign, of those before."""
    if not look.totals:
        return True
    factor = _FACTOR_OF_FEW if look.totals < _FEW else _FACTOR
    least, most = Decimal(look.least), Decimal(look.most)
    if least > 0:
        return least / factor <= value <= most * factor
    if most < 0:
        return least * factor <= value <= most / factor
    return True


def _is_new(phrase: str, look: Look) -> bool:
    return skeleton_of(phrase) not in look.labels
