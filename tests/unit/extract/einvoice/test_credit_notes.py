"""One rule for what gives money back, over all syntaxes: the code says so, or a total below zero, or the element."""

from decimal import Decimal

import pytest

from tests.unit.extract.einvoice.syntaxes.test_ebinterface import ebinterface
from tests.unit.extract.einvoice.syntaxes.test_facturae import facturae
from tests.unit.extract.einvoice.syntaxes.test_fatturapa import SIMPLIFIED, fattura
from tests.unit.extract.einvoice.syntaxes.test_ksef import faktura
from tests.unit.extract.einvoice.test_extractor import ZUGFERD_1, cii, ubl


def negate_ubl(xml):
    return xml.replace('"NOK">', '"NOK">-')


CASES = {
    "CII 380": (cii("380"), "119.00", "invoice"),
    "CII 381": (cii("381"), "119.00", "credit_note"),
    "CII 384 upwards": (cii("384"), "119.00", "invoice"),
    "CII 384 downwards": (cii("384").replace(">119.02<", ">-119.02<"), "-119.04", "credit_note"),
    "CII 389, self-billed": (cii("389"), "119.00", "invoice"),
    "CII 261, self-billed": (cii("261"), "119.00", "credit_note"),
    "ZUGFeRD 1 380 below zero": (ZUGFERD_1, "-8.79", "credit_note"),
    "UBL 380": (ubl(), "125.00", "invoice"),
    "UBL 380 below zero": (negate_ubl(ubl()), "-125.00", "credit_note"),
    "UBL 384 upwards": (ubl(code="384"), "125.00", "invoice"),
    "UBL 384 downwards": (negate_ubl(ubl(code="384")), "-125.00", "credit_note"),
    "UBL 389, self-billed": (ubl(code="389"), "125.00", "invoice"),
    "UBL 381": (ubl("CreditNote", "381"), "125.00", "credit_note"),
    "UBL 381 below zero": (negate_ubl(ubl("CreditNote", "381")), "-125.00", "credit_note"),
    "UBL 261, self-billed": (ubl("CreditNote", "261"), "125.00", "credit_note"),
    "FatturaPA TD01": (fattura(), "133.00", "invoice"),
    "FatturaPA TD04": (fattura(kind="TD04"), "133.00", "credit_note"),
    "FatturaPA simplified TD08": (SIMPLIFIED.format(kind="TD08"), "30.50", "credit_note"),
    "KSeF KOR upwards": (faktura(kind="KOR"), "130.00", "invoice"),
    "KSeF KOR downwards": (faktura(kind="KOR", total="-130.00"), "-130.00", "credit_note"),
    "Facturae OO": (facturae(), "106.00", "invoice"),
    "Facturae OR upwards": (facturae(kind="OR"), "106.00", "invoice"),
    "Facturae OR downwards": (facturae(kind="OR", total="-106.00"), "-106.00", "credit_note"),
    "ebInterface": (ebinterface(), "131.00", "invoice"),
    "ebInterface CreditMemo": (ebinterface().replace('"Invoice"', '"CreditMemo"'), "131.00", "credit_note"),
}


@pytest.mark.parametrize(("xml", "total", "kind"), CASES.values(), ids=CASES)
def test_what_gives_money_back_is_a_credit_note_and_keeps_its_signs(find_values, xml, total, kind):
    values = find_values(xml)
    assert (Decimal(total), kind) == (values["total"], values["document_type"])
