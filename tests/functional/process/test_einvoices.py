"""Files of XML: signed, several invoices in one, and what ``show`` says of them."""

import re

import pytest

from invoicewatch.records.contract.answers import ANSWERS
from scripts.papers.shapes import find_breaches
from tests.integration.validation.invoices import UBL
from tests.unit.pages.formats.signing import sign

BODY = """<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento>
 <Divisa>EUR</Divisa><Data>2026-02-1{day}</Data><Numero>{number}</Numero>
 <ImportoTotaleDocumento>122.00</ImportoTotaleDocumento></DatiGeneraliDocumento></DatiGenerali>
 <DatiBeniServizi><DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>100.00</ImponibileImporto>
 <Imposta>22.00</Imposta></DatiRiepilogo></DatiBeniServizi></FatturaElettronicaBody>"""
LOT = f"""<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
 versione="FPR12">
 <FatturaElettronicaHeader><CedentePrestatore><DatiAnagrafici><Anagrafica><Denominazione>Tipografia Monte Snc
 </Denominazione></Anagrafica></DatiAnagrafici></CedentePrestatore></FatturaElettronicaHeader>
 {BODY.format(day=1, number="A/1")}{BODY.format(day=2, number="A/2")}</p:FatturaElettronica>""".encode()


@pytest.fixture(scope="module")
def lot(invoicewatch, tmp_path_factory):
    """The records of a signed file of two invoices, and the same file after someone changed it."""
    folder = tmp_path_factory.mktemp("signed")
    signed = sign(LOT)
    (folder / "lot.xml.p7m").write_bytes(signed)
    (folder / "spoilt.xml.p7m").write_bytes(signed.replace(b"A/1", b"A/7"))
    run = invoicewatch("process", "--json", str(folder))
    assert 0 == run.code, run.err
    return run.lines


def test_each_invoice_of_a_signed_file_is_a_record(lot):
    kept = lot[:2]
    assert ["A/1", "A/2"] == [line["fields"]["invoice_number"]["value"] for line in kept]
    assert ["2026-02-11", "2026-02-12"] == [line["fields"]["issue_date"]["value"] for line in kept]
    assert [{"number": n, "of": 2, "first_page": None, "last_page": None, "pages": []} for n in (1, 2)] == [
        line["part"] for line in kept
    ]
    assert {"accepted"} == {line["status"] for line in kept}
    assert {"application/pkcs7-mime"} == {line["media_type"] for line in kept}


def test_the_signature_is_said_to_be_intact_or_broken(lot):
    assert ["intact", "intact", "broken", "broken"] == [line["signature"]["state"] for line in lot]
    assert "the signature is broken: the content was changed after it was signed" in lot[2]["reasons"][-1]


def test_show_names_the_signer_as_not_verified(lot, invoicewatch):
    shown = invoicewatch("show", "1").out
    assert "intact, signer not verified; signed as Anna Bianchi" in shown
    assert "1 of 2 in this file: invoice 1" in shown


@pytest.fixture(scope="module")
def judged(invoicewatch, tmp_path_factory):
    """The record of an invoice in UBL that breaks one rule, read with validation on."""
    path = tmp_path_factory.mktemp("judged") / "r-17.xml"
    path.write_text(UBL.replace("<cbc:ID>R-17</cbc:ID>", ""), encoding="utf-8")
    run = invoicewatch("process", "--json", str(path), INVOICEWATCH_EINVOICE__VALIDATE="true")
    assert 0 == run.code, run.err
    return path, run.lines[0]


def test_a_broken_rule_is_a_reason_for_the_review(judged):
    _, line = judged
    assert ("invalid", ["BR-02"]) == (
        line["validation"]["validity"],
        [rule["id"] for rule in line["validation"]["broken"] if rule["id"] != "XSD"],
    )
    assert any("not valid, breaks XSD, BR-02" in reason for reason in line["reasons"])


def test_validate_names_each_rule_with_its_element(judged, invoicewatch):
    run = invoicewatch("validate", str(judged[0]))
    assert 1 == run.code
    assert "BR-02  An Invoice shall have an Invoice number (BT-1)." in run.out
    assert "at /*:Invoice[1]" in run.out
    again = invoicewatch("validate", "--json", str(judged[0])).lines
    assert [] == [fault for each in again for fault in find_breaches(each, ANSWERS["validate"].shape)]


def test_validate_says_what_it_has_no_rules_for(lot, invoicewatch):
    run = invoicewatch("validate", "1")
    assert 1 == run.code
    assert "holds no e-invoice in UBL or CII" in run.err


def test_show_html_makes_a_page_of_the_second_invoice_of_a_signed_file(lot, invoicewatch, tmp_path):
    page = tmp_path / "page.html"
    run = invoicewatch("show", "2", "--html", "--output", str(page))
    assert 0 == run.code, run.err
    written = page.read_text(encoding="utf-8")
    assert "<h1>Invoice A/2</h1>" in written
    number = "/*:FatturaElettronica/*:FatturaElettronicaBody[2]/*:DatiGenerali/*:DatiGeneraliDocumento/*:Numero"
    assert f'title="{number}" id="' in written
    assert written == invoicewatch("show", "2", "--html").out


def test_a_tax_of_the_page_leads_to_its_element(lot, invoicewatch):
    page = invoicewatch("show", "2", "--html").out
    (anchor,) = re.findall(r'<h2>VAT breakdown.*?<td><a href="#(e\d+)">', page, re.DOTALL)
    (path,) = re.findall(rf'title="([^"]+)" id="{anchor}"', page)
    assert path == "/*:FatturaElettronica/*:FatturaElettronicaBody[2]/*:DatiBeniServizi/*:DatiRiepilogo"


WRAPPED = {
    "line break": b"\r\n<?xml version='1.0' encoding='UTF-8'?>" + UBL.encode(),
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + UBL.encode() + b"\xef\xbb\xbf",
    "NULs": b"\0\0" + UBL.encode() + b"\0" * 9,
    "UTF-16": UBL.encode("utf-16"),
}
REFUSED = {
    "bomb": b"<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>" + UBL.encode().replace(b"R-17", b"&b;"),
    "external": b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + UBL.encode().replace(b"R-17", b"&x;"),
    "deep": b"<Invoice xmlns='urn:x'>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</Invoice>",
    "huge": UBL.encode() + b" " * 100_000_000 + b"<!-- -->",
}


@pytest.fixture(scope="module")
def odd(invoicewatch, tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    for name, content in (WRAPPED | REFUSED).items():
        (folder / f"{name}.xml").write_bytes((b"<?xml version='1.0'?>" if name in REFUSED else b"") + content)
    return invoicewatch("process", "--json", str(folder)).by_name


@pytest.mark.parametrize("name", WRAPPED)
def test_what_stands_round_an_invoice_does_no_harm(odd, name):
    assert "R-17" == odd[f"{name}.xml"]["fields"]["invoice_number"]["value"]


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_xml_goes_to_review_unread(odd, name):
    line = odd[f"{name}.xml"]
    assert "needs_review" == line["status"]
    assert {None} == set(line["fields"].values())
    assert any("was not read" in reason for reason in line["reasons"])
