from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.errors import DocumentError
from invoicewatch.extract.einvoice import xml as einvoice_xml
from invoicewatch.extract.einvoice.extractor import EInvoiceExtractor, find_contradictions
from invoicewatch.extract.einvoice.fields import find_sum_remarks
from invoicewatch.extract.einvoice.remarks import find_xml_remarks
from invoicewatch.extract.einvoice.xml import parse_xml
from invoicewatch.records import Box, ExtractContext, Line, Memory, Reading, Source, Word

TODAY = date(2026, 3, 1)
LIMIT = 100_000

CII = """<?xml version="1.0" encoding="UTF-8"?>
<a:CrossIndustryInvoice xmlns:a="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns="urn:ram">
 <ExchangedDocument><ID>RE 2026/17</ID><TypeCode>{code}</TypeCode>
  <IssueDateTime><DateTimeString format="102">20260214</DateTimeString></IssueDateTime></ExchangedDocument>
 <SupplyChainTradeTransaction>
  <ApplicableHeaderTradeAgreement>
   <SellerTradeParty><Name>GLN 4000001123452
    Nordlicht Druck GmbH</Name>
    <SpecifiedTaxRegistration><ID schemeID="FC">201/113/40209</ID></SpecifiedTaxRegistration>
    <SpecifiedTaxRegistration><ID schemeID="VA">DE 811569869</ID></SpecifiedTaxRegistration></SellerTradeParty>
   <BuyerTradeParty><Name>Herrn
    Jonas Albers</Name></BuyerTradeParty>
   <BuyerOrderReferencedDocument><IssuerAssignedID>PO-9</IssuerAssignedID></BuyerOrderReferencedDocument>
  </ApplicableHeaderTradeAgreement>
  <ApplicableHeaderTradeSettlement>
   <PaymentReference>RE202617</PaymentReference><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>
   <SpecifiedTradeSettlementPaymentMeans>{account}</SpecifiedTradeSettlementPaymentMeans>
   <SpecifiedTradePaymentTerms><DueDateDateTime><DateTimeString format="102">20260316</DateTimeString>
    </DueDateDateTime></SpecifiedTradePaymentTerms>
   <SpecifiedTradeSettlementHeaderMonetarySummation>
    <TaxBasisTotalAmount>100.00</TaxBasisTotalAmount>
    <TaxTotalAmount currencyID="GBP">16.20</TaxTotalAmount><TaxTotalAmount currencyID="EUR">{tax}</TaxTotalAmount>
    <GrandTotalAmount>119.02</GrandTotalAmount><RoundingAmount>-0.02</RoundingAmount>
    <TotalPrepaidAmount>19</TotalPrepaidAmount><DuePayableAmount>{due}</DuePayableAmount>
   </SpecifiedTradeSettlementHeaderMonetarySummation>
  </ApplicableHeaderTradeSettlement>
 </SupplyChainTradeTransaction>
</a:CrossIndustryInvoice>"""
PAYEE = (
    "<PayeePartyCreditorFinancialAccount><IBANID>DE89 3704 0044 0532 0130 00</IBANID>"
    "</PayeePartyCreditorFinancialAccount>"
)
DEBTOR = "<PayerPartyDebtorFinancialAccount><IBANID>DE89370400440532013000</IBANID></PayerPartyDebtorFinancialAccount>"

ZUGFERD_1 = """<d:CrossIndustryDocument xmlns:d="urn:ferd:CrossIndustryDocument:invoice:1p0" xmlns="urn:ram:12">
 <d:HeaderExchangedDocument><ID>4711</ID><TypeCode>380</TypeCode></d:HeaderExchangedDocument>
 <d:SpecifiedSupplyChainTradeTransaction>
  <ApplicableSupplyChainTradeAgreement><SellerTradeParty><Name>Alt AG</Name></SellerTradeParty>
  </ApplicableSupplyChainTradeAgreement>
  <ApplicableSupplyChainTradeSettlement><SpecifiedTradeSettlementMonetarySummation>
   <GrandTotalAmount currencyID="EUR">-8.79</GrandTotalAmount>
  </SpecifiedTradeSettlementMonetarySummation></ApplicableSupplyChainTradeSettlement>
 </d:SpecifiedSupplyChainTradeTransaction></d:CrossIndustryDocument>"""

