import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.pages.prepare.upright import turn
from invoicewatch.records import Page, PageSize, Transform


def make_page():
    image = np.zeros((4, 6), np.uint8)
    image[0, 0] = 255
    return Page(1, image, PageSize(600, 400, 150), Transform.scale(6, 4))


@pytest.mark.parametrize(("turns", "expected"), [(0, (0, 0)), (1, (0, 3)), (2, (3, 5)), (3, (5, 0)), (-1, (5, 0))])
def test_the_top_left_corner_goes_clockwise(turns, expected):
    rows, columns = np.nonzero(turn(make_page(), turns).image)
    assert expected == (rows[0], columns[0])


def test_a_quarter_turn_swaps_the_size():
    assert turn(make_page(), 1).size == PageSize(400, 600, 150)
    assert turn(make_page(), 2).size == PageSize(600, 400, 150)


@pytest.mark.parametrize("turns", range(4))
def test_the_corners_of_a_turned_page_are_the_corners_of_the_page(turns):
    page = turn(make_page(), turns)
    height, width = page.image.shape
    assert page.to_upright.apply(0, 0) == pytest.approx((0, 0))
    assert page.to_upright.apply(width, height) == pytest.approx((1, 1))


@given(st.integers(-8, 8))
def test_turning_back_gives_the_page_again(turns):
    page = make_page()
    back = turn(turn(page, turns), -turns)
    assert np.array_equal(back.image, page.image)
    assert back.size == page.size
    assert tuple(back.to_upright) == pytest.approx(tuple(page.to_upright))
