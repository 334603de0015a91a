from datetime import date
from decimal import Decimal

import pytest

from invoicewatch.samples.invent.formats import NBSP, MoneyStyle, NumberStyle, write_date


@pytest.mark.parametrize(
    ("group", "decimal", "written"),
    [(",", ".", "1,234.56"), (".", ",", "1.234,56"), (NBSP, ",", f"1{NBSP}234,56"), ("'", ".", "1'234.56")],
)
def test_numbers_are_written_in_all_four_styles(group, decimal, written):
    assert NumberStyle(group, decimal).write(Decimal("1234.56")) == written


def test_money_puts_the_minus_sign_before_the_currency():
    assert MoneyStyle(NumberStyle(",", "."), "${}").write(Decimal("-1234.5")) == "-$1,234.50"


@pytest.mark.parametrize(
    ("style", "language", "written"),
    [
        ("d.m.Y", "de", "01.03.2024"),
        ("m/d/Y", "en", "03/01/2024"),
        ("iso", "en", "2024-03-01"),
        ("long", "de", "1. März 2024"),
        ("long", "fr", "1er mars 2024"),
        ("long", "en", "1 March 2024"),
        ("d-mon-Y", "en", "01-MAR-2024"),
        ("mon d, Y", "en", "March 1, 2024"),
    ],
)
def test_dates_are_written_as_each_country_does(style, language, written):
    assert write_date(date(2024, 3, 1), style, language) == written
