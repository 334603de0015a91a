"""Lines and tax by rate in every syntax, on samples written after the specifications."""

from decimal import Decimal

import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.einvoice.extractor import find_stated_items
from invoicewatch.records import Source

UBL = """<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2">
 <DocumentCurrencyCode>EUR</DocumentCurrencyCode>
 <TaxTotal><TaxAmount currencyID="EUR">5.00</TaxAmount><TaxSubtotal><TaxableAmount>25.00</TaxableAmount>
  <TaxAmount>5.00</TaxAmount><TaxCategory><ID>S</ID><Percent>20</Percent></TaxCategory></TaxSubtotal></TaxTotal>
 <LegalMonetaryTotal><LineExtensionAmount>{line_sum}</LineExtensionAmount></LegalMonetaryTotal>
 <{kind}Line><{quantity} unitCode="H87">10</{quantity}><LineExtensionAmount>25.00</LineExtensionAmount>
  <Item><Description>of brass</Description><Name>Hinge</Name>
   <ClassifiedTaxCategory><ID>S</ID><Percent>20</Percent></ClassifiedTaxCategory></Item>
  <Price><PriceAmount>2.50</PriceAmount></Price></{kind}Line></Invoice>"""
CII = """<CrossIndustryInvoice xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">
 <SupplyChainTradeTransaction>
 <IncludedSupplyChainTradeLineItem><AssociatedDocumentLineDocument>{status}</AssociatedDocumentLineDocument>
  <SpecifiedTradeProduct><Name>Hinge</Name></SpecifiedTradeProduct>
  <SpecifiedLineTradeAgreement><NetPriceProductTradePrice><ChargeAmount>2.50</ChargeAmount>
   </NetPriceProductTradePrice></SpecifiedLineTradeAgreement>
  <SpecifiedLineTradeDelivery><BilledQuantity unitCode="H87">10</BilledQuantity></SpecifiedLineTradeDelivery>
  <SpecifiedLineTradeSettlement><ApplicableTradeTax><RateApplicablePercent>20</RateApplicablePercent>
   </ApplicableTradeTax><SpecifiedTradeSettlementLineMonetarySummation><LineTotalAmount>25.00</LineTotalAmount>
   </SpecifiedTradeSettlementLineMonetarySummation></SpecifiedLineTradeSettlement>
 </IncludedSupplyChainTradeLineItem>
 <ApplicableHeaderTradeSettlement><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>
  <ApplicableTradeTax><CalculatedAmount>5.00</CalculatedAmount><BasisAmount>25.00</BasisAmount>
   <CategoryCode>S</CategoryCode><RateApplicablePercent>20</RateApplicablePercent></ApplicableTradeTax>
 </ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></CrossIndustryInvoice>"""
ZUGFERD = """<CrossIndustryDocument xmlns="urn:ferd:CrossIndustryDocument:invoice:1p0">
 <SpecifiedSupplyChainTradeTransaction><ApplicableSupplyChainTradeSettlement>
  <ApplicableTradeTax><CalculatedAmount>5.00</CalculatedAmount><BasisAmount>25.00</BasisAmount>
   <CategoryCode>S</CategoryCode><ApplicablePercent>20</ApplicablePercent></ApplicableTradeTax>
  </ApplicableSupplyChainTradeSettlement>
 <IncludedSupplyChainTradeLineItem><AssociatedDocumentLineDocument><IncludedNote/></AssociatedDocumentLineDocument>
  </IncludedSupplyChainTradeLineItem>
 <IncludedSupplyChainTradeLineItem>
  <SpecifiedSupplyChainTradeAgreement><NetPriceProductTradePrice><ChargeAmount>2.50</ChargeAmount>
   </NetPriceProductTradePrice></SpecifiedSupplyChainTradeAgreement>
  <SpecifiedSupplyChainTradeDelivery><BilledQuantity unitCode="H87">10</BilledQuantity>
   </SpecifiedSupplyChainTradeDelivery>
  <SpecifiedSupplyChainTradeSettlement><ApplicableTradeTax><ApplicablePercent>20</ApplicablePercent>
   </ApplicableTradeTax><SpecifiedTradeSettlementMonetarySummation><LineTotalAmount>25.00</LineTotalAmount>
   </SpecifiedTradeSettlementMonetarySummation></SpecifiedSupplyChainTradeSettlement>
  <SpecifiedTradeProduct><Name>Hinge</Name></SpecifiedTradeProduct>
 </IncludedSupplyChainTradeLineItem></SpecifiedSupplyChainTradeTransaction></CrossIndustryDocument>"""
