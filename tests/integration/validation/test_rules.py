"""The real rules: what is valid passes, and what is broken breaks the rule that it should."""

import re
from contextlib import closing

import pytest

from invoicewatch.config.settings import EInvoiceSettings
from invoicewatch.extract.einvoice.xml import parse_xml
from invoicewatch.records import Validity
from invoicewatch.validation.checker import Checker
from tests.integration.validation.invoices import CII, FACTUR_X, UBL, XRECHNUNG


@pytest.fixture(scope="module")
def check():
    with closing(Checker(EInvoiceSettings())) as checker:
        yield lambda xml: checker.check(parse_xml(xml.encode(), 10**7))


def without(xml, element, number=1):
    """The XML without the element of that name, of several the one of that number."""
    found = list(re.finditer(rf"<{element}[ >].*?</{element}>", xml, re.DOTALL))[number - 1]
    return xml[: found.start()] + xml[found.end() :]


def put(xml, before, after):
    assert before in xml
    return xml.replace(before, after, 1)


VALID = {"UBL": UBL, "CII": CII, "Factur-X": put(CII, XRECHNUNG, FACTUR_X)}
SUM = '<cbc:{0} currencyID="EUR">{1}</cbc:{0}>'
BROKEN = {
    "BR-01": without(UBL, "cbc:CustomizationID"),
    "BR-02": without(UBL, "cbc:ID"),
    "BR-03": without(UBL, "cbc:IssueDate"),
    "BR-04": without(UBL, "cbc:InvoiceTypeCode"),
    "BR-05": without(UBL, "cbc:DocumentCurrencyCode"),
    "BR-06": without(UBL, "cbc:RegistrationName"),
    "BR-07": without(UBL, "cbc:RegistrationName", 2),
    "BR-08": without(UBL, "cac:PostalAddress"),
    "BR-09": without(UBL, "cac:Country"),
    "BR-12": without(UBL, "cbc:LineExtensionAmount"),
    "BR-16": re.sub(r"<cac:InvoiceLine>.*</cac:InvoiceLine>", "", UBL, flags=re.DOTALL),
    "BR-22": without(UBL, "cbc:InvoicedQuantity"),
    "BR-25": without(UBL, "cbc:Name"),
    "BR-CL-01": put(UBL, ">380<", ">999<"),
    "BR-CO-10": put(UBL, SUM.format("LineExtensionAmount", "300.00"), SUM.format("LineExtensionAmount", "310.00")),
    "BR-CO-14": put(UBL, SUM.format("TaxAmount", "57.00"), SUM.format("TaxAmount", "58.00")),
    "BR-CO-15": put(UBL, ">357.00<", ">358.00<"),
    "BR-CO-16": put(UBL, ">300.00</cbc:PayableAmount>", ">301.00</cbc:PayableAmount>"),
    "BR-CO-17": put(
        UBL,
        '300.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">57',
        '300.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">37',
    ),
    "BR-S-08": put(UBL, ">300.00</cbc:TaxableAmount>", ">290.00</cbc:TaxableAmount>"),
    "XSD": put(UBL, "2026-02-14", "14.02.2026"),
}
BROKEN_CII = {
    "BR-02": put(CII, "<ram:ID>R-17</ram:ID>", ""),
    "BR-CO-10": put(CII, "<ram:LineTotalAmount>300.00", "<ram:LineTotalAmount>310.00"),
    "BR-CO-15": put(CII, "GrandTotalAmount>357.00", "GrandTotalAmount>358.00"),
    "BR-CO-16": put(CII, "DuePayableAmount>300.00", "DuePayableAmount>301.00"),
    "XSD": put(CII, "<ram:ApplicableHeaderTradeDelivery/>", ""),
}


@pytest.mark.parametrize("xml", VALID.values(), ids=VALID)
def test_what_keeps_the_rules_is_valid(check, xml):
    verdict = check(xml)
    assert (Validity.VALID, ()) == (verdict.validity, verdict.broken)


@pytest.mark.parametrize(("rule", "xml"), BROKEN.items(), ids=BROKEN)
def test_a_broken_rule_of_ubl_is_named(check, rule, xml):
    verdict = check(xml)
    assert verdict.validity is Validity.INVALID
    assert rule in {broken.id for broken in verdict.broken}


@pytest.mark.parametrize(("rule", "xml"), BROKEN_CII.items(), ids=BROKEN_CII)
def test_a_broken_rule_of_cii_is_named(check, rule, xml):
    assert rule in {broken.id for broken in check(xml).broken}


def test_a_broken_rule_has_its_words_and_its_element(check):
    (broken,) = check(BROKEN["BR-CO-16"]).broken
    assert broken.words.startswith("Amount due for payment (BT-115) =")
    assert broken.xpath == "/*:Invoice[1]/*:LegalMonetaryTotal[1]"


def test_cii_that_is_not_factur_x_is_bound_by_the_rules_of_en_16931_alone(check):
    profile = put(CII, XRECHNUNG, "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:comfort")
    assert all(broken.id.startswith("BR-") or broken.id == "XSD" for broken in check(CII).broken)
    assert not all(broken.id.startswith("BR-") for broken in check(profile).broken)


def test_a_warning_does_not_invalidate(check):
    """UBL-CR-004 warns of an identifier that EN 16931 does not know."""
    verdict = check(put(UBL, "<cbc:ID>R-17</cbc:ID>", "<cbc:ID>R-17</cbc:ID><cbc:UUID>1</cbc:UUID>"))
    assert verdict.validity is Validity.VALID


def test_ubl_of_another_house_is_held_to_the_schema_alone(check):
    verdict = check(put(BROKEN["BR-CO-15"], "urn:cen.eu:en16931:2017", "OIOUBL-2.02"))
    assert (Validity.VALID, "schema of UBL 2.1") == (verdict.validity, verdict.against)


def test_other_formats_are_not_judged(check):
    assert check('<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"/>') is None
