# ruff: noqa: RUF001 - documents really hold these dashes and blanks
"""Amounts in the ways of many countries and of careless printers."""

from decimal import Decimal

import pytest

from invoicewatch.extract.amounts.parse import parse_amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,22,999.66", "122999.66"),
        ("12,34,567", "1234567"),
        ("Rs.1,04,237.00", "104237.00"),
        ("9,99,99,999.00", "99999999.00"),
    ],
)
def test_lakhs_and_crores(text, expected):
    parsed = parse_amount(text)
    assert (Decimal(expected), False) == (parsed.value, parsed.repaired)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.250,-", "3250"),
        ("45,--", "45"),
        ("300.––", "300"),
        ("45.-", "45"),
        ("25:-", "25"),
        ("45,=", "45"),
        ("1'250.-", "1250"),
        ("CHF 45.-", "45"),
        ("45,- €", "45"),
    ],
)
def test_a_dash_stands_for_cents_that_are_none_and_is_no_minus(text, expected):
    parsed = parse_amount(text)
    assert (Decimal(expected), 2) == (parsed.value, parsed.decimals)


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("R14374.50", "14374.50", "ZAR"),
        ("R14 374.50", "14374.50", "ZAR"),
        ("Rs.500", "500", "INR"),
        ("EUR12.00", "12.00", "EUR"),
        ("12.00€", "12.00", "EUR"),
        ("RM5.00", "5.00", "MYR"),
        ("kr 12,50", "12.50", "SEK"),
        ("12.50kr", "12.50", "SEK"),
        ("USD$29.01", "29.01", "USD"),
        ("1.250 Ft", "1250", "HUF"),
        ("S/ 12.50", "12.50", "PEN"),
        ("12,00kn", "12.00", "HRK"),
    ],
)
def test_a_currency_glued_to_the_figure(text, expected, code):
    parsed = parse_amount(text)
    assert (Decimal(expected), code) == (parsed.value, parsed.currency)


@pytest.mark.parametrize("text", ["R 5", "R2", "CR", "12.-13."])
def test_what_only_looks_like_one(text):
    with pytest.raises(ValueError, match="no amount"):
        parse_amount(text)


def test_a_tax_code_after_an_amount_is_no_currency():
    assert (Decimal("12.00"), "") == parse_amount("12.00 R")[::5]


@pytest.mark.parametrize("text", ["|129.15|", "***129.15", "=129.15", "[129.15]", "129.15|"])
def test_borders_and_marks_are_no_digits(text):
    assert Decimal("129.15") == parse_amount(text).value


@pytest.mark.parametrize("text", ["|29.15", "29.15|"])
def test_a_border_on_one_side_may_be_a_digit_and_is_said_to_be_mended(text):
    assert parse_amount(text).repaired


@pytest.mark.parametrize("text", ["129.15-", "(129.15)", "129.15CR", "129.15 Cr", "-129.15", "−129.15"])
def test_every_way_to_take_away(text):
    assert Decimal("-129.15") == parse_amount(text).value


@pytest.mark.parametrize("blank", ["\u00a0", "\u2009", "\u202f", "'", "\u2019", "´"])
def test_thin_blanks_and_every_apostrophe_part_thousands(blank):
    assert Decimal("1234.56") == parse_amount(f"1{blank}234,56").value
