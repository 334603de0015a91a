"""ebInterface 4.0 to 4.3, 5.0, 6.0 and 6.1, Austria.

Source: AUSTRIAPRO, the schemas of ebInterface. Version 4 keeps the tax in VAT/Item or VAT/VATItem, from version 5 on it
stands in TaxItem; version 4.0 tells the ways of payment by a type of PaymentMethod, later ones by an element in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from invoicewatch.extract.einvoice.syntaxes.record import Attribute, Items, Sum, Syntax

_VERSIONS = {
    "4p0": "Tax/VAT/Item",
    "4p1": "Tax/VAT/VATItem",
    "4p2": "Tax/VAT/VATItem",
    "4p3": "Tax/VAT/VATItem",
    "5p0": "Tax/TaxItem",
    "6p0": "Tax/TaxItem",
    "6p1": "Tax/TaxItem",
}
_TRANSFER = "PaymentMethod/UniversalBankTransaction"


@cache
def _list_paths(tax_item: str) -> Syntax:
    """The table; ``tax_item`` is where this version keeps the tax by rate."""
    return Syntax(
        name="ebInterface",
        paths={
            "document_type": (Attribute("DocumentType"),),
            "invoice_number": ("InvoiceNumber",),
            "issue_date": ("InvoiceDate",),
            "due_date": ("PaymentConditions/DueDate",),
            "currency": (Attribute("InvoiceCurrency"),),
            "seller_name": ("Biller/Address/Name",),
            "seller_vat_id": ("Biller/VATIdentificationNumber",),
            "buyer_name": ("InvoiceRecipient/Address/Name",),
            "order_number": ("InvoiceRecipient/OrderReference/OrderID",),
            "payment_reference": (f"{_TRANSFER}/PaymentReference", "PaymentMethod/PaymentReference"),
            "iban": (f"{_TRANSFER}/BeneficiaryAccount/IBAN", "PaymentMethod/BeneficiaryAccount/IBAN"),
            "debited_iban": ("PaymentMethod/SEPADirectDebit/IBAN",),
            "net_total": (
                Sum(("Tax/TaxItem/TaxableAmount",)),
                Sum(("Tax/VAT/VATItem/TaxedAmount", "Tax/VAT/Item/TaxedAmount")),
            ),
            "tax_total": (Sum(("Tax/TaxItem/TaxAmount",)), Sum(("Tax/VAT/VATItem/Amount", "Tax/VAT/Item/Amount"))),
            "total": ("TotalGrossAmount",),
            "rounding": ("RoundingAmount",),
            "prepaid": ("PrepaidAmount",),
            "amount_due": ("PayableAmount",),
        },
        # A self-billed invoice (SelfBilling) is one, though Austrian law calls it a Gutschrift.
        credit_codes=frozenset({"CreditMemo", "SubsequentCredit"}),
        items=Items(
            line="Details/ItemList/ListLineItem",
            line_terms={
                "description": ("Description",),
                "quantity": ("Quantity",),
                "unit": (Attribute("Unit", "Quantity"),),
                "unit_price": ("UnitPrice",),
                "net": ("LineItemAmount",),
                "rate": ("TaxItem/TaxPercent", "VATRate"),
            },
            tax=tax_item,
            tax_terms={
                "category": (Attribute("TaxCategoryCode", "TaxPercent"),),
                "rate": ("TaxPercent", "VATRate"),
                "base": ("TaxableAmount", "TaxedAmount"),
                "tax": ("TaxAmount", "Amount"),
            },
        ),
    )


EBINTERFACE: Mapping[str, Syntax] = {
    f"{{http://www.ebinterface.at/schema/{version}/}}Invoice": _list_paths(tax_item)
    for version, tax_item in _VERSIONS.items()
}
