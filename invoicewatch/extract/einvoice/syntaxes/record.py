"""What a table of an e-invoice's syntax is made of: where each term stands in its XML.

Paths are ElementTree's subset of XPath over local names, relative to the invoice's own element; of several sources
the first with text wins. ``{currency}`` stands for the document's currency (BT-5).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_STEP = re.compile(r"(^|[/\[])(?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of all amounts at ``paths``; nothing where ``whole`` and one of the paths has none."""

    paths: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Join:
    """The texts at ``paths`` in their order, with ``between`` them: a name in two parts, a country and a number."""

    paths: tuple[str, ...]
    between: str = " "


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of the invoice's own element, in whatever namespace."""

    name: str


TermSource = str | Sum | Join | Attribute


@dataclass(frozen=True, slots=True)
class Syntax:
    """One XML syntax.

    Attributes:
        name: As a record shows it.
        paths: The sources of each term of ``TERMS``; a term that the syntax does not know is left out.
        credit_codes: What its ``document_type`` says of a credit note.
        type_without_code: The kind of document that the element itself names where its code is missing.
        country: The letters before a tax number and an account that the syntax writes without, meaning one country.
        part: Where the invoices of a file stand that may hold several; empty where the element is one invoice.
        rounds_inside: Whether ``total`` already holds ``rounding``.
    """

    name: str
    paths: Mapping[str, tuple[TermSource, ...]]
    credit_codes: frozenset[str] = frozenset()
    type_without_code: str = ""
    country: str = ""
    part: str = ""
    rounds_inside: bool = False


TERMS: Mapping[str, str] = {
    "document_type": "what kind of document it is, by a code of the syntax",
    "invoice_number": "the number",
    "issue_date": "the date of issue",
    "due_date": "the date of payment, the first of several",
    "currency": "the currency",
    "seller_name": "the seller",
    "seller_vat_id": "the seller's VAT id",
    "seller_tax_number": "the seller's tax number where it is none for VAT",
    "buyer_name": "the buyer",
    "order_number": "the buyer's order",
    "payment_reference": "what to quote when paying",
    "iban": "the account to pay to",
    "debited_iban": "the account that is debited, which is none to pay to",
    "net_total": "the sum without tax",
    "tax_total": "the tax",
    "total": "the sum with tax; as the field `tax_inclusive_total` without its rounding, as `total` with it",
    "rounding": "a rounding of the total",
    "withheld": "tax that the total is already without",
    "prepaid": "what is paid before the amount due",
    "deducted": "what is withheld or borne by others before the amount due",
    "charged": "what is added to the total before the amount due",
    "amount_due": "the amount due",
}
"""Every term that a syntax may state, with what it means; those that are no field only prove others."""


def qualify_path(path: str) -> str:
    """Let every element name in ``path`` match in any namespace: ``A/B[C='D']`` becomes ``{*}A/{*}B[{*}C='D']``."""
    return _STEP.sub(r"\1{*}", path)
