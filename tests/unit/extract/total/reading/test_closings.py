"""Sums that close are found, and those that close on anything prove nothing."""

from decimal import Decimal

import pytest

from invoicewatch.extract.page.labels import load_labels
from invoicewatch.extract.page.layout import view_page
from invoicewatch.extract.total.reading.claims import find_claims
from invoicewatch.extract.total.reading.closings import find_closings
from invoicewatch.extract.total.reading.sheet import find_tax_tables, view_sheets
from invoicewatch.extract.total.reading.tax import find_tax_rows, is_plausible_tax


@pytest.fixture
def sheets_of(draw):
    return lambda text: view_sheets([view_page(draw(text))], load_labels("amounts"))


@pytest.fixture
def closings_of(sheets_of):
    def find(text, currency=""):
        sheets = sheets_of(text)
        claims = [claim for sheet in sheets for claim in find_claims(sheet)]
        closings = find_closings(sheets, claims, currency)
        return {(str(closing.kind), str(closing.total), closing.strict) for closing in closings}

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cash   50.00\nChange   19.00\nTotal   31.00", ("cash less change", "31.00", True)),
        ("Total   31.00\nCash   31.00\nChange   0.00", ("cash less change", "31.00", False)),
        ("Net amount   100.00\nVAT 19%   19.00\nTotal   119.00", ("net + tax", "119.00", True)),
        ("Subtotal  50.00\nDiscount  5.00\nTotal  45.00", ("subtotal + discount", "45.00", True)),
        ("Subtotal  -50.00\nDiscount  5.00\nTotal  -45.00", ("subtotal + discount", "-45.00", True)),
        ("Coffee   3.00\nBread   4.50\nTotal   7.50", ("lines", "7.50", True)),
        ("Total  102.39\nRounding  0.01\nTotal due  102.40", ("total + rounding", "102.40", True)),
        ("Total  100.00\nDeposit  30.00\nAmount due  70.00", ("due + prepaid", "100.00", True)),
        ("6 %   52.00   3.12\nTotal   55.12", ("bases and taxes by rate", "55.12", True)),
        (
            "Total 0% supplies  11.68\nTotal 6% supplies (incl. GST)  7.63\nTotal payable  19.31",
            ("parts", "19.31", True),
        ),
    ],
)
def test_what_closes(closings_of, text, expected):
    assert expected in closings_of(text)


def test_what_is_carried_over_is_counted_once(closings_of):
    text = "Coffee   3.00\nBread   4.50\nCarried forward   7.50\nTea   2.50\nTotal   10.00"
    assert ("lines", "10.00", True) in closings_of(text)


def test_a_rounding_is_added_after_the_total_that_it_rounds(closings_of):
    text = "Subtotal  4.69\nRounding  0.01\nTotal  4.70"
    assert not [closing for closing in closings_of(text) if closing[1] == "4.69"]


def test_a_tax_higher_than_anyone_levies_is_none(closings_of):
    assert not [c for c in closings_of("Net amount  59.50\nTax  59.50\nTotal  119.00") if "tax" in c[0]]
    assert is_plausible_tax(Decimal(19), Decimal(100))
    assert not is_plausible_tax(Decimal(40), Decimal(100))


def test_tax_rows_need_no_rate_if_one_in_use_fits(sheets_of):
    rows = find_tax_rows(sheets_of("SR   52.00   3.12"))
    assert [(Decimal(6), Decimal("52.00"), Decimal("3.12"))] == [(r.rate, r.base.value, r.tax.value) for r in rows]


def test_a_table_of_tax_ends_where_other_sums_begin(sheets_of):
    sheet = sheets_of("GST summary\nSR 6%   52.00   3.12\nTotal   52.00   3.12\nCash   60.00\nTotal   55.12")[0]
    assert {0, 1, 2} == find_tax_tables(sheet)


@pytest.mark.parametrize(("currency", "rounds"), [("SEK", True), ("EUR", False), ("", False)])
def test_how_much_rounding_may_change_is_the_currencys(closings_of, currency, rounds):
    closings = closings_of("Milk 12.00\nBread 13.40\nTotal 25.40\n-0.40\nTotal 25.00", currency)
    assert rounds is (("total + rounding", "25.00", True) in closings)
