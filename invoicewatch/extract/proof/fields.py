"""How amounts and dates go into a field: their cents, and where they were read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from invoicewatch.extract.page.layout import Row
from invoicewatch.records import Source, Word

_CENT = Decimal("0.01")


def with_cents(value: Decimal) -> Decimal:
    """The value with two decimals, as money is written; more only where it has more."""
    cents = value.quantize(_CENT)
    return cents + 0 if value == cents else value.normalize()


def find_source(row: Row, words: Sequence[Word]) -> Source:
    """Where words were read; corrected where correction changed one of them."""
    return Source.CORRECTED if any(word.raw is not None for word in words) else row.source
