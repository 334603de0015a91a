import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.einvoice.remarks import find_xml_remarks

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
INVOICE = f'<Invoice xmlns="{UBL}Invoice-2"><ID>1</ID></Invoice>'


def find(xml, *, bare=True, **more):
    attachments = {"a.xml": xml.encode()} | {f"{name}.xml": text.encode() for name, text in more.items()}
    return find_xml_remarks(attachments, ExtractSettings(), bare=bare)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        (f"{UBL}Order-2}}Order", "an order (UBL)"),
        (f"{UBL}OrderResponse-2}}OrderResponse", "an answer to an order (UBL)"),
        (f"{UBL}DespatchAdvice-2}}DespatchAdvice", "a despatch advice (UBL)"),
        (f"{UBL}ApplicationResponse-2}}ApplicationResponse", "an answer about a document (UBL)"),
        (
            "urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100}SCRDMCCBDACIOMessageStructure",
            "an order (Order-X)",
        ),
        ("http://isdoc.cz/namespace/2013}Invoice", "an ISDOC document"),
        ("}Finvoice", "an invoice in Finvoice"),
        ("urn:sfti:documents:BasicInvoice:1:0}Invoice", "a Svefaktura document"),
        ("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}Document", "a payment order (ISO 20022 pain)"),
        ("urn:iso:std:iso:20022:tech:xsd:camt.053.001.08}Document", "a bank statement (ISO 20022 camt)"),
        ("http://www.fatturapa.gov.it/sdi/fatturapa/v1.1}FatturaElettronica", "a FatturaPA before version 1.2"),
        ("http://crd.gov.pl/wzor/2021/11/29/11089/}Faktura", "a KSeF document other than FA(2) and FA(3)"),
        ("}notes", "XML of a kind that is not known (notes)"),
    ],
)
def test_xml_that_is_no_invoice_is_named(tag, kind):
    namespace, _, name = tag.partition("}")
    declared = f' xmlns="{namespace}"' if namespace else ""
    assert (f"a.xml was not read: it is {kind}",) == find(f"<{name}{declared}/>")


def test_beside_pages_only_what_is_known_is_named():
    assert find("<notes/>", bare=False) == ()
    assert len(find(f'<Order xmlns="{UBL}Order-2"/>', bare=False)) == 1


def test_beside_an_invoice_nothing_else_is_named():
    assert find(f'<Order xmlns="{UBL}Order-2"/>', b=INVOICE) == ()


def test_one_invoice_is_no_remark():
    assert find(INVOICE) == ()


@pytest.mark.parametrize(
    "xml",
    [
        f"<Envelope>{INVOICE * 3}</Envelope>",
        '<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">'
        + "<FatturaElettronicaBody/>" * 3
        + "</p:FatturaElettronica>",
        '<f:Facturae xmlns:f="http://www.facturae.es/Facturae/2009/v3.2/Facturae"><Invoices>'
        + "<Invoice/>" * 3
        + "</Invoices></f:Facturae>",
    ],
    ids=["envelope", "FatturaPA", "Facturae"],
)
def test_several_invoices_in_a_file_are_counted(xml):
    assert find(xml) == ("the file holds 3 invoices, of which the first was read",)


def test_a_dialect_that_means_something_else_is_named():
    xml = INVOICE.replace("<ID>", "<CustomizationID>OIOUBL-2.02</CustomizationID><ID>")
    assert find(xml) == ("a.xml is an invoice in OIOUBL, whose TaxExclusiveAmount is the tax",)


def test_xml_that_is_refused_is_named_with_its_reason():
    (reason,) = find('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>')
    assert "declares a document type or entities" in reason


def test_a_hundred_megabytes_of_xml_are_refused_unread():
    huge = f"<Invoice xmlns='{UBL}Invoice-2'>{' ' * 100_000_000}</Invoice>"
    (reason,) = find(huge)
    assert reason.endswith("bytes, more than 20000000")
