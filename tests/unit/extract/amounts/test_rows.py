"""Figures are found on rows of words, also when they are spread over several."""

from decimal import Decimal

import pytest

from invoicewatch.extract.amounts.rows import find_amounts
from invoicewatch.extract.page.layout import view_page
from invoicewatch.records import Source


@pytest.fixture
def money_on(draw):
    def find(text):
        page = view_page(draw(text, source=Source.OCR))
        return [str(amount.value) for amount in find_amounts(page.rows[0], page.char_width) if amount.is_money]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gesamt 1 234,56", ["1234.56"]),
        ("Total RM 50 .00", ["50.00"]),
        ("Total 50. 00", ["50.00"]),
        ("Cash - 51.00", ["-51.00"]),
        ("1 X      17.41        17.41 S", ["17.41", "17.41"]),
        ("Summe 12,00 € 19 % 2,28 €", ["12.00", "2.28"]),
        ("Tel. 03-2164 1400", []),
        ("Total $ 1 29 . 1 5", ["129.15"]),
        ("Total 1 2 9 , 1 5", ["129.15"]),
        ("2 1 12.50", ["12.50"]),
        ("Total 50.00 CR", ["-50.00"]),
        ("TAX (25%): 10,75", ["10.75"]),
        ("Sum | 129.15 |", ["129.15"]),
        ("on 12.05.2018 at 10:30", []),
    ],
)
def test_money_on_a_row(money_on, text, expected):
    assert expected == money_on(text)


def test_what_another_engine_read_is_kept_as_another_value(draw):
    page = view_page(draw("Total 34.00", source=Source.OCR))
    word = page.rows[0].words[1]
    assert Decimal("34.00") == find_amounts(page.rows[0], page.char_width)[0].value
    assert word.text == "34.00"