FATTURAPA = """<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">
 <FatturaElettronicaBody><DatiBeniServizi><DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Cerniera</Descrizione>
  <Quantita>10.00</Quantita><UnitaMisura>pz</UnitaMisura><PrezzoUnitario>2.50</PrezzoUnitario>
  <PrezzoTotale>25.00</PrezzoTotale><AliquotaIVA>20.00</AliquotaIVA></DettaglioLinee>
  <DatiRiepilogo><AliquotaIVA>20.00</AliquotaIVA><Natura>S</Natura><ImponibileImporto>25.00</ImponibileImporto>
  <Imposta>5.00</Imposta></DatiRiepilogo></DatiBeniServizi></FatturaElettronicaBody></p:FatturaElettronica>"""
FACTURAE = """<f:Facturae xmlns:f="http://www.facturae.es/Facturae/2014/v3.2.1/Facturae"><Invoices><Invoice>
 <TaxesOutputs><Tax><TaxTypeCode>01</TaxTypeCode><TaxRate>20.00</TaxRate>
  <TaxableBase><TotalAmount>25.00</TotalAmount></TaxableBase><TaxAmount><TotalAmount>5.00</TotalAmount></TaxAmount>
 </Tax></TaxesOutputs><InvoiceTotals><TotalGrossAmount>25.00</TotalGrossAmount></InvoiceTotals>
 <Items><InvoiceLine><ItemDescription>Bisagra</ItemDescription><Quantity>10</Quantity><UnitOfMeasure>01</UnitOfMeasure>
  <UnitPriceWithoutTax>2.50</UnitPriceWithoutTax><TotalCost>25.00</TotalCost><GrossAmount>25.00</GrossAmount>
  <TaxesOutputs><Tax><TaxRate>20.00</TaxRate></Tax></TaxesOutputs></InvoiceLine></Items>
 </Invoice></Invoices></f:Facturae>"""
EBINTERFACE = """<e:Invoice xmlns:e="http://www.ebinterface.at/schema/{version}/"><e:Details><e:ItemList><e:ListLineItem>
  <e:Description>Scharnier</e:Description><e:Quantity {mark}Unit="STK">10</e:Quantity>
  <e:UnitPrice>2.50</e:UnitPrice>{rate}<e:LineItemAmount>25.00</e:LineItemAmount></e:ListLineItem></e:ItemList></e:Details>
 <e:Tax>{tax}</e:Tax></e:Invoice>"""
NEW = {
    "mark": "",
    "rate": "<e:TaxItem><e:TaxPercent>20</e:TaxPercent></e:TaxItem>",
    "tax": '<e:TaxItem><e:TaxableAmount>25.00</e:TaxableAmount><e:TaxPercent TaxCategoryCode="S">20</e:TaxPercent>'
    "<e:TaxAmount>5.00</e:TaxAmount></e:TaxItem>",
}
OLD = {
    "mark": "e:",
    "rate": "<e:VATRate>20</e:VATRate>",
    "tax": "<e:VAT><e:VATItem><e:TaxedAmount>25.00</e:TaxedAmount><e:VATRate>20</e:VATRate><e:Amount>5.00</e:Amount>"
    "</e:VATItem></e:VAT>",
}
KSEF = """<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Fa>{groups}
 <FaWiersz><P_7>Zawias</P_7><P_8A>szt</P_8A><P_8B>10</P_8B><P_9A>2.50</P_9A><P_11>25.00</P_11><P_12>{rate}</P_12>
 </FaWiersz></Fa></Faktura>"""
GROUPS = "<P_13_1>100.00</P_13_1><P_14_1>22.00</P_14_1><P_13_6_1>4.00</P_13_6_1><P_13_7>3.00</P_13_7>"