UBL = """<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" xmlns:c="urn:cbc" xmlns:a="urn:cac">
 <c:ID>F-77</c:ID><c:IssueDate>2026-02-14</c:IssueDate>{due}<c:{root}TypeCode>{code}</c:{root}TypeCode>
 <c:DocumentCurrencyCode>NOK</c:DocumentCurrencyCode><a:OrderReference><c:ID>B-1</c:ID></a:OrderReference>
 <a:AccountingSupplierParty><a:Party><a:PartyName><c:Name>Fjord</c:Name></a:PartyName>
  <a:PartyTaxScheme><c:CompanyID>Foretaksregisteret</c:CompanyID><a:TaxScheme><c:ID>TAX</c:ID></a:TaxScheme></a:PartyTaxScheme>
  <a:PartyTaxScheme><c:CompanyID>NO123456785MVA</c:CompanyID><a:TaxScheme><c:ID>VAT</c:ID></a:TaxScheme></a:PartyTaxScheme>
  <a:PartyLegalEntity><c:RegistrationName>Fjord Handel AS</c:RegistrationName></a:PartyLegalEntity></a:Party>
 </a:AccountingSupplierParty>
 <a:AccountingCustomerParty><a:Party><a:PartyName><c:Name>Kunde AB</c:Name></a:PartyName></a:Party>
 </a:AccountingCustomerParty>
 <a:PaymentMeans><c:PaymentDueDate>2026-03-16</c:PaymentDueDate><c:PaymentID>9911</c:PaymentID>
  <a:PayeeFinancialAccount><c:ID>NO9386011117947</c:ID></a:PayeeFinancialAccount></a:PaymentMeans>
 <a:TaxTotal><c:TaxAmount currencyID="NOK">25.00</c:TaxAmount></a:TaxTotal>
 <a:LegalMonetaryTotal><c:TaxExclusiveAmount currencyID="NOK">100.00</c:TaxExclusiveAmount>
  <c:TaxInclusiveAmount currencyID="NOK">125.00</c:TaxInclusiveAmount>
  <c:PayableAmount currencyID="NOK">125.00</c:PayableAmount>
 </a:LegalMonetaryTotal></{root}>"""


def cii(code="380", tax="19.02", due="100.00", account=PAYEE):
    return CII.format(code=code, tax=tax, due=due, account=account)


def ubl(root="Invoice", code="380"):
    return UBL.format(root=root, code=code, due="<c:DueDate>2026-03-16</c:DueDate>" if root == "Invoice" else "")


def find(*files, **named):
    attachments = {f"{n}.xml": text.encode() for n, text in enumerate(files)} | named
    extractor = EInvoiceExtractor(ExtractSettings(max_xml_bytes=LIMIT))
    return extractor.find(ExtractContext((), attachments, Memory(), TODAY))


def values(fields):
    return {name: field.value for name, field in fields.items()}


def read_page(*lines):
    box = Box(0.1, 0.1, 0.2, 0.2)
    words = tuple(Line(tuple(Word(word, box, 99.0, "text") for word in line.split())) for line in lines)
    return (Reading(1, words, "text layer", Source.TEXT_LAYER),)


def test_cii_gives_every_field_with_rounding_in_the_total_and_the_tax_of_the_invoices_own_currency():
    assert values(find(cii())) == {
        "document_type": "invoice",
        "invoice_number": "RE 2026/17",
        "issue_date": date(2026, 2, 14),
        "due_date": date(2026, 3, 16),
        "currency": "EUR",
        "seller_name": "Nordlicht Druck GmbH",
        "seller_vat_id": "DE811569869",
        "seller_tax_number": "201/113/40209",
        "buyer_name": "Jonas Albers",
        "order_number": "PO-9",
        "payment_reference": "RE202617",
        "iban": "DE89370400440532013000",
        "net_total": Decimal("100.00"),
        "tax_total": Decimal("19.02"),
        "total": Decimal("119.00"),
        "tax_inclusive_total": Decimal("119.02"),
        "rounding": Decimal("-0.02"),
        "prepaid": Decimal("19.00"),
        "amount_due": Decimal("100.00"),
    }


