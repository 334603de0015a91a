"""UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD 1 and 2, XRechnung.

Sources: EN 16931-3-3 (CII D16B), and the ZUGFeRD 1.0 specification for its older CII.
"""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.extract.einvoice.syntaxes.record import Attribute, Items, Syntax, TermSource
from invoicewatch.extract.einvoice.untdid import CREDIT_NOTE_CODES


def _list_paths(*, document: str, transaction: str, agreement: str, settlement: str, summation: str) -> Syntax:
    agreement, settlement = f"{transaction}/{agreement}", f"{transaction}/{settlement}"
    amounts, means = f"{settlement}/{summation}", f"{settlement}/SpecifiedTradeSettlementPaymentMeans"
    seller, buyer = f"{agreement}/SellerTradeParty", f"{agreement}/BuyerTradeParty"
    due = f"{settlement}/SpecifiedTradePaymentTerms/DueDateDateTime"
    paths: dict[str, tuple[TermSource, ...]] = {
        "document_type": (f"{document}/TypeCode",),
        "invoice_number": (f"{document}/ID",),
        "issue_date": (f"{document}/IssueDateTime/DateTimeString", f"{document}/IssueDateTime/DateTime"),
        "due_date": (f"{due}/DateTimeString", f"{due}/DateTime"),
        "currency": (f"{settlement}/InvoiceCurrencyCode",),
        "seller_name": (f"{seller}/Name",),
        "seller_vat_id": (f"{seller}/SpecifiedTaxRegistration/ID[@schemeID='VA']",),
        "seller_tax_number": (f"{seller}/SpecifiedTaxRegistration/ID[@schemeID='FC']",),
        "buyer_name": (f"{buyer}/Name",),
        "order_number": (f"{agreement}/BuyerOrderReferencedDocument/IssuerAssignedID",),
        "payment_reference": (f"{settlement}/PaymentReference",),
        "iban": (f"{means}/PayeePartyCreditorFinancialAccount/IBANID",),
        "debited_iban": (f"{means}/PayerPartyDebtorFinancialAccount/IBANID",),
        "net_total": (f"{amounts}/TaxBasisTotalAmount",),
        "tax_total": (f"{amounts}/TaxTotalAmount[@currencyID='{{currency}}']", f"{amounts}/TaxTotalAmount"),
        "total": (f"{amounts}/GrandTotalAmount",),
        "rounding": (f"{amounts}/RoundingAmount",),
        "prepaid": (f"{amounts}/TotalPrepaidAmount",),
        "amount_due": (f"{amounts}/DuePayableAmount",),
    }
    items = _list_items(transaction, settlement, f"{amounts}/LineTotalAmount")
    return Syntax("CII", paths, CREDIT_NOTE_CODES, items=items)


def _list_items(transaction: str, settlement: str, line_sum: str) -> Items:
    """The lines; the names of their parts begin otherwise in ZUGFeRD 1."""
    old = transaction.startswith("Specified")
    part = "SpecifiedSupplyChainTrade" if old else "SpecifiedLineTrade"
    summation = "SpecifiedTradeSettlementMonetarySummation" if old else "SpecifiedTradeSettlementLineMonetarySummation"
    quantity = f"{part}Delivery/BilledQuantity"
    rates = ("RateApplicablePercent", "ApplicablePercent")
    return Items(
        line=f"{transaction}/IncludedSupplyChainTradeLineItem",
        line_terms={
            "description": ("SpecifiedTradeProduct/Name", "SpecifiedTradeProduct/Description"),
            "quantity": (quantity,),
            "unit": (Attribute("unitCode", quantity),),
            "unit_price": (f"{part}Agreement/NetPriceProductTradePrice/ChargeAmount",),
            "net": (f"{part}Settlement/{summation}/LineTotalAmount",),
            "rate": tuple(f"{part}Settlement/ApplicableTradeTax/{rate}" for rate in rates),
        },
        tax=f"{settlement}/ApplicableTradeTax",
        tax_terms={
            "category": ("CategoryCode",),
            "rate": rates,
            "base": ("BasisAmount",),
            "tax": ("CalculatedAmount",),
        },
        line_sum=line_sum,
        # Lines that add up others, or only inform (Factur-X 1.0.7 EXTENDED).
        no_line=("AssociatedDocumentLineDocument/LineStatusReasonCode", ("GROUP", "INFORMATION")),
    )


CII: Mapping[str, Syntax] = {
    "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice": _list_paths(
        document="ExchangedDocument",
        transaction="SupplyChainTradeTransaction",
        agreement="ApplicableHeaderTradeAgreement",
        settlement="ApplicableHeaderTradeSettlement",
        summation="SpecifiedTradeSettlementHeaderMonetarySummation",
    ),
    "{urn:ferd:CrossIndustryDocument:invoice:1p0}CrossIndustryDocument": _list_paths(
        document="HeaderExchangedDocument",
        transaction="SpecifiedSupplyChainTradeTransaction",
        agreement="ApplicableSupplyChainTradeAgreement",
        settlement="ApplicableSupplyChainTradeSettlement",
        summation="SpecifiedTradeSettlementMonetarySummation",
    ),
}
