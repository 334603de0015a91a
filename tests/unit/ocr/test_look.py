import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.ocr.look import find_prose


def draw_line(page, y, x0, x1):
    """A line of print: letters of 12 pixels a stroke apart."""
    for x in range(x0, x1, 8):
        page[y : y + 20, x : x + 4] = 0


def test_the_longest_lines_come_first():
    page = np.full((800, 1000), 255, np.uint8)
    draw_line(page, 100, 50, 300)
    draw_line(page, 200, 50, 950)
    draw_line(page, 300, 50, 600)

    first, second = find_prose(page, 2)

    assert (first.y0, first.y1) == pytest.approx((200, 220), abs=8)
    assert (first.x0, first.x1) == pytest.approx((50, 950), abs=10)
    assert second.y0 == pytest.approx(300, abs=8)


def test_columns_with_gaps_between_are_no_line():
    page = np.full((800, 1000), 255, np.uint8)
    for x in (50, 300, 550, 800):
        draw_line(page, 200, x, x + 100)
    draw_line(page, 400, 50, 450)

    assert find_prose(page, 1)[0].y0 == pytest.approx(400, abs=8)


def test_rules_frames_and_pictures_are_no_lines():
    page = np.full((800, 1000), 255, np.uint8)
    page[100:103, 20:980] = 0
    page[300:500, 20:980] = 60
    assert () == find_prose(page)


@settings(deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_lines_lie_within_any_image(height, width, seed):
    image = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    for line in find_prose(image):
        assert 0 <= line.x0 < line.x1 <= width
        assert 0 <= line.y0 < line.y1 <= height