def test_fields_of_an_e_invoice_are_verified_and_say_where_they_come_from():
    fields = find(cii()).values()
    assert {(field.source, field.verified, field.page, field.box) for field in fields} == {
        (Source.E_INVOICE, True, None, None)
    }


def test_zugferd_1_is_read_and_a_negative_total_makes_it_a_credit_note():
    assert values(find(ZUGFERD_1)) == {
        "document_type": "credit_note",
        "invoice_number": "4711",
        "seller_name": "Alt AG",
        "total": Decimal("-8.79"),
        "tax_inclusive_total": Decimal("-8.79"),
    }


@pytest.mark.parametrize(
    ("root", "code", "kind"), [("Invoice", "380", "invoice"), ("CreditNote", "381", "credit_note")]
)
def test_ubl_gives_every_field(root, code, kind):
    assert values(find(ubl(root, code))) == {
        "document_type": kind,
        "invoice_number": "F-77",
        "issue_date": date(2026, 2, 14),
        "due_date": date(2026, 3, 16),
        "currency": "NOK",
        "seller_name": "Fjord Handel AS",
        "seller_vat_id": "NO123456785MVA",
        "buyer_name": "Kunde AB",
        "order_number": "B-1",
        "payment_reference": "9911",
        "iban": "NO9386011117947",
        "net_total": Decimal("100.00"),
        "tax_total": Decimal("25.00"),
        "total": Decimal("125.00"),
        "tax_inclusive_total": Decimal("125.00"),
        "amount_due": Decimal("125.00"),
    }


def test_a_tax_number_of_ubl_is_one_that_says_so():
    assert "seller_tax_number" not in find(ubl())
    assert find(ubl().replace("<c:ID>TAX<", "<c:ID>FC<"))["seller_tax_number"].value == "Foretaksregisteret"


def test_an_invoice_inside_an_envelope_is_found():
    assert find(f"<Envelope>{ubl()}</Envelope>")["invoice_number"].value == "F-77"


def test_the_attachment_with_a_standard_name_wins_and_other_xml_is_passed_over():
    fields = find(ubl(), "<logistics/>", **{"Factur-X.xml": cii().encode()})
    assert fields["invoice_number"].value == "RE 2026/17"


def test_a_corrected_invoice_over_a_positive_sum_stays_an_invoice():
    assert find(cii(code="384"))["document_type"].value == "invoice"


def test_amounts_that_do_not_add_up_are_kept_but_not_verified():
    fields = find(cii(tax="20.00", due="7.00"))
    doubted = {name for name, field in fields.items() if not field.verified}
    assert doubted == {"net_total", "tax_total", "total", "tax_inclusive_total", "amount_due"}
    assert fields["tax_total"].value == Decimal("20.00")


def test_an_account_to_be_debited_is_none_to_pay_to():
    fields = find(cii(account=DEBTOR))
    assert "iban" not in fields
    assert fields["debited_iban"].value == "DE89370400440532013000"


def test_every_field_names_its_element():
    fields = find(cii())
    settlement = "/*:CrossIndustryInvoice/*:SupplyChainTradeTransaction/*:ApplicableHeaderTradeSettlement"
    amounts = f"{settlement}/*:SpecifiedTradeSettlementHeaderMonetarySummation"
    assert fields["tax_total"].xpath == f"{amounts}/*:TaxTotalAmount[2]"
    assert fields["total"].xpath == fields["tax_inclusive_total"].xpath == f"{amounts}/*:GrandTotalAmount"
    assert all(field.xpath for field in fields.values())


def test_sums_that_do_not_add_up_are_a_reason_for_the_review():
    (reason,) = find_sum_remarks(find(cii(due="7.00")))
    assert reason == "the e-invoice's sums do not add up: amount due 7.00"
    assert find_sum_remarks(find(cii())) == ()


def test_a_swiss_vat_id_is_spelled_as_its_register_does():
    assert find(cii().replace("DE 811569869", "CHE-116.281.710 MWST"))["seller_vat_id"].value == "CHE116281710"


@pytest.mark.parametrize("text", ["20261301", "yesterday", ""])
def test_a_date_that_is_none_is_left_out(text):
    assert "issue_date" not in find(cii().replace("20260214", text))


