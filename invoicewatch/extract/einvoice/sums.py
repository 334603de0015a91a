"""The amounts of an e-invoice: how they are written, where a rounding belongs, and whether they add up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from invoicewatch.records import FieldValue

_AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
_CENT = Decimal("0.01")

Amounts = Mapping[str, Decimal | None]


def parse_amount(text: str) -> Decimal | None:
    """A decimal of the XML Schema; money keeps two places at least, as EN 16931 writes it."""
    if not _AMOUNT.fullmatch(text):
        return None
    amount = Decimal(text)
    exact = amount.quantize(_CENT)
    return exact if exact == amount else amount.normalize()


def settle_rounding(amounts: Amounts, *, inside: bool) -> Decimal | None:
    """The total with its rounding (BT-112 plus BT-114), which in some files it already holds.

    Args:
        amounts: By term; ``total``, ``rounding`` and what proves where it belongs are used.
        inside: Whether the syntax says that the total holds it.
    """
    total, rounding = amounts["total"], amounts["rounding"]
    if total is None or not rounding or inside or _holds_rounding(amounts, total, rounding):
        return total
    return total + rounding


def take_off_rounding(amounts: Amounts, payable: Decimal | None) -> Decimal | None:
    """The total without its rounding (BT-112), of the total with it."""
    return None if payable is None else payable - (amounts["rounding"] or 0)


def find_open_sums(amounts: Amounts, payable: FieldValue | None) -> frozenset[str]:
    """The fields that break EN 16931's rules BR-CO-15 (net and tax) and BR-CO-16 (what is due).

    Args:
        amounts: By term, as the file states them.
        payable: The total with its rounding.
    """
    net, tax, due, total = (amounts[term] for term in ("net_total", "tax_total", "amount_due", "total"))
    if total is None or not isinstance(payable, Decimal):
        return frozenset()
    doubted: set[str] = set()
    if net is not None and tax is not None:
        left = total - net - tax + (amounts["withheld"] or 0)
        if left not in (0, amounts["rounding"] or 0):
            doubted |= {"net_total", "tax_total", "total", "tax_inclusive_total"}
    owed = payable - _add(amounts, "prepaid", "deducted") + _add(amounts, "charged")
    if due is not None and due != owed:
        doubted.add("amount_due")
    return frozenset(doubted)


def _holds_rounding(amounts: Amounts, total: Decimal, rounding: Decimal) -> bool:
    """Net and tax tell; where one is missing, what is due tells."""
    net, tax, due = amounts["net_total"], amounts["tax_total"], amounts["amount_due"]
    if net is not None and tax is not None:
        return total - net - tax == rounding
    return due is not None and due == total - _add(amounts, "prepaid", "deducted")


def _add(amounts: Amounts, *terms: str) -> Decimal:
    return sum((amounts[term] or Decimal(0) for term in terms), Decimal(0))
