"""Tax by rate from the tables on the pages."""

from decimal import Decimal

TABLE = """
Rate          Net         VAT       Gross
A 19%       10.00        1.90       11.90
B 7%       100.00        7.00      107.00
"""


def test_a_table_that_adds_up_to_net_and_tax_is_verified(find):
    taxes = find(TABLE, net_total="110.00", tax_total="8.90", total="118.90").taxes
    assert [("A", "19", "10.00", "1.90", True), ("B", "7", "100.00", "7.00", True)] == [
        (tax.category, str(tax.rate), str(tax.base), str(tax.tax), tax.verified) for tax in taxes
    ]


def test_a_table_that_does_not_add_up_is_none(find):
    assert () == find(TABLE, net_total="110.00", tax_total="9.00", total="119.00").taxes


def test_taxes_of_sums_that_are_not_proved_are_given_and_not_verified(find):
    taxes = find(TABLE, proved=False, net_total="110.00", tax_total="8.90", total="118.90").taxes
    assert [False, False] == [tax.verified for tax in taxes]


def test_the_base_of_a_table_of_sums_with_tax_is_without_it(find):
    picture = "A 20%   12.00   2.00\nB 10%   11.00   1.00"
    taxes = find(picture, net_total="20.00", tax_total="3.00", total="23.00").taxes
    assert [Decimal("10.00"), Decimal("10.00")] == [tax.base for tax in taxes]


def test_the_only_rate_is_written_beside_the_tax(find):
    (tax,) = find("Net   50.00", net_total="50.00", tax_total="10.00", total="60.00", text="VAT 20 % 10.00").taxes
    assert ("20", "50.00", "10.00", True) == (str(tax.rate), str(tax.base), str(tax.tax), tax.verified)
