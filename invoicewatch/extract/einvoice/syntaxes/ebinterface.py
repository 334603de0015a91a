"""ebInterface 4.0 to 4.3, 5.0, 6.0 and 6.1, Austria.

Source: AUSTRIAPRO, the schemas of ebInterface. Version 4 keeps the tax in VAT/Item or VAT/VATItem, from version 5 on it
stands in TaxItem; version 4.0 tells the ways of payment by a type of PaymentMethod, later ones by an element in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.extract.einvoice.syntaxes.record import Attribute, Sum, Syntax

_VERSIONS = ("4p0", "4p1", "4p2", "4p3", "5p0", "6p0", "6p1")
_TRANSFER = "PaymentMethod/UniversalBankTransaction"

_EBINTERFACE = Syntax(
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
)

EBINTERFACE: Mapping[str, Syntax] = {
    f"{{http://www.ebinterface.at/schema/{version}/}}Invoice": _EBINTERFACE for version in _VERSIONS
}
