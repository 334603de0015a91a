from datetime import date
from decimal import Decimal

import pytest

NAMESPACES = (
    "http://www.facturae.es/Facturae/2009/v3.2/Facturae",
    "http://www.facturae.es/Facturae/2014/v3.2.1/Facturae",
    "http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml",
)
INVOICE = """<Invoice>
 <InvoiceHeader><InvoiceNumber>{number}</InvoiceNumber><InvoiceSeriesCode>S</InvoiceSeriesCode>
  <InvoiceDocumentType>FC</InvoiceDocumentType><InvoiceClass>{kind}</InvoiceClass></InvoiceHeader>
 <InvoiceIssueData><IssueDate>2026-02-14</IssueDate><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode></InvoiceIssueData>
 <InvoiceTotals><TotalGrossAmountBeforeTaxes>100.00</TotalGrossAmountBeforeTaxes>
  <TotalTaxOutputs>21.00</TotalTaxOutputs><TotalTaxesWithheld>15.00</TotalTaxesWithheld>
  <InvoiceTotal>{total}</InvoiceTotal><TotalPaymentsOnAccount>6.00</TotalPaymentsOnAccount>
  <TotalReimbursableExpenses>2.50</TotalReimbursableExpenses>
  <TotalExecutableAmount>{due}</TotalExecutableAmount></InvoiceTotals>
 <Items><InvoiceLine><ReceiverTransactionReference>PED-3</ReceiverTransactionReference></InvoiceLine></Items>
 <PaymentDetails><Installment><InstallmentDueDate>2026-03-16</InstallmentDueDate>
  <{account}><IBAN>ES91 2100 0418 4502 0005 1332</IBAN></{account}></Installment></PaymentDetails></Invoice>"""
FILE = """<fe:Facturae xmlns:fe="{namespace}"><FileHeader>{factor}</FileHeader>
 <Parties><SellerParty><TaxIdentification><TaxIdentificationNumber>{tax_number}</TaxIdentificationNumber>
   </TaxIdentification>{seller}</SellerParty>
  <BuyerParty><LegalEntity><CorporateName>Taller Faro SL</CorporateName></LegalEntity></BuyerParty></Parties>
 <Invoices>{invoices}</Invoices>
 <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignatureValue>AA==</ds:SignatureValue></ds:Signature>
</fe:Facturae>"""
COMPANY = "<LegalEntity><CorporateName>Imprenta Roca SA</CorporateName></LegalEntity>"
PERSON = """<Individual><Name>Luis</Name><FirstSurname>Vega</FirstSurname><SecondSurname>Soto</SecondSurname>
</Individual>"""


def invoice(**changed):
    usual = {"number": "17", "kind": "OO", "total": "106.00", "due": "102.50", "account": "AccountToBeCredited"}
    return INVOICE.format(**usual | changed)


def facturae(*invoices, namespace=NAMESPACES[2], seller=COMPANY, tax_number="A58818501", factor="", **changed):
    listed = "".join(invoices or [invoice(**changed)])
    return FILE.format(namespace=namespace, seller=seller, tax_number=tax_number, factor=factor, invoices=listed)


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_field_of_a_signed_file_is_found_and_taxes_withheld_are_no_contradiction(find_fields, namespace):
    fields = find_fields(facturae(namespace=namespace))
    assert all(field.verified for field in fields.values())
    assert {name: field.value for name, field in fields.items()} == {
        "document_type": "invoice",
        "invoice_number": "17",
        "issue_date": date(2026, 2, 14),
        "due_date": date(2026, 3, 16),
        "currency": "EUR",
        "seller_name": "Imprenta Roca SA",
        "seller_vat_id": "A58818501",
        "buyer_name": "Taller Faro SL",
        "order_number": "PED-3",
        "iban": "ES9121000418450200051332",
        "net_total": Decimal("100.00"),
        "tax_total": Decimal("21.00"),
        "total": Decimal("106.00"),
        "tax_inclusive_total": Decimal("106.00"),
        "amount_due": Decimal("102.50"),
        "prepaid": Decimal("6.00"),
    }


def test_a_total_that_does_not_follow_is_doubted(find_fields):
    fields = find_fields(facturae(total="121.00", due="117.50"))
    assert {"net_total", "tax_total", "total", "tax_inclusive_total"} == {
        name for name, field in fields.items() if not field.verified
    }


def test_a_person_s_name_has_three_parts(find_values):
    assert find_values(facturae(seller=PERSON))["seller_name"] == "Luis Vega Soto"


def test_letters_that_the_file_has_before_a_tax_number_stay(find_values):
    assert find_values(facturae(tax_number="ESA58818501"))["seller_vat_id"] == "ESA58818501"


@pytest.mark.parametrize(("total", "kind"), [("-106.00", "credit_note"), ("106.00", "invoice")])
def test_the_sign_of_a_corrective_invoice_tells_what_it_is_and_stays(find_values, total, kind):
    values = find_values(facturae(kind="OR", total=total))
    assert (Decimal(total), kind) == (values["total"], values["document_type"])


def test_an_account_to_be_debited_is_none_to_pay_to(find_values):
    values = find_values(facturae(account="AccountToBeDebited"))
    assert "iban" not in values
    assert values["debited_iban"] == "ES9121000418450200051332"


def test_a_factor_is_paid_and_not_the_seller(find_values):
    factor = """<FactoringAssignmentData><PaymentDetails><Installment><AccountToBeCredited>
     <IBAN>ES7921000813610123456789</IBAN></AccountToBeCredited></Installment></PaymentDetails></FactoringAssignmentData>"""
    assert find_values(facturae(factor=factor))["iban"] == "ES7921000813610123456789"


def test_of_several_invoices_the_first_is_read(find_values):
    values = find_values(facturae(invoice(number="1"), invoice(number="2", total="9.00")))
    assert ("1", Decimal("106.00")) == (values["invoice_number"], values["total"])
