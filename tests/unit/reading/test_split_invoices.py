import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.reading.stack import MAX_INVOICES, split_invoices
from invoicewatch.records import Part

FATTURA = '<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">{}</p:FatturaElettronica>'
BODY = "<FatturaElettronicaBody/>"


def split(xml):
    return split_invoices({"a.xml": xml.encode()}, ExtractSettings())


def test_each_invoice_of_a_file_is_a_part_without_pages():
    assert split(FATTURA.format(BODY * 2)) == (Part(1, 2, ()), Part(2, 2, ()))


@pytest.mark.parametrize(
    "xml", [FATTURA.format(BODY), "<notes/>", "<broken", FATTURA.format(BODY * (MAX_INVOICES + 1))]
)
def test_a_file_of_one_invoice_of_none_or_of_far_too_many_is_one_record(xml):
    assert split(xml) == ()
