"""Sums under headings are proved where net and tax on one row make the total, and nothing else is called a total."""

from decimal import Decimal

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.total.extractor import TotalExtractor

TABLES = {
    "de": "Netto            MwSt            Brutto\n1.250,00         237,50          1.487,50",
    "en": "Net amount       VAT             Total\n1,250.00         250.00          1,500.00",
    "fr": "Total HT         TVA             Total TTC\n1 250,00         250,00          1 500,00",
    "it": "Imponibile       IVA             Totale\n1.250,00         275,00          1.525,00",
    "es": "Base imponible   IVA             Total\n1.250,00         262,50          1.512,50",
    "nl": "Netto            BTW             Totaal\n1.250,00         262,50          1.512,50",
}
TOTALS = {"de": "1487.50", "en": "1500.00", "fr": "1500.00", "it": "1525.00", "es": "1512.50", "nl": "1512.50"}


@pytest.fixture
def find(draw, context):
    def find(text, **options):
        return TotalExtractor(ExtractSettings()).find(context(draw(text, **options)))

    return find


@pytest.mark.parametrize("language", TABLES)
def test_a_row_that_closes_under_its_headings_is_proved(find, language):
    found = find(TABLES[language])
    assert Decimal(TOTALS[language]) == found["total"].value
    assert [found[name].verified for name in ("total", "net_total", "tax_total")] == [True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        TABLES["de"].replace("1.487,50", "1.488,50"),
        TABLES["de"].replace("237,50", "250,00").replace("1.487,50", "1.500,00") + "\nRechnungsbetrag 1.600,00",
        "Netto            MwSt            Brutto\n1.250,00         0,00          1.250,00",
        "Netto            MwSt            Brutto\n1.250,00         111,11          1.361,11",
        TABLES["de"] + "\n100,00           19,00           119,00",
    ],
    ids=["does not close", "another total", "no tax", "no rate in force", "two rates"],
)
def test_what_could_be_the_sum_of_something_else_is_not(find, text):
    found = find(text)["total"]
    assert found is None or not found.verified
