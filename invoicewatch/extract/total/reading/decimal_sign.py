"""Figures that may be thousands or decimals (``1.234``): what the seller's proved documents wrote decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.parties.known import list_mentioned, say_remembered
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.records import Memory

_OPEN = re.compile(r"\d([.,])(\d{3})(?!\d)")
_TWO_GROUPS = re.compile(r"\d([.,])\d{3}\1\d{3}(?!\d)")
_GROUP_DECIMALS = 3


def settle_open_figures(sheets: Sequence[Sheet], memory: Memory, text: str) -> tuple[Sheet, ...]:
    """Read figures that the page leaves open as this seller writes them.

    Where any other figure of the document shows its decimal sign, the document speaks for itself, and nothing is done.

    Args:
        sheets: The pages with their figures.
        memory: What earlier documents proved.
        text: The document's text, by which its seller is known.
    """
    seller = next((each for each in list_mentioned(memory, text) if each.decimal_sign), None)
    amounts = [amount for sheet in sheets for row in sheet.amounts for amount in row]
    if seller is None or not any(_is_open(amount) for amount in amounts) or _shows_sign(amounts):
        return tuple(sheets)

    def settle(amount: Amount) -> Amount:
        return _settle(amount, seller.decimal_sign, say_remembered(seller)) if _is_open(amount) else amount

    return tuple(replace(each, amounts=tuple(tuple(map(settle, row)) for row in each.amounts)) for each in sheets)


def _is_open(amount: Amount) -> bool:
    return amount.parsed.other is not None and _OPEN.search(amount.text) is not None


def _shows_sign(amounts: Iterable[Amount]) -> bool:
    """Whether a figure tells decimals from thousands: two of its digits after the sign, or two groups of three."""
    return any(amount.parsed.decimal_sign or _TWO_GROUPS.search(amount.text) for amount in amounts)


def _settle(amount: Amount, decimal_sign: str, remembered: str) -> Amount:
    """``1.234`` is a thousand and more where decimals follow a comma, and one and a bit where they follow a point."""
    found = _OPEN.search(amount.text)
    assert found is not None, "only open figures are settled"
    prior = f"its {'decimals' if found[1] == decimal_sign else 'thousands'} by {remembered}"
    if found[1] != decimal_sign:
        return replace(amount, prior=prior)
    assert amount.parsed.other is not None, "only open figures are settled"
    parsed = amount.parsed._replace(
        value=amount.parsed.other, decimals=_GROUP_DECIMALS, other=amount.parsed.value, decimal_sign=decimal_sign
    )
    others = tuple(dict.fromkeys((amount.parsed.value, *(each for each in amount.others if each != parsed.value))))
    return replace(amount, parsed=parsed, others=others, prior=prior)
