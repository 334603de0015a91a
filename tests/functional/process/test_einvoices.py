"""Files of XML: signed, several invoices in one, and what ``show`` says of them."""

import pytest

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
