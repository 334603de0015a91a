import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.correct.numbers import find_repair, learn_decimal_sign


@pytest.mark.parametrize(
    ("token", "sign", "expected"),
    [
        ("RMO.00", ".", "RM0.00"),
        ("RMI3.70", ".", "RM13.70"),
        ("o.00", "", "0.00"),
        ("5,90", ".", "5.90"),
        ("1.234.56", ".", "1,234.56"),
        ("1.234,5O", ",", "1.234,50"),
        ("€1O,50", "", "€10,50"),
        ("(l2.50)", "", "(12.50)"),
        ("1O:30", "", "10:30"),
        ("l.50", ".", "1.50"),
        ("3l.12.2024", "", "31.12.2024"),
        ("2024-O1-31", "", "2024-01-31"),
    ],
)
def test_an_impossible_figure_with_one_possible_reading_is_that(token, sign, expected):
    assert find_repair(token, sign) == expected


@pytest.mark.parametrize(
    ("token", "sign"),
    [
        ("5.90", "."),  # possible as it is
        ("5,90", ""),  # the page does not say what a comma means
        ("5,90", ","),
        ("S.90", "."),  # 5 or 8
        ("RMO0.00", "."),  # no amount begins with an idle zero
        ("1O", "."),  # a quantity, a code: no shape
        ("R0001O2", "."),
        ("DE123456789", ","),
        ("lO/OZ/ZOl8", ""),  # more letters than digits
        ("32/1O/2018", ""),  # no such day, whatever the letter
        ("0,5l", ""),  # half a litre
        ("0,5I", ","),
        ("1.5|", "."),
        ("2.5A", "."),
        ("(0.5D)", "."),
        ("|42,46", ","),  # 142,46, or 42,46 beside a table's rule
        ("l0:30", ""),
        ("OIL", "."),
        ("", "."),
        (".", "."),
    ],
)
def test_all_else_stays(token, sign):
    assert find_repair(token, sign) is None


@given(st.text(max_size=12), st.sampled_from([".", ",", ""]))
def test_a_repair_is_itself_beyond_repair(token, sign):
    repaired = find_repair(token, sign)
    assert repaired is None or find_repair(repaired, sign) is None


def test_the_decimal_sign_needs_three_proofs_and_no_strong_rival():
    assert learn_decimal_sign(["1.20", "RM3.40", "5.60", "12,00"]) == "."
    assert learn_decimal_sign(["1,20", "3,40", "€", "1.005,60"]) == ","
    assert learn_decimal_sign(["1.20", "3.40"]) == ""
    assert learn_decimal_sign(["1.20", "3.40", "5.60", "1,20", "3,40"]) == ""


def test_a_currency_of_point_countries_settles_a_close_vote():
    close = ["5.90", "1.20", "3.40", "2,50", "7,10"]
    assert learn_decimal_sign(close) == ""
    assert learn_decimal_sign([*close, "(RM)"]) == "."
    assert learn_decimal_sign([*close, "RM6,00"]) == "."
    assert learn_decimal_sign([*close, "CHF"]) == ""
    assert learn_decimal_sign([*close, "RM", "8,90", "9,90"]) == ""
