"""Labels are found despite misreadings, and the longer label wins."""

import pytest

from invoicewatch.extract.page.labels import LabelTable, Phrase, find_labels, load_labels, skeleton_of
from invoicewatch.extract.page.layout import view_page
from invoicewatch.records import Source


@pytest.fixture
def roles_on(draw):
    def find(text, source=Source.OCR):
        return [label.role for label in find_labels(view_page(draw(text, source=source)), load_labels("amounts"))]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Total 12.00", ["total"]),
        ("T0tal Arnount 12.00", ["total"]),
        ("TOTALRM 12.00", ["total"]),
        ("Total Qty 3", ["no_total"]),
        ("Summe netto: 496,00", ["net"]),
        ("Zu zahlen 12,00", ["payable"]),
        ("Net à payer 12,00", ["payable"]),
        ("Totale da pagare 12,00", ["payable"]),
        ("Te betalen 12,00", ["payable"]),
        ("Total a pagar 12,00", ["payable"]),
        ("Rechnungsnummer 471102", ["no_total"]),
        ("Hello world", []),
    ],
)
def test_labels_on_a_scan(roles_on, text, expected):
    assert expected == roles_on(text)


@pytest.mark.parametrize("text", ["Total€ 12.00", "TotalEUR", "TOTALCHF 12.00", "Total (EUR)", "Total€", "Total EUR"])
def test_a_currency_clings_to_a_label(roles_on, text):
    assert ["total"] == roles_on(text)


@pytest.mark.parametrize("text", ["Devise", "Angebote", "Contracte", "Devise  Angebote 12,00"])
def test_the_last_letter_of_a_word_is_no_currency(draw, text):
    page = view_page(draw(text, source=Source.TEXT_LAYER))
    assert [] == find_labels(page, load_labels("kinds"))


@pytest.mark.parametrize(
    "text",
    [
        "10:40PM TOTAL DUE 12.00", "9:05:11 TOTAL 12.00", "10:40 PM TOTAL 12.00", "XXX TOTAL 3.00", "*** TOTAL * 1.00",
        "# TOTAL 5.00", "EUR TOTAL 5.00", "€ TOTAL 5.00", "RM Total 5.00",
    ],
)  # fmt: skip
def test_what_says_nothing_does_not_keep_a_label_from_leading(draw, text):
    labels = find_labels(view_page(draw(text, source=Source.OCR)), load_labels("amounts"))
    assert [True] == [label.leads for label in labels]


@pytest.mark.parametrize("text", ["Body lotion Total 5.00", "2 Total body wash 5.00", "x Total 5.00"])
def test_words_and_quantities_before_a_label_count(draw, text):
    labels = find_labels(view_page(draw(text, source=Source.OCR)), load_labels("amounts"))
    assert not any(label.leads for label in labels)


def test_a_text_layer_has_no_misreadings(roles_on):
    assert [] == roles_on("Totol 12.00", source=Source.TEXT_LAYER)


def test_a_label_does_not_run_across_columns(roles_on):
    assert ["total"] == roles_on("Total                 Amount")


def test_case_accents_and_confusions_do_not_count():
    assert skeleton_of("Échéance 1") == skeleton_of("ECHEANCE I")
    assert skeleton_of("Beløb") == skeleton_of("BELOB")
    assert skeleton_of("Fatura tarihi") == skeleton_of("FATURA TARİHİ")
    assert skeleton_of("Nakit al\N{LATIN SMALL LETTER DOTLESS I}nan") == skeleton_of("NAKIT ALINAN")


def test_of_two_phrases_alike_the_first_stays():
    first, second = Phrase("a", "en", "sum", "sum"), Phrase("b", "de", "SUM", "sum")
    assert "a" == LabelTable.of([first, second]).whole["sum"].role


def test_roles_come_before_languages():
    """Of one phrase in two roles, the role named first in roles.toml keeps it, whatever the languages."""
    assert ("total", "en") == load_labels("amounts").whole[skeleton_of("total")][:2]
    assert "discount" == load_labels("amounts").whole[skeleton_of("escompte")].role
