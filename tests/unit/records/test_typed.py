from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.records.typed import TypedValueError, parse_typed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.50", "12.50"),
        ("12,50", "12.50"),
        ("1250", "1250"),
        ("1,250.00", "1250.00"),
        ("1.250,00", "1250.00"),
        ("1 250,5", "1250.5"),
        ("1'234'567.05", "1234567.05"),
        ("1,234,567", "1234567"),
        ("-5", "-5"),
        (" 0.10 ", "0.10"),
    ],
)
def test_an_amount_is_read_however_it_is_written(text, expected):
    assert Decimal(expected) == parse_typed("total", text)


@pytest.mark.parametrize("text", ["", "abc", "1.250", "1,250", "12.", "1..2", "NaN", "1e5", "$12"])
def test_an_amount_that_is_none_or_could_be_two_is_refused(text):
    with pytest.raises(TypedValueError):
        parse_typed("total", text)


@pytest.mark.parametrize("text", ["9" * 16, "9" * 5000, "1." + "9" * 11, "1.000" * 6 + ",00"])
def test_an_amount_that_is_longer_than_any_is_refused(text):
    with pytest.raises(TypedValueError, match="longer"):
        parse_typed("total", text)
    assert Decimal("-999999999999999.99") == parse_typed("total", "-0999999999999999.99")


@pytest.mark.parametrize("text", ["2024-03-05", "5.3.2024", "05.03.2024", "5.3.24", "5. 3. 2024"])
def test_a_date_is_read(text):
    assert date(2024, 3, 5) == parse_typed("issue_date", text)


@pytest.mark.parametrize("text", ["03/05/2024", "2024-13-01", "31.2.2024", "5.3.024", "yesterday"])
def test_a_date_that_is_none_or_could_be_two_is_refused(text):
    with pytest.raises(TypedValueError):
        parse_typed("issue_date", text)


def test_a_name_that_is_longer_than_any_is_refused():
    assert parse_typed("seller_name", "a" * 1000) == "a" * 1000
    with pytest.raises(TypedValueError, match="longer than 1000"):
        parse_typed("seller_name", "a" * 1001)


def test_text_and_currency():
    assert parse_typed("currency", "eur") == "EUR"
    assert parse_typed("seller_name", " Acme Ltd ") == "Acme Ltd"
    with pytest.raises(TypedValueError, match="no currency"):
        parse_typed("currency", "€")
    with pytest.raises(TypedValueError, match="no field 'totale'"):
        parse_typed("totale", "5")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_we_print_can_be_typed(amount):
    assert parse_typed("total", format(amount, "f")) == amount
    assert parse_typed("total", f"{amount:,f}") == amount
