"""What a page calls things: the words and terms of EN 16931."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Term(NamedTuple):
    """A field's words, and its number in EN 16931; empty where it has none."""

    words: str
    number: str = ""


DOCUMENT = ("invoice_number", "issue_date", "due_date", "currency", "order_number")
SELLER = ("seller_name", "seller_vat_id", "seller_tax_number")
BUYER = ("buyer_name",)
SUMS = ("net_total", "tax_total", "tax_inclusive_total", "rounding", "total", "prepaid", "amount_due")
PAYMENT = ("iban", "debited_iban", "payment_reference")

TERMS: Mapping[str, Term] = {
    "document_type": Term("Type of document", "BT-3"),
    "invoice_number": Term("Invoice number", "BT-1"),
    "issue_date": Term("Issue date", "BT-2"),
    "due_date": Term("Payment due date", "BT-9"),
    "currency": Term("Currency", "BT-5"),
    "order_number": Term("Purchase order", "BT-13"),
    "seller_name": Term("Name", "BT-27"),
    "seller_vat_id": Term("VAT identifier", "BT-31"),
    "seller_tax_number": Term("Tax number", "BT-32"),
    "buyer_name": Term("Name", "BT-44"),
    "net_total": Term("Total without VAT", "BT-109"),
    "tax_total": Term("VAT", "BT-110"),
    "tax_inclusive_total": Term("Total with VAT", "BT-112"),
    "rounding": Term("Rounding", "BT-114"),
    "total": Term("Total", "BT-112 + BT-114"),
    "prepaid": Term("Paid before", "BT-113"),
    "amount_due": Term("Amount due", "BT-115"),
    "iban": Term("Account to pay to", "BT-84"),
    "debited_iban": Term("Account that is debited", "BT-91"),
    "payment_reference": Term("Reference", "BT-83"),
}
TITLES = {"invoice": "Invoice", "credit_note": "Credit note", "receipt": "Receipt"}


def find_term(name: str) -> Term:
    """The term of a field; a plug-in's field is called by its name."""
    return TERMS.get(name) or Term(name.replace("_", " ").capitalize())