def find(xml):
    stated = find_stated_items({}, {"invoice.xml": xml.encode()}, ExtractSettings())
    assert stated is not None
    return stated


@pytest.mark.parametrize(
    ("xml", "name", "unit", "category"),
    [
        (UBL.format(kind="Invoice", quantity="InvoicedQuantity", line_sum="25.00"), "Hinge", "H87", "S"),
        (
            UBL.format(kind="CreditNote", quantity="CreditedQuantity", line_sum="25.00").replace(
                "<Invoice xmlns", "<CreditNote xmlns"
            ).replace("</Invoice>", "</CreditNote>"),
            "Hinge",
            "H87",
            "S",
        ),
        (CII.format(status=""), "Hinge", "H87", "S"),
        (ZUGFERD, "Hinge", "H87", "S"),
        (FATTURAPA, "Cerniera", "pz", "S"),
        (FACTURAE, "Bisagra", "01", "01"),
        (EBINTERFACE.format(version="6p1", **NEW), "Scharnier", "STK", "S"),
        (EBINTERFACE.format(version="4p3", **OLD), "Scharnier", "STK", ""),
    ],
)  # fmt: skip
def test_a_line_and_its_tax_are_read_in_every_syntax(xml, name, unit, category):
    stated = find(xml)
    (line,), (tax,) = stated.lines, stated.taxes
    assert (name, Decimal(10), unit, Decimal("2.50")) == (line.description, line.quantity, line.unit, line.unit_price)
    assert (Decimal("25.00"), None, Decimal(20)) == (line.net, line.gross, line.rate)
    assert (category, Decimal(20), Decimal("25.00"), Decimal("5.00")) == (tax.category, tax.rate, tax.base, tax.tax)
    assert {(Source.E_INVOICE, True)} == {(line.source, line.verified), (tax.source, tax.verified)}


def test_a_line_names_its_element():
    assert (
        find(CII.format(status="")).lines[0].path == "(SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem)[1]"
    )
    assert find(ZUGFERD).lines[0].path.endswith("IncludedSupplyChainTradeLineItem)[2]")


@pytest.mark.parametrize("status", ["GROUP", "INFORMATION"])
def test_a_line_that_adds_up_others_or_only_informs_is_none(status):
    code = f"<LineStatusReasonCode>{status}</LineStatusReasonCode>"
    assert () == find(CII.format(status=code)).lines


def test_lines_that_do_not_make_their_stated_sum_are_not_verified():
    stated = find(UBL.format(kind="Invoice", quantity="InvoicedQuantity", line_sum="26.00"))
    assert [False] == [line.verified for line in stated.lines]
    assert [True] == [tax.verified for tax in stated.taxes]


def test_a_rate_of_ksef_is_told_by_its_place_and_its_tax():
    taxes = find(KSEF.format(groups=GROUPS, rate="22")).taxes
    assert [("22", "100.00", "22.00"), ("0", "4.00", "0.00"), ("None", "3.00", "0.00")] == [
        (str(tax.rate), str(tax.base), str(tax.tax)) for tax in taxes
    ]


def test_a_rate_that_is_a_word_is_none():
    (line,) = find(KSEF.format(groups="", rate="zw")).lines
    assert (None, Decimal("25.00"), "szt") == (line.rate, line.net, line.unit)


def test_a_simplified_invoice_of_italy_states_sums_with_tax():
    xml = """<p:FatturaElettronicaSemplificata xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0">
     <FatturaElettronicaBody><DatiBeniServizi><Descrizione>Pranzo</Descrizione><Importo>22.00</Importo>
     <DatiIVA><Aliquota>10.00</Aliquota></DatiIVA></DatiBeniServizi></FatturaElettronicaBody>
     </p:FatturaElettronicaSemplificata>"""
    (line,) = find(xml).lines
    assert (None, Decimal("22.00"), Decimal(10)) == (line.net, line.gross, line.rate)
    assert line.amount == line.gross


def test_files_that_are_no_e_invoice_state_nothing():
    assert find_stated_items({}, {"a.xml": b"<a/>"}, ExtractSettings()) is None
