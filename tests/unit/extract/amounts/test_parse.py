"""Amounts are read in every way of writing them, and mended only where one meaning is possible."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.extract.amounts.parse import parse_amount

CENTS = st.integers(min_value=0, max_value=999_999_999).map(lambda cents: Decimal(cents).scaleb(-2))


def write_grouped(value, group, sign):
    whole, cents = f"{value:,.2f}".split(".")
    return whole.replace(",", group) + sign + cents


@pytest.mark.parametrize(("group", "sign"), [(",", "."), (".", ","), (" ", ","), ("'", "."), ("", "."), ("", ",")])
@given(value=CENTS)
def test_every_separator_gives_the_same_value(group, sign, value):
    assert value == parse_amount(write_grouped(value, group, sign)).value


@given(value=CENTS, before=st.sampled_from(["RM", "RM ", "€ ", "EUR ", "$", "CHF ", "Fr. ", "kr "]))
def test_currency_before_the_amount_is_named_and_taken_off(value, before):
    parsed = parse_amount(f"{before}{value}")
    assert (value, True) == (parsed.value, bool(parsed.currency))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-5.00", "-5.00"),
        ("5.00-", "-5.00"),
        ("(5.00)", "-5.00"),
        ("-RM 5.00", "-5.00"),
        ("\u221212,50 €", "-12.50"),
        ("6.62-", "-6.62"),
    ],
)
def test_signs_stand_on_either_side(text, expected):
    assert Decimal(expected) == parse_amount(text).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1O.50", "10.50"), ("RMO.00", "0.00"), ("l2,5O", "12.50"), ("12..50", "12.50"), ("1.234.56", "1234.56")],
)
def test_damage_is_mended_and_said_so(text, expected):
    parsed = parse_amount(text)
    assert (Decimal(expected), True) == (parsed.value, parsed.repaired)


@pytest.mark.parametrize("text", ["Invoice", "SO.OO", "20.12.2018", "12:30", "1234567890128", "A-12", "", "..", "O.OO"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="no amount"):
        parse_amount(text)


def test_a_thousand_or_one_and_a_bit_keeps_both_readings():
    parsed = parse_amount("1.234")
    assert (Decimal(1234), Decimal("1.234")) == (parsed.value, parsed.other)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text):
    with suppress(ValueError):
        assert parse_amount(text).value.is_finite()


@pytest.mark.parametrize("text", ["422,22€,", "422,22 EUR,", "422,22€.", "€ 422,22,"])
def test_the_sign_of_a_sentence_after_an_amount_is_no_part_of_it(text):
    parsed = parse_amount(text)
    assert (Decimal("422.22"), "EUR") == (parsed.value, parsed.currency)
