from datetime import date
from decimal import Decimal

import pytest

BODY = """<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento>
 <TipoDocumento>{kind}</TipoDocumento><Divisa>EUR</Divisa><Data>2026-02-14</Data><Numero>{number}</Numero>
 {withheld}{stated}</DatiGeneraliDocumento>
 <DatiOrdineAcquisto><IdDocumento>ODA-5</IdDocumento></DatiOrdineAcquisto></DatiGenerali>
 <DatiBeniServizi>
  <DatiRiepilogo><ImponibileImporto>100.00</ImponibileImporto><Imposta>22.00</Imposta>{payer}</DatiRiepilogo>
  <DatiRiepilogo><ImponibileImporto>10.00</ImponibileImporto><Imposta>1.00</Imposta></DatiRiepilogo></DatiBeniServizi>
 <DatiPagamento><CondizioniPagamento>{terms}</CondizioniPagamento><DettaglioPagamento>
  <ModalitaPagamento>{means}</ModalitaPagamento><DataScadenzaPagamento>2026-03-16</DataScadenzaPagamento>
  <ImportoPagamento>{due}</ImportoPagamento><IBAN>IT60X0542811101000000123456</IBAN>
  <CodicePagamento>RF-1</CodicePagamento></DettaglioPagamento></DatiPagamento></FatturaElettronicaBody>"""

FILE = """<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
  versione="FPR12"><FatturaElettronicaHeader>
  <CedentePrestatore><DatiAnagrafici>
   <IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567897</IdCodice></IdFiscaleIVA>
   <Anagrafica>{seller}</Anagrafica></DatiAnagrafici></CedentePrestatore>
  <CessionarioCommittente><DatiAnagrafici><Anagrafica><Denominazione>Officina Lago Srl</Denominazione></Anagrafica>
  </DatiAnagrafici></CessionarioCommittente></FatturaElettronicaHeader>
 {bodies}</p:FatturaElettronica>"""

SIMPLIFIED = """<p:FatturaElettronicaSemplificata
  xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0" versione="FSM10">
 <FatturaElettronicaHeader>
  <CedentePrestatore><IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>01234567897</IdCodice></IdFiscaleIVA>
   <Nome>Anna</Nome><Cognome>Riva</Cognome></CedentePrestatore>
  <CessionarioCommittente><AltriDatiIdentificativi><Denominazione>Officina Lago Srl</Denominazione>
  </AltriDatiIdentificativi></CessionarioCommittente></FatturaElettronicaHeader>
 <FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>{kind}</TipoDocumento>
  <Divisa>EUR</Divisa><Data>2026-02-14</Data><Numero>7</Numero></DatiGeneraliDocumento></DatiGenerali>
  <DatiBeniServizi><Importo>22.00</Importo><DatiIVA><Aliquota>10.00</Aliquota></DatiIVA></DatiBeniServizi>
  <DatiBeniServizi><Importo>8.50</Importo><DatiIVA><Imposta>0.77</Imposta></DatiIVA></DatiBeniServizi>
 </FatturaElettronicaBody></p:FatturaElettronicaSemplificata>"""


def body(**changed):
    usual = {"kind": "TD01", "number": "12/A", "withheld": "", "payer": "", "terms": "TP02", "means": "MP05"}
    stated = {"stated": "<ImportoTotaleDocumento>133.00</ImportoTotaleDocumento>", "due": "133.00"}
    return BODY.format(**usual | stated | changed)


def fattura(*bodies, seller="<Denominazione>Tipografia Monte Snc</Denominazione>", **changed):
    return FILE.format(seller=seller, bodies="".join(bodies or [body(**changed)]))


