"""What speaks for a kind of paper and against it, by name, and what the other extractors found of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.amounts.till import PAID_IN_CASH, find_payments, has_time, is_narrow, is_strip
from invoicewatch.extract.page.evidence import Finding
from invoicewatch.extract.page.labels import load_labels, skeleton_of
from invoicewatch.extract.page.layout import PageView
from invoicewatch.extract.page.titles import find_mentions
from invoicewatch.extract.weights.features import KindFeature
from invoicewatch.records import Field

_QUOTED = re.compile(r"'([^']+)'")
NAMED = {
    "invoice": KindFeature.NAMED_INVOICE,
    "credit_note": KindFeature.NAMED_CREDIT_NOTE,
    "receipt": KindFeature.NAMED_RECEIPT,
    "reminder": KindFeature.NAMED_REMINDER,
    "other": KindFeature.NAMED_OTHER,
}


def describe_paper(
    pages: Sequence[PageView], named: Sequence[Finding], found: Mapping[str, Field | None]
) -> dict[KindFeature, float]:
    """All that tells what a paper is.

    Args:
        pages: Its pages that hold words, at least one.
        named: The kinds it names, as ``rank_named_kinds`` gives them.
        found: What was found on it; what is not there counts as not found.

    Returns:
        Every feature, 1 or a share of it where it is there, else 0.
    """
    shares = {finding.value: finding.score for finding in named}
    return {
        KindFeature.BIAS: 1.0,
        **{feature: shares.get(kind, 0.0) for kind, feature in NAMED.items()},
        KindFeature.UNNAMED: float(not named),
        KindFeature.LETTER: float(any(mention.greets for page in pages for mention in find_mentions(page))),
        KindFeature.NO_MONEY: float(not any(map(_has_money, pages))),
        **_describe_fields(found),
        **_describe_till(pages),
    }


def _describe_fields(found: Mapping[str, Field | None]) -> dict[KindFeature, float]:
    total = found.get("total")
    return {
        KindFeature.TOTAL: _rate(total),
        KindFeature.TAX: max(_rate(found.get("net_total")), _rate(found.get("tax_total"))),
        KindFeature.NUMBER: _rate_number(found.get("invoice_number")),
        KindFeature.DUE: _rate(found.get("due_date")),
        KindFeature.IBAN: _rate(found.get("iban")),
        KindFeature.BUYER: _rate(found.get("buyer_name")),
        KindFeature.NEGATIVE: float(total is not None and isinstance(total.value, Decimal) and total.value < 0),
    }


def _rate_number(number: Field | None) -> float:
    """How sure an invoice's number is; ``Beleg Nr.`` names one that receipts have too."""
    named = _QUOTED.search(number.method) if number else None
    phrase = load_labels("identifiers").whole.get(skeleton_of(named[1])) if named else None
    return 0.0 if phrase is not None and phrase.role == "document_number" else _rate(number)


def _describe_till(pages: Sequence[PageView]) -> dict[KindFeature, float]:
    paid = {label.role for page in pages for label in find_payments(page)}
    return {
        KindFeature.PAID_CASH: float(not paid.isdisjoint(PAID_IN_CASH)),
        KindFeature.PAID_CARD: float(AmountRole.CARD in paid),
        KindFeature.NARROW: float(any(map(is_narrow, pages))),
        KindFeature.STRIP: float(any(map(is_strip, pages))),
        KindFeature.TIME: float(any(map(has_time, pages))),
    }


def _rate(field: Field | None) -> float:
    if field is None:
        return 0.0
    return 1.0 if field.verified else field.confidence


def _has_money(page: PageView) -> bool:
    return any(amount.is_money for row in page.rows for amount in find_amounts(row, page.char_width))
