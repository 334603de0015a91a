"""Labels are found despite misreadings, and the longer label wins."""

import pytest

from invoicewatch.errors import ConfigError
from invoicewatch.extract.page.labels import LANGUAGES, LabelTable, find_labels, load_labels, parse_labels, skeleton_of
from invoicewatch.extract.page.layout import view_page
from invoicewatch.records import Source

TABLES = ("amounts", "currency", "dates", "months")


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


def test_a_text_layer_has_no_misreadings(roles_on):
    assert [] == roles_on("Totol 12.00", source=Source.TEXT_LAYER)


def test_a_label_does_not_run_across_columns(roles_on):
    assert ["total"] == roles_on("Total                 Amount")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_speaks_six_languages(name):
    languages = {phrase.language for phrase in load_labels(name).whole.values()}
    assert set(LANGUAGES) - {"nl", "it"} <= languages


@pytest.mark.parametrize("text", ['[total]\nxx = ["a"]', '[total]\nen = "a"', 'total = ["a"]', "[total"])
def test_a_broken_table_is_refused_with_its_place(text):
    with pytest.raises(ConfigError, match=r"labels/broken\.toml"):
        parse_labels(text, "labels/broken.toml")


def test_case_accents_and_confusions_do_not_count():
    assert skeleton_of("Échéance 1") == skeleton_of("ECHEANCE I")


def test_of_two_phrases_alike_the_first_stays():
    table = LabelTable.of(parse_labels('[a]\nen = ["sum"]\n[b]\nde = ["SUM"]', "x"))
    assert "a" == table.whole["sum"].role
