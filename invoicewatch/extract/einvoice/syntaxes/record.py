"""What a table of an e-invoice's syntax is made of: where each term stands in its XML.

Paths are ElementTree's subset of XPath over local names, relative to the invoice's own element; of several sources
the first with text wins. ``{currency}`` stands for the document's currency (BT-5).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

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
    """An attribute of the element itself, or of the one at ``path``, in whatever namespace."""

    name: str
    path: str = "."


TermSource = str | Sum | Join | Attribute


Terms = Mapping[str, tuple[TermSource, ...]]


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """Base and tax at paths of their own, which stand for one of several ``rates``: the one that fits counts."""

    base: str
    tax: str
    rates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """Where the lines (BG-25) and the tax by rate (BG-23) stand.

    Attributes:
        line: The elements of the lines, from the invoice's element.
        line_terms: The sources of each term of ``LINE_TERMS``, from a line's element.
        tax: The elements of the tax by rate; empty where ``groups`` hold it, or it is not stated.
        tax_terms: The sources of each term of ``TAX_TERMS``, from such an element.
        groups: Tax that has no element of its own for each rate.
        line_sum: Where the sum of the lines (BT-106) stands, from the invoice's element.
        no_line: A path from a line's element, and its texts that say that the line adds nothing to the sum.
    """

    line: str
    line_terms: Terms
    tax: str = ""
    tax_terms: Terms = field(default_factory=dict)
    groups: tuple[TaxGroup, ...] = ()
    line_sum: str = ""
    no_line: tuple[str, tuple[str, ...]] = ("", ())


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
        items: Where its lines and its tax by rate stand; None where it states none.
    """

    name: str
    paths: Mapping[str, tuple[TermSource, ...]]
    credit_codes: frozenset[str] = frozenset()
    type_without_code: str = ""
    country: str = ""
    part: str = ""
    rounds_inside: bool = False
    items: Items | None = None


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

LINE_TERMS: Mapping[str, str] = {
    "description": "what was sold",
    "quantity": "how much",
    "unit": "of what unit, by a code of the syntax",
    "unit_price": "the price of one unit, or of as many as the file says",
    "net": "the line's sum without tax",
    "gross": "the line's sum with tax",
    "rate": "the rate of its tax",
}
TAX_TERMS: Mapping[str, str] = {
    "category": "the kind of tax, by a code of the syntax",
    "rate": "the rate",
    "base": "the sum that is taxed",
    "tax": "the tax",
}


def qualify_path(path: str) -> str:
    """Let every element name in ``path`` match in any namespace: ``A/B[C='D']`` becomes ``{*}A/{*}B[{*}C='D']``."""
    return _STEP.sub(r"\1{*}", path)
