"""Net and tax are the pair that makes the total; what stands nowhere is said to be reckoned, and never verified."""

import pytest

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.total.extractor import TotalExtractor


@pytest.fixture
def find(draw, context):
    return lambda text: TotalExtractor(ExtractSettings()).find(context(draw(text)))


def parts(fields):
    return tuple(str(field.value) if (field := fields[name]) else None for name in ("net_total", "tax_total"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Net amount   100.00\nVAT 20%   20.00\nTotal   120.00", ("100.00", "20.00")),
        ("Net amount  116.80\nVAT 19%  19.00\nVAT 7%   1.18\nTotal  136.98", ("116.80", "20.18")),
        ("Net amount 116.80\nVAT 19%  19.00\nVAT 7%   1.18\nTotal  136.98\nTax 147.12", ("116.80", "20.18")),
        ("Goods   50.00\nTotal   60.00\nincl VAT 20%   10.00", ("50.00", "10.00")),
        ("Total net   90.00\nShipping 10.00\nVAT 19%   19.00\nTotal   119.00", ("100.00", "19.00")),
        ("Total CGST  21.60\nTotal SGST  21.60\nTotal   403.20", ("360.00", "43.20")),
        ("Total   20.00\nA= 21.00%   16.53   20.00", ("16.53", "3.47")),
        ("Taxed A   11.28\nA 23%   2.11\nTotal   11.28", ("9.17", "2.11")),
        ("Taxed A  39.26\nTaxed C  85.94\nA 23%   7.34\nC 5%   4.09\nTotal   125.20", ("113.77", "11.43")),
        ("VAT rate   Gross   VAT\nA 0 %   4.27   0.00\nB 20 %   3.84   0.64\nTotal   8.11", ("7.47", "0.64")),
        ("Net total  -7.67\nTax  1.12\nCredit total  -8.79\nTotal -8.79", ("-7.67", "-1.12")),
        ("Net amount   50.00\nVAT 0%   0.00\nTotal   50.00", ("50.00", "0.00")),
    ],
)
def test_the_pair_that_makes_the_total(find, text, expected):
    assert expected == parts(find(text))


def test_the_last_row_of_a_table_is_not_added_to_the_rows_above(find):
    text = """
    VAT rate   Net      VAT     Gross
    24%        0.16     0.04     0.20
    14%        1.75     0.24     1.99
    All        1.91     0.28     2.19
    Total                        2.19
    """
    assert ("1.91", "0.28") == parts(find(text))


def test_what_is_left_of_the_total_says_so_and_is_not_verified(find):
    fields = find("Total   120.00\nincl VAT 20%   20.00\nCash 150.00\nChange 30.00")
    assert ("100.00", "total less tax") == (str(fields["net_total"].value), fields["net_total"].method)
    assert not fields["net_total"].verified


def test_a_sum_on_the_way_leaves_no_tax_where_no_rate_makes_it(find):
    fields = find("Subtotal   90.00\nTotal   113.37")
    assert (None, None) == parts(fields)


def test_a_net_that_is_named_is_not_replaced_by_one_that_is_made_up(find):
    fields = find("Subtotal excl VAT   2576.44\nVAT   5.41\nTotal   3124.04")
    assert "2576.44" == str(fields["net_total"].value)


def test_two_prices_that_make_the_total_are_no_net_and_tax(find):
    assert (None, None) == parts(find("Soup   25.00\nTea   5.00\nTotal   30.00"))


def test_a_total_without_tax_is_not_its_own_net_where_tax_is_named(find):
    text = "Total shop 40.00\nVAT 0 %   0.00\nTotal fuel 52.50\nVAT 7.7 %   3.75\nGrand total   92.50"
    assert ("88.75", "3.75") == parts(find(text))
