"""Labels, headings of tables and the formulas of letters are no names."""

import pytest

from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.page.wording import find_block_ends, is_wording
from invoicewatch.records import Source


@pytest.fixture
def is_wording_line(draw):
    def judge(text, source=Source.TEXT_LAYER):
        (row,) = view_page(draw(text, source=source)).rows
        return is_wording(row, 0, len(row.words))

    return judge


@pytest.mark.parametrize(
    "text",
    [
        "Date",
        "Invoice no:",
        "Ligne Libellé",
        "Line Details",
        "Pos. Bezeichnung",
        "Date de livraison",
        "Kind regards",
        "Kind regards, Ann Lee",
        "Mit freundlichen Grüßen",
        "Veuillez agréer nos salutations distinguées.",
        "Dear customer,",
        "Sehr geehrte Damen und Herren,",
    ],
)
def test_labels_and_formulas_are_no_names(is_wording_line, text):
    assert is_wording_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kiosk am Hafen",
        "Quillstone Hardware",
        "Description GmbH",
        "Kind Regards Ltd",
        "Dear Foods",
        "Line 7 Coffee House",
    ],
)
def test_names_that_hold_such_words_stay_names(is_wording_line, text):
    assert not is_wording_line(text)


def test_a_label_that_ocr_misread_is_still_one(is_wording_line):
    assert is_wording_line("lnvoice datc", Source.OCR)
    assert not is_wording_line("lnvoice datc", Source.TEXT_LAYER)


def test_a_partys_block_ends_at_the_head_of_a_table_and_at_a_letters_formulas(draw):
    page = view_page(draw("Acme Ltd\nQty   Description   Price\n2  Paper  3.00\nDear Sir or Madam,\nYours faithfully"))
    assert [1, 3, 4] == find_block_ends(page)
