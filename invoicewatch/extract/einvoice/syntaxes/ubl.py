"""OASIS UBL 2, as EN 16931 restricts it (XRechnung, Peppol), and UBL 2.0, where more may be left out.

Sources: EN 16931-3-2 (UBL 2.1); UBL 2.0: TaxInclusiveAmount, CreditNoteTypeCode and DueDate are optional there.
"""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.extract.einvoice.syntaxes.record import Attribute, Items, Sum, Syntax, TermSource
from invoicewatch.extract.einvoice.untdid import CREDIT_NOTE_CODES

_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd"


def _list_paths(type_code: str, kind: str, *, line: str, quantity: str) -> Syntax:
    seller, buyer = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
    amounts, own_tax = "LegalMonetaryTotal", "TaxTotal/TaxAmount[@currencyID='{currency}']"
    paths: dict[str, tuple[TermSource, ...]] = {
        "document_type": (type_code,),
        "invoice_number": ("ID",),
        "issue_date": ("IssueDate",),
        "due_date": ("DueDate", "PaymentMeans/PaymentDueDate"),
        "currency": ("DocumentCurrencyCode",),
        "seller_name": (f"{seller}/PartyLegalEntity/RegistrationName", f"{seller}/PartyName/Name"),
        "seller_vat_id": (f"{seller}/PartyTaxScheme/TaxScheme[ID='VAT']/../CompanyID",),
        "seller_tax_number": (f"{seller}/PartyTaxScheme/TaxScheme[ID='FC']/../CompanyID",),
        "buyer_name": (f"{buyer}/PartyLegalEntity/RegistrationName", f"{buyer}/PartyName/Name"),
        "order_number": ("OrderReference/ID",),
        "payment_reference": ("PaymentMeans/PaymentID",),
        "iban": ("PaymentMeans/PayeeFinancialAccount/ID",),
        "debited_iban": (
            "PaymentMeans/PaymentMandate/PayerFinancialAccount/ID",
            "PaymentMeans/PayerFinancialAccount/ID",
        ),
        "net_total": (f"{amounts}/TaxExclusiveAmount",),
        "tax_total": (own_tax, "TaxTotal/TaxAmount"),
        "total": (
            f"{amounts}/TaxInclusiveAmount",
            Sum((f"{amounts}/TaxExclusiveAmount", own_tax), whole=True),
            Sum((f"{amounts}/PayableAmount", f"{amounts}/PrepaidAmount")),
        ),
        "rounding": (f"{amounts}/PayableRoundingAmount",),
        "prepaid": (f"{amounts}/PrepaidAmount",),
        "amount_due": (f"{amounts}/PayableAmount",),
    }
    return Syntax("UBL", paths, CREDIT_NOTE_CODES, kind, items=_list_items(line, quantity))


def _list_items(line: str, quantity: str) -> Items:
    rate, subtotal = "Item/ClassifiedTaxCategory/Percent", "TaxTotal/TaxSubtotal"
    return Items(
        line=line,
        line_terms={
            "description": ("Item/Name", "Item/Description"),
            "quantity": (quantity,),
            "unit": (Attribute("unitCode", quantity),),
            "unit_price": ("Price/PriceAmount",),
            "net": ("LineExtensionAmount",),
            "rate": (rate, f"{subtotal}/TaxCategory/Percent", f"{subtotal}/Percent"),
        },
        tax=subtotal,
        tax_terms={
            "category": ("TaxCategory/ID",),
            "rate": ("TaxCategory/Percent", "Percent"),
            "base": ("TaxableAmount",),
            "tax": ("TaxAmount",),
        },
        line_sum="LegalMonetaryTotal/LineExtensionAmount",
    )


UBL: Mapping[str, Syntax] = {
    f"{{{_NAMESPACE}:Invoice-2}}Invoice": _list_paths(
        "InvoiceTypeCode", "invoice", line="InvoiceLine", quantity="InvoicedQuantity"
    ),
    f"{{{_NAMESPACE}:CreditNote-2}}CreditNote": _list_paths(
        "CreditNoteTypeCode", "credit_note", line="CreditNoteLine", quantity="CreditedQuantity"
    ),
}
