"""Facturae 3.2, 3.2.1 and 3.2.2, Spain.

Source: Ministerio de Hacienda, "Formato Facturae". Of several invoices in a batch the first is read. A corrective
invoice (class OR) states either the difference or all amounts anew, so the sign of its total tells whether it gives
money back. InvoiceTotal is already without the taxes withheld. Tax numbers stay as they stand: a foreign seller's has
its country's letters, a Spanish one mostly none.
"""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.extract.einvoice.syntaxes.record import Items, Join, Sum, Syntax, TermSource

_INVOICE = "Invoices[1]/Invoice[1]"
_SELLER, _BUYER = "Parties/SellerParty", "Parties/BuyerParty"
_ISSUE = f"{_INVOICE}/InvoiceIssueData"
_TOTALS = f"{_INVOICE}/InvoiceTotals"
_INSTALMENT = f"{_INVOICE}/PaymentDetails/Installment"
_FACTOR = "FileHeader/FactoringAssignmentData/PaymentDetails/Installment"


def _find_name(party: str) -> tuple[TermSource, ...]:
    person = f"{party}/Individual"
    parts = (f"{person}/Name", f"{person}/FirstSurname", f"{person}/SecondSurname")
    return (f"{party}/LegalEntity/CorporateName", Join(parts))


_FACTURAE = Syntax(
    name="Facturae",
    paths={
        "document_type": (f"{_INVOICE}/InvoiceHeader/InvoiceClass",),
        "invoice_number": (f"{_INVOICE}/InvoiceHeader/InvoiceNumber",),
        "issue_date": (f"{_ISSUE}/IssueDate",),
        "due_date": (f"{_INSTALMENT}/InstallmentDueDate",),
        "currency": (f"{_ISSUE}/InvoiceCurrencyCode",),
        "seller_name": _find_name(_SELLER),
        "seller_vat_id": (f"{_SELLER}/TaxIdentification/TaxIdentificationNumber",),
        "buyer_name": _find_name(_BUYER),
        "order_number": (f"{_INVOICE}/Items/InvoiceLine/ReceiverTransactionReference",),
        "payment_reference": (f"{_INSTALMENT}/PaymentReconciliationReference",),
        # An invoice sold to a factor is paid to the factor.
        "iban": (f"{_FACTOR}/AccountToBeCredited/IBAN", f"{_INSTALMENT}/AccountToBeCredited/IBAN"),
        "debited_iban": (f"{_INSTALMENT}/AccountToBeDebited/IBAN",),
        "net_total": (f"{_TOTALS}/TotalGrossAmountBeforeTaxes",),
        "tax_total": (f"{_TOTALS}/TotalTaxOutputs",),
        "total": (f"{_TOTALS}/InvoiceTotal",),
        "withheld": (f"{_TOTALS}/TotalTaxesWithheld",),
        "prepaid": (f"{_TOTALS}/TotalPaymentsOnAccount",),
        "deducted": (
            Sum(
                (
                    f"{_TOTALS}/Subsidies/Subsidy/SubsidyAmount",
                    f"{_TOTALS}/AmountsWithheld/WithholdingAmount",
                )
            ),
        ),
        "charged": (Sum((f"{_TOTALS}/TotalReimbursableExpenses", f"{_TOTALS}/TotalFinancialExpenses")),),
        "amount_due": (f"{_TOTALS}/TotalExecutableAmount",),
    },
    part="Invoices/Invoice",
    items=Items(
        line=f"{_INVOICE}/Items/InvoiceLine",
        line_terms={
            "description": ("ItemDescription",),
            "quantity": ("Quantity",),
            "unit": ("UnitOfMeasure",),
            "unit_price": ("UnitPriceWithoutTax",),
            "net": ("GrossAmount",),  # after discounts and charges, before taxes
            "rate": ("TaxesOutputs/Tax/TaxRate",),
        },
        tax=f"{_INVOICE}/TaxesOutputs/Tax",
        tax_terms={
            "category": ("TaxTypeCode",),
            "rate": ("TaxRate",),
            "base": ("TaxableBase/TotalAmount",),
            "tax": ("TaxAmount/TotalAmount",),
        },
        line_sum=f"{_TOTALS}/TotalGrossAmount",
    ),
)

FACTURAE: Mapping[str, Syntax] = {
    "{http://www.facturae.es/Facturae/2009/v3.2/Facturae}Facturae": _FACTURAE,
    "{http://www.facturae.es/Facturae/2014/v3.2.1/Facturae}Facturae": _FACTURAE,
    "{http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml}Facturae": _FACTURAE,
}
