import pytest

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors


@pytest.fixture
def tell(draw, context):
    def tell(*pictures):
        pages = [draw(picture, page=n) for n, picture in enumerate(pictures, start=1)]
        return find_fields(context(*pages), load_extractors(ExtractSettings()))["document_type"]

    return tell


INVOICE = "RECHNUNG\n\nRechnungsnummer 4711\nLieferschein-Nr. 12\nSumme 119,00"
CREDIT_NOTE = "Gutschrift Nr. 12\nzur Rechnung Nr. 4711 vom 05.03.2026\nGesamtbetrag -119,00"
REMINDER = "2. Mahnung\nRechnung Nr. 4711 vom 05.03.2026\nMahngebühr 5,00\nGesamtbetrag 124,00"
RECEIPT = "YONG ENTERPRISE\nRECEIPT\nCashier: Ann\nTotal 9.50\nCash 10.00\nChange 0.50"
LETTER = """
Sehr geehrte Damen und Herren,

vielen Dank für Ihre Rechnung 4711 vom 5. März. Wir bitten um Geduld.

Mit freundlichen Grüßen
"""
CONTRACT = "MIETVERTRAG\n\nzwischen Anna Adler und Bernd Busch\nDie Miete beträgt 850,00 Euro monatlich."
QUOTE = "ANGEBOT\nNr. 2026-12\nGesamtbetrag 1.190,00 EUR\nDie Rechnung folgt nach Lieferung."


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (INVOICE, "invoice"),
        (CREDIT_NOTE, "credit_note"),
        (REMINDER, "reminder"),
        (RECEIPT, "receipt"),
        (LETTER, "other"),
        (CONTRACT, "other"),
        (QUOTE, "other"),
        ("Facture FA-12\nTotal TTC 12,00", "invoice"),
        ("Avoir AV-3\nFacture liée FA-12", "credit_note"),
        ("FACTUUR\nTotaal 12,00", "invoice"),
        ("Schlussrechnung (456) Nr. 12 vom 05.03.2026", "invoice"),
        ("Corner shop\nMilk 1.20\nTotal 1.20", "receipt"),
        ("Invoice date   12.03.2026\n\nDear Sir or Madam,\nwe have moved.\nYours sincerely", "other"),
        ("TAX INVOICE\nTotal 9.50\nCash 10.00\nChange 0.50", "receipt"),
        ("1. Mahnung\nSehr geehrte Damen und Herren,\nunsere Rechnung 57 ist offen.", "reminder"),
        ("Dear friends, here is our news", "other"),
        ("Three onions\ntwo carrots\nhave fun with it", "other"),
        ("Books of the library\nLe rappel des oiseaux\nThe invoice of life", "other"),
    ],
)
def test_the_kind_of_paper_is_told(tell, picture, kind):
    assert tell(picture).value == kind


def test_a_title_in_a_text_layer_is_verified_and_a_guess_is_not(tell):
    assert tell(INVOICE).verified
    assert not tell("Corner shop\nTotal 1.20").verified


def test_a_later_page_may_name_it(tell):
    assert tell("Cover sheet", INVOICE).value == "invoice"


def test_an_empty_document_has_no_kind(tell):
    assert tell("") is None
