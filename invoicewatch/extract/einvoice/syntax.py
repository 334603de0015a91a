"""Where EN 16931's business terms stand in the XML of an e-invoice: one table a syntax.

Paths are ElementTree's subset of XPath over local names, relative to the document's root element; of several paths
the first with text wins. ``{currency}`` stands for the document's currency (BT-5).
Sources: EN 16931-3-3 (CII D16B), EN 16931-3-2 (UBL 2.1), and the ZUGFeRD 1.0 specification for its older CII.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# UNTDID 1001 as EN 16931 restricts it: the codes that are to be read as credit notes. 384 (corrected invoice) may
# be either; the sign of its total decides.
CREDIT_NOTE_CODES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"})

_STEP = re.compile(r"(^|[/\[])(?=[A-Za-z])")


@dataclass(frozen=True, slots=True)
class Syntax:
    """One XML syntax: its name as a record shows it, and the paths of each term by our field names."""

    name: str
    paths: Mapping[str, tuple[str, ...]]


def qualify_path(path: str) -> str:
    """Let every element name in ``path`` match in any namespace: ``A/B[C='D']`` becomes ``{*}A/{*}B[{*}C='D']``."""
    return _STEP.sub(r"\1{*}", path)


def _list_cii_paths(*, document: str, transaction: str, agreement: str, settlement: str, summation: str) -> Syntax:
    agreement, settlement = f"{transaction}/{agreement}", f"{transaction}/{settlement}"
    amounts = f"{settlement}/{summation}"
    seller, buyer = f"{agreement}/SellerTradeParty", f"{agreement}/BuyerTradeParty"
    paths = {
        "document_type": (f"{document}/TypeCode",),
        "invoice_number": (f"{document}/ID",),
        "issue_date": (f"{document}/IssueDateTime/DateTimeString", f"{document}/IssueDateTime/DateTime"),
        "due_date": (
            f"{settlement}/SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString",
            f"{settlement}/SpecifiedTradePaymentTerms/DueDateDateTime/DateTime",
        ),
        "currency": (f"{settlement}/InvoiceCurrencyCode",),
        "seller_name": (f"{seller}/Name",),
        "seller_vat_id": (f"{seller}/SpecifiedTaxRegistration/ID[@schemeID='VA']",),
        "seller_tax_number": (f"{seller}/SpecifiedTaxRegistration/ID[@schemeID='FC']",),
        "buyer_name": (f"{buyer}/Name",),
        "order_number": (f"{agreement}/BuyerOrderReferencedDocument/IssuerAssignedID",),
        "payment_reference": (f"{settlement}/PaymentReference",),
        "iban": (f"{settlement}/SpecifiedTradeSettlementPaymentMeans/PayeePartyCreditorFinancialAccount/IBANID",),
        "debited_iban": (f"{settlement}/SpecifiedTradeSettlementPaymentMeans/PayerPartyDebtorFinancialAccount/IBANID",),
        "net_total": (f"{amounts}/TaxBasisTotalAmount",),
        "tax_total": (f"{amounts}/TaxTotalAmount[@currencyID='{{currency}}']", f"{amounts}/TaxTotalAmount"),
        "total": (f"{amounts}/GrandTotalAmount",),
        "rounding": (f"{amounts}/RoundingAmount",),
        "prepaid": (f"{amounts}/TotalPrepaidAmount",),
        "amount_due": (f"{amounts}/DuePayableAmount",),
    }
    return Syntax("CII", paths)


def _list_ubl_paths(type_code: str, due_date: str) -> Syntax:
    seller, buyer = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
    paths = {
        "document_type": (type_code,),
        "invoice_number": ("ID",),
        "issue_date": ("IssueDate",),
        "due_date": (due_date,),
        "currency": ("DocumentCurrencyCode",),
        "seller_name": (f"{seller}/PartyLegalEntity/RegistrationName", f"{seller}/PartyName/Name"),
        "seller_vat_id": (f"{seller}/PartyTaxScheme/TaxScheme[ID='VAT']/../CompanyID",),
        "seller_tax_number": (f"{seller}/PartyTaxScheme/TaxScheme[ID='FC']/../CompanyID",),
        "buyer_name": (f"{buyer}/PartyLegalEntity/RegistrationName", f"{buyer}/PartyName/Name"),
        "order_number": ("OrderReference/ID",),
        "payment_reference": ("PaymentMeans/PaymentID",),
        "iban": ("PaymentMeans/PayeeFinancialAccount/ID",),
        "debited_iban": ("PaymentMeans/PaymentMandate/PayerFinancialAccount/ID",),
        "net_total": ("LegalMonetaryTotal/TaxExclusiveAmount",),
        "tax_total": ("TaxTotal/TaxAmount[@currencyID='{currency}']", "TaxTotal/TaxAmount"),
        "total": ("LegalMonetaryTotal/TaxInclusiveAmount",),
        "rounding": ("LegalMonetaryTotal/PayableRoundingAmount",),
        "prepaid": ("LegalMonetaryTotal/PrepaidAmount",),
        "amount_due": ("LegalMonetaryTotal/PayableAmount",),
    }
    return Syntax("UBL", paths)


SYNTAXES: Mapping[str, Syntax] = {
    "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice": _list_cii_paths(
        document="ExchangedDocument",
        transaction="SupplyChainTradeTransaction",
        agreement="ApplicableHeaderTradeAgreement",
        settlement="ApplicableHeaderTradeSettlement",
        summation="SpecifiedTradeSettlementHeaderMonetarySummation",
    ),
    "{urn:ferd:CrossIndustryDocument:invoice:1p0}CrossIndustryDocument": _list_cii_paths(
        document="HeaderExchangedDocument",
        transaction="SpecifiedSupplyChainTradeTransaction",
        agreement="ApplicableSupplyChainTradeAgreement",
        settlement="ApplicableSupplyChainTradeSettlement",
        summation="SpecifiedTradeSettlementMonetarySummation",
    ),
    "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice": _list_ubl_paths("InvoiceTypeCode", "DueDate"),
    "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote": _list_ubl_paths(
        "CreditNoteTypeCode", "PaymentMeans/PaymentDueDate"
    ),
}