def test_every_field_is_found(find_fields):
    fields = find_fields(fattura())
    assert all(field.verified for field in fields.values())
    assert {name: field.value for name, field in fields.items()} == {
        "document_type": "invoice",
        "invoice_number": "12/A",
        "issue_date": date(2026, 2, 14),
        "due_date": date(2026, 3, 16),
        "currency": "EUR",
        "seller_name": "Tipografia Monte Snc",
        "seller_vat_id": "IT01234567897",
        "buyer_name": "Officina Lago Srl",
        "order_number": "ODA-5",
        "payment_reference": "RF-1",
        "iban": "IT60X0542811101000000123456",
        "net_total": Decimal("110.00"),
        "tax_total": Decimal("23.00"),
        "total": Decimal("133.00"),
        "tax_inclusive_total": Decimal("133.00"),
        "amount_due": Decimal("133.00"),
    }


def test_a_total_that_is_not_stated_is_the_sum_of_the_summary(find_values):
    assert Decimal("133.00") == find_values(fattura(stated=""))["total"]


def test_a_person_s_name_is_joined(find_values):
    assert find_values(fattura(seller="<Nome>Anna</Nome><Cognome>Riva</Cognome>"))["seller_name"] == "Anna Riva"


@pytest.mark.parametrize(
    ("withheld", "payer", "due"),
    [
        ("<DatiRitenuta><ImportoRitenuta>20.00</ImportoRitenuta></DatiRitenuta>", "", "113.00"),
        ("", "<EsigibilitaIVA>S</EsigibilitaIVA>", "111.00"),
    ],
    ids=["withholding tax", "split payment"],
)
def test_what_others_pay_is_no_contradiction(find_fields, withheld, payer, due):
    fields = find_fields(fattura(withheld=withheld, payer=payer, due=due))
    assert (Decimal(due), True) == (fields["amount_due"].value, fields["amount_due"].verified)
    assert Decimal("133.00") == fields["total"].value


def test_an_amount_due_that_does_not_follow_is_doubted(find_fields):
    assert not find_fields(fattura(due="99.00"))["amount_due"].verified


def test_an_instalment_is_not_the_amount_due(find_values):
    assert "amount_due" not in find_values(fattura(terms="TP01", due="60.00"))


def test_the_account_of_a_direct_debit_is_the_buyer_s(find_fields):
    fields = find_fields(fattura(means="MP19"))
    assert "iban" not in fields
    assert fields["debited_iban"].value == "IT60X0542811101000000123456"


def test_a_rounding_is_inside_the_stated_total(find_fields):
    stated = "<ImportoTotaleDocumento>133.50</ImportoTotaleDocumento><Arrotondamento>0.50</Arrotondamento>"
    field = find_fields(fattura(stated=stated))["total"]
    assert (Decimal("133.50"), True) == (field.value, field.verified)


@pytest.mark.parametrize(("kind", "told"), [("TD04", "credit_note"), ("TD05", "invoice"), ("TD24", "invoice")])
def test_the_kind_of_document_is_told_by_its_code(find_values, kind, told):
    assert told == find_values(fattura(kind=kind))["document_type"]


def test_a_credit_note_keeps_the_sign_of_its_file(find_values):
    values = find_values(fattura(kind="TD04", stated="<ImportoTotaleDocumento>-133.00</ImportoTotaleDocumento>"))
    assert (Decimal("-133.00"), "credit_note") == (values["total"], values["document_type"])


def test_of_several_bodies_the_first_is_read_and_nothing_of_the_others(find_values):
    values = find_values(fattura(body(number="1", terms="TP01"), body(number="2")))
    assert ("1", Decimal("110.00")) == (values["invoice_number"], values["net_total"])
    assert "amount_due" not in values


@pytest.mark.parametrize(("kind", "told"), [("TD07", "invoice"), ("TD08", "credit_note")])
def test_a_simplified_invoice_has_a_total_and_no_tax(find_values, kind, told):
    assert find_values(SIMPLIFIED.format(kind=kind)) == {
        "document_type": told,
        "invoice_number": "7",
        "issue_date": date(2026, 2, 14),
        "currency": "EUR",
        "seller_name": "Anna Riva",
        "seller_vat_id": "IT01234567897",
        "buyer_name": "Officina Lago Srl",
        "total": Decimal("30.50"),
        "tax_inclusive_total": Decimal("30.50"),
    }
