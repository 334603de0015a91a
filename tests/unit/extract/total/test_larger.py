"""A total that most of a document's amounts exceed."""

from decimal import Decimal

import pytest

from invoicewatch.extract.total.role import measure_larger


@pytest.mark.parametrize(
    ("best", "rest", "share"),
    [
        ("1.42", ["25.15", "6.40", "0.00", "25.15"], 2 / 3),
        ("25.15", ["6.40", "1.42", "30.00", "25.15"], 1 / 3),
        ("-5.00", ["5.00", "-7.00"], 1 / 2),
        ("5.00", [], 0.0),
        ("5.00", ["5.00"], 0.0),
    ],
)
def test_the_share_of_other_values_that_are_larger(best, rest, share):
    assert measure_larger(Decimal(best), map(Decimal, rest)) == pytest.approx(share)