BILLION_LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><r>&j;</r>"
)
EXTERNAL = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
REMOTE_DTD = '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/evil.dtd"><r/>'


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (BILLION_LAUGHS, "hostile_xml"),
        (EXTERNAL, "hostile_xml"),
        (REMOTE_DTD, "hostile_xml"),
        ("<a>" * 5_000 + "</a>" * 5_000, "hostile_xml"),
        ("<a>" + "x" * LIMIT + "</a>", "too_large"),
        ("<a><b></a>", "damaged"),
        ("", "damaged"),
        ('<?xml version="1.0" encoding="no-such"?><a/>', "damaged"),
    ],
    ids=["billion laughs", "external entity", "remote dtd", "deep", "huge", "malformed", "empty", "encoding"],
)
def test_an_attack_or_a_broken_file_is_refused_with_its_reason(xml, code):
    with pytest.raises(DocumentError) as caught:
        parse_xml(xml.encode(), LIMIT)
    assert caught.value.code == code


def test_xml_with_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(einvoice_xml, "MAX_ELEMENTS", 100)
    with pytest.raises(DocumentError, match="more than 100 elements"):
        parse_xml(b"<a>" + b"<b/>" * 100 + b"</a>", LIMIT)


def test_refused_xml_gives_no_fields_and_a_reason_for_the_review():
    assert find(EXTERNAL) == {}
    faults = find_xml_remarks({"factur-x.xml": EXTERNAL.encode(), "ok.xml": b"<a/>"}, ExtractSettings(), bare=False)
    assert faults == ("the embedded factur-x.xml was not read: the XML declares a document type or entities",)


HONEST_PAGE = (
    "Nordlicht Druck GmbH",
    "Rechnung RE 2026/17 vom 14. Februar 2026",
    "Gesamtbetrag 119,00 EUR, bitte auf unser Konto DE89 3704 0044 0532 0130 00",
)


def test_a_page_that_says_the_same_contradicts_nothing():
    assert find_contradictions(find(cii()), read_page(*HONEST_PAGE)) == ()


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("119,00", "11.119,00", "total"),
        ("14. Februar", "15. Februar", "issue_date"),
        ("2026/17", "2026/71", "invoice_number"),
        ("DE89 3704", "DE12 3704", "iban"),
        ("Nordlicht Druck", "Schwarz und Sohn", "seller_name"),
    ],
)
def test_a_page_that_shows_something_else_is_named(before, after, name):
    page = read_page(*(line.replace(before, after) for line in HONEST_PAGE))
    (reason,) = find_contradictions(find(cii()), page)
    assert name in reason


def test_ordinals_of_days_are_read():
    page = read_page(*(line.replace("14. Februar", "14th February") for line in HONEST_PAGE))
    assert find_contradictions(find(cii()), page) == ()


def test_a_page_without_text_contradicts_nothing():
    assert find_contradictions(find(cii()), read_page("see attachment")) == ()
    assert find_contradictions(find(cii()), ()) == ()


def test_ubl_may_leave_out_the_sum_with_tax_where_net_and_tax_are_what_is_due():
    text = ubl().replace('<c:TaxInclusiveAmount currencyID="NOK">125.00</c:TaxInclusiveAmount>', "")
    total = find(text)["total"]
    assert (Decimal("125.00"), True) == (total.value, total.verified)


def test_without_the_sum_with_tax_what_is_due_must_be_net_and_tax():
    text = ubl().replace('<c:TaxInclusiveAmount currencyID="NOK">125.00</c:TaxInclusiveAmount>', "")
    found = find(text.replace('PayableAmount currencyID="NOK">125.00', 'PayableAmount currencyID="NOK">99.00'))
    assert not found["amount_due"].verified


def ubl_with_rounding(due):
    rounded = (
        '<c:PayableRoundingAmount currencyID="NOK">0.30</c:PayableRoundingAmount><c:PayableAmount currencyID="NOK">'
    )
    text = ubl().replace('<c:PayableAmount currencyID="NOK">125.00', f"{rounded}{due}")
    return text.replace("125.00<", "125.30<")


def test_rounding_is_not_added_where_the_sum_with_tax_holds_it_already():
    assert Decimal("125.30") == find(ubl_with_rounding("125.30"))["total"].value


def test_a_sum_that_holds_its_rounding_closes():
    assert find(ubl_with_rounding("125.30"))["total"].verified
