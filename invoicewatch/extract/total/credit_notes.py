"""The sign of a credit note's amounts.

EN 16931 states the amounts of a credit note (UNTDID 1001: 381) positive: that it gives money back is its kind. Many
print a minus before each, which says the same again. A corrected or cancelled invoice (384) states the difference to
what was invoiced, and keeps its sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.evidence import Finding
from invoicewatch.records import Alternative, Field, Source

_SAID = "without the minus of a credit note"


def state_credit(
    sums: Mapping[str, Field | None], stated: Mapping[str, Field | None], named: Finding | None, *, till: bool = False
) -> dict[str, Field | None]:
    """The sums as EN 16931 states them.

    Args:
        sums: The sums as printed.
        stated: What was found before. The kind and the total that an e-invoice's XML states settle the sign.
        named: What the paper calls itself; None where it does not.
        till: Whether a till printed it: what a till gives back has its minus, whatever the paper is called.
    """
    found = dict(sums)
    kind = _find_stated(stated, "document_type")
    credits_money = kind.value == "credit_note" if kind else named is not None and named.value == "credit_note"
    if not (credits_money or kind or till) and _are_negative(found):
        return {name: _unprove(field) for name, field in found.items()}
    if not credits_money or not _are_negative(found) or _keeps_sign(_find_stated(stated, "total"), named):
        return found
    return {name: _turn(field) for name, field in found.items()}


def _find_stated(stated: Mapping[str, Field | None], name: str) -> Field | None:
    field = stated.get(name)
    return field if field is not None and field.source is Source.E_INVOICE else None


def _keeps_sign(total: Field | None, named: Finding | None) -> bool:
    if total is not None and isinstance(total.value, Decimal):
        return total.value < 0
    # A text layer may tear the word, an engine its letters; the phrase that was recognised stands in the method.
    texts = (named.row.text, named.method) if named else ()
    return any(_load_corrections().search("".join(filter(str.isalpha, text))) for text in texts)


@cache
def _load_corrections() -> re.Pattern[str]:
    return re.compile(write_pattern("amount_words", "correction"), re.IGNORECASE)


def _are_negative(sums: Mapping[str, Field | None]) -> bool:
    """Whether the total is below zero, or without one all that there is; an engine may lose a minus elsewhere."""
    total = sums.get("total")
    fields = [total] if total is not None else [field for field in sums.values() if field is not None]
    values = [field.value for field in fields if isinstance(field.value, Decimal)]
    return any(value < 0 for value in values) and all(value <= 0 for value in values)


def _unprove(field: Field | None) -> Field | None:
    """What gives money back without saying so may be a credit note, whose amounts are stated without their minus."""
    return field if field is None or field.source is Source.E_INVOICE else replace(field, verified=False)


def _turn(field: Field | None) -> Field | None:
    if field is None or not isinstance(field.value, Decimal):
        return field
    others = tuple(map(_turn_other, field.alternatives))
    return replace(field, value=abs(field.value), method=f"{field.method}; {_SAID}", alternatives=others)


def _turn_other(other: Alternative) -> Alternative:
    return replace(other, value=-other.value) if isinstance(other.value, Decimal) else other
