from datetime import date
from decimal import Decimal

import pytest

INVOICE = """<e:Invoice xmlns:e="http://www.ebinterface.at/schema/{version}/" {mark}DocumentType="{kind}"
  {mark}InvoiceCurrency="EUR"><e:InvoiceNumber>R-8</e:InvoiceNumber><e:InvoiceDate>2026-02-14</e:InvoiceDate>
 <e:CancelledOriginalDocument><e:InvoiceNumber>R-7</e:InvoiceNumber></e:CancelledOriginalDocument>
 <e:Biller><e:VATIdentificationNumber>{vat_id}</e:VATIdentificationNumber>
  <e:Address><e:Name>Tischlerei Moser KG</e:Name></e:Address></e:Biller>
 <e:InvoiceRecipient><e:OrderReference><e:OrderID>B-2</e:OrderID></e:OrderReference>
  <e:Address><e:Name>Gasthof Linde</e:Name></e:Address></e:InvoiceRecipient>
 <e:Tax>{tax}</e:Tax><e:TotalGrossAmount>131.00</e:TotalGrossAmount>{paid}
 <e:PaymentMethod>{method}</e:PaymentMethod>
 <e:PaymentConditions><e:DueDate>2026-03-16</e:DueDate></e:PaymentConditions></e:Invoice>"""
ACCOUNT = "<e:BeneficiaryAccount><e:IBAN>AT61 1904 3002 3457 3201</e:IBAN></e:BeneficiaryAccount>"
REFERENCE = "<e:PaymentReference>8800</e:PaymentReference>"
TRANSFER = f"<e:UniversalBankTransaction>{ACCOUNT}{REFERENCE}</e:UniversalBankTransaction>"
OLD_TAX = """<e:VAT><e:{item}><e:TaxedAmount>100.00</e:TaxedAmount><e:Amount>20.00</e:Amount></e:{item}>
 <e:{item}><e:TaxedAmount>10</e:TaxedAmount><e:Amount>1</e:Amount></e:{item}></e:VAT>"""
NEW_TAX = """<e:TaxItem><e:TaxableAmount>100.00</e:TaxableAmount><e:TaxAmount>20.00</e:TaxAmount></e:TaxItem>
 <e:TaxItem><e:TaxableAmount>10</e:TaxableAmount><e:TaxAmount>1</e:TaxAmount></e:TaxItem>"""
DUE = "<e:PayableAmount>131.00</e:PayableAmount>"


def ebinterface(version="6p1", **changed):
    usual = {"mark": "e:" if version.startswith("4") else "", "kind": "Invoice", "vat_id": "ATU13585627"}
    return INVOICE.format(**usual | {"version": version, "tax": NEW_TAX, "paid": DUE, "method": TRANSFER} | changed)


@pytest.mark.parametrize(
    ("version", "parts"),
    [
        ("4p0", {"tax": OLD_TAX.format(item="Item"), "method": ACCOUNT + REFERENCE}),
        ("4p1", {"tax": OLD_TAX.format(item="VATItem")}),
        ("4p2", {"tax": OLD_TAX.format(item="VATItem")}),
        ("4p3", {"tax": OLD_TAX.format(item="VATItem")}),
        ("5p0", {}),
        ("6p0", {}),
        ("6p1", {}),
    ],
)
def test_every_field_is_found_in_every_version(find_fields, version, parts):
    fields = find_fields(ebinterface(version, **parts))
    assert all(field.verified for field in fields.values())
    assert {name: field.value for name, field in fields.items()} == {
        "document_type": "invoice",
        "invoice_number": "R-8",
        "issue_date": date(2026, 2, 14),
        "due_date": date(2026, 3, 16),
        "currency": "EUR",
        "seller_name": "Tischlerei Moser KG",
        "seller_vat_id": "ATU13585627",
        "buyer_name": "Gasthof Linde",
        "order_number": "B-2",
        "payment_reference": "8800",
        "iban": "AT611904300234573201",
        "net_total": Decimal("110.00"),
        "tax_total": Decimal("21.00"),
        "total": Decimal("131.00"),
        "tax_inclusive_total": Decimal("131.00"),
        "amount_due": Decimal("131.00"),
    }


@pytest.mark.parametrize(
    ("kind", "told"),
    [("CreditMemo", "credit_note"), ("SubsequentCredit", "credit_note"), ("SelfBilling", "invoice")],
)
def test_the_kind_of_document_is_told_by_its_attribute(find_values, kind, told):
    assert told == find_values(ebinterface(kind=kind))["document_type"]


def test_prepaid_and_rounding_lead_to_the_amount_due(find_fields):
    paid = """<e:PrepaidAmount>30.00</e:PrepaidAmount><e:RoundingAmount>-0.05</e:RoundingAmount>
     <e:PayableAmount>100.95</e:PayableAmount>"""
    fields = find_fields(ebinterface(paid=paid))
    assert (Decimal("130.95"), True) == (fields["total"].value, fields["total"].verified)
    assert (Decimal("100.95"), True) == (fields["amount_due"].value, fields["amount_due"].verified)


def test_zeros_are_no_vat_id(find_values):
    assert "seller_vat_id" not in find_values(ebinterface(vat_id="00000000"))


def test_the_account_of_a_direct_debit_is_the_buyer_s(find_fields):
    method = "<e:SEPADirectDebit><e:IBAN>AT611904300234573201</e:IBAN></e:SEPADirectDebit>"
    fields = find_fields(ebinterface(method=method))
    assert "iban" not in fields
    assert fields["debited_iban"].value == "AT611904300234573201"
