"""A sum that is carried from one page to the next is never the total, whatever the language calls it."""

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.labels.language import expand_phrase
from invoicewatch.extract.labels.load import load_languages
from invoicewatch.extract.total.extractor import TotalExtractor
from invoicewatch.records import Source

LANGUAGES = {language.code: language for language in load_languages()}
WIDTH = 70
PRINTED = [
    "Total c/f", "Total b/f", "C/F", "b/f", "Sub-total c/fwd", "Carried forward", "Balance brought forward",
    "Page total", "Übertrag", "Übertrag von Seite 1", "Zwischensumme Seite 1", "Übertrag netto", "À reporter",
    "Total reporté", "Report page 1", "Suma y sigue", "Total anterior", "A riportare", "Totale riportato",
    "Over te brengen", "Totaal transport", "A transportar", "Total transportado", "Razem do przeniesienia",
    "Celkem převod", "Súčet strany", "Átvitel összesen", "Total reportat", "Summa att överföra", "I alt overført",
    "Sum side 1", "Sivu yhteensä", "Toplam devreden", "Ukupno za prijenos",
]  # fmt: skip


@pytest.fixture
def find(draw, context):
    """The total of pages, each a list of a label and an amount a row."""

    def find(*pages, source=Source.TEXT_LAYER):
        texts = ["\n".join(f"{label:<{WIDTH}}{amount}" for label, amount in rows) for rows in pages]
        readings = [draw(text, page=number, source=source) for number, text in enumerate(texts, start=1)]
        total = TotalExtractor(ExtractSettings()).find(context(*readings))["total"]
        return total and str(total.value)

    return find


def list_goods(carried):
    return [("Trinex 12", "100.00"), ("Quimbo 34", "200.00"), (carried, "300.00")]


def list_carried(code):
    entries = LANGUAGES[code].tables["amounts"]["carried"]
    return [phrase for entry in entries for phrase in expand_phrase(entry)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_names_such_sums(code):
    assert list_carried(code)


@pytest.mark.parametrize("source", [Source.TEXT_LAYER, Source.OCR])
@pytest.mark.parametrize("carried", [*PRINTED, *(phrase for code in LANGUAGES for phrase in list_carried(code))])
def test_a_carried_sum_is_no_total_even_where_nothing_else_is_named(find, carried, source):
    first, last = list_goods(carried), [("Zarpo 56", "50.00")]
    assert "300.00" != find(first, source=source)
    assert "300.00" != find(first, [(carried, "300.00"), *last], source=source)


@pytest.mark.parametrize("carried", PRINTED)
def test_the_total_of_the_last_page_is_found_beside_carried_sums(find, carried):
    last = [(carried, "300.00"), ("Zarpo 56", "50.00"), ("Total", "350.00")]
    assert "350.00" == find(list_goods(carried), last)


@pytest.mark.parametrize("source", [Source.TEXT_LAYER, Source.OCR])
@pytest.mark.parametrize("label", ["Total CHF", "Total", "Grand total", "Gesamtbetrag", "Total à payer"])
def test_a_total_that_was_carried_before_is_the_total(find, label, source):
    assert "300.00" == find(list_goods("Carried forward"), [("Brought forward", "300.00"), (label, "300.00")])
    assert "300.00" == find([("Trinex 12", "300.00"), (label, "300.00")], source=source)
