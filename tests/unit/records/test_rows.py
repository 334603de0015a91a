from dataclasses import dataclass

import pytest

from invoicewatch.records import Box, Transform
from invoicewatch.records.rows import group_rows
from invoicewatch.records.slant import Slant


@dataclass(frozen=True)
class Item:
    name: str
    box: Box


def lay(slope):
    """Three rows of a label and an amount far to its right, on a page that lies askew."""
    places = [(name, x, row) for row in range(3) for name, x in ((f"label {row}", 0.1), (f"amount {row}", 0.8))]
    return [
        Item(name, Box(x, 0.2 + 0.03 * row + slope * x, x + 0.1, 0.22 + 0.03 * row + slope * x))
        for name, x, row in places
    ]


@pytest.mark.parametrize("slope", [0.0, 0.05, -0.05])
def test_rows_hold_together_on_a_page_that_lies_askew(slope):
    rows = group_rows(lay(slope), Slant(slope))
    assert [["label 0", "amount 0"], ["label 1", "amount 1"], ["label 2", "amount 2"]] == [
        [item.name for item in row] for row in rows
    ]


def test_the_slope_of_a_transform_is_that_of_its_level_lines():
    turned = Transform(0.001, 0.0, 0.0, -0.00005, 0.0008, 0.1)
    left, right = turned.apply(0, 500), turned.apply(1000, 500)
    assert turned.slope == pytest.approx((right[1] - left[1]) / (right[0] - left[0]))
    assert Transform.scale(1000, 800).slope == 0
