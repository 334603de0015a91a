import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.ocr.rapid.line_images import cut_line, find_padded_width, list_padded_widths
from invoicewatch.records import Transform


def page_with_bar():
    page = np.full((200, 400), 255, np.uint8)
    page[100:124, 50:110] = 0
    return page


def test_a_line_is_cut_to_its_height_and_padded_to_a_step():
    corners = np.array([[50, 100], [110, 100], [110, 124], [50, 124]])
    line = cut_line(page_with_bar(), corners, 48)
    assert line.image.shape == (48, 160)
    assert line.used_px == 120
    assert line.image[2:46, 2:118].max() == 0
    assert line.image[:, 120:].min() == 127


def test_columns_lead_back_to_the_page():
    corners = np.array([[50, 100], [110, 100], [110, 124], [50, 124]])
    line = cut_line(page_with_bar(), corners, 48)
    assert line.find_box(60, 120, Transform.scale(400, 200)) == pytest.approx((80 / 400, 0.5, 110 / 400, 0.62))


def test_columns_in_the_padding_end_at_the_line():
    corners = np.array([[50, 100], [110, 100], [110, 124], [50, 124]])
    line = cut_line(page_with_bar(), corners, 48)
    assert line.find_box(60, 128, Transform.scale(400, 200)).x1 == pytest.approx(110 / 400)


def test_a_standing_line_is_laid_down():
    page = np.rot90(page_with_bar())
    corners = np.array([[100, 290], [124, 290], [124, 350], [100, 350]])
    line = cut_line(np.ascontiguousarray(page), corners, 48)
    assert line.used_px == 120
    assert line.image[3:45, 3:117].max() == 0


@pytest.mark.parametrize("corners", [np.zeros((4, 2)), np.array([[0, 0], [1, 0], [1, 1], [0, 1]])])
def test_next_to_no_area_is_cut_all_the_same(corners):
    assert cut_line(page_with_bar(), corners, 48).image.shape[0] == 48


@given(st.integers(1, 4000))
def test_padding_is_some_air_and_a_quarter_at_most(width):
    padded = find_padded_width(width)
    assert width + 24 <= padded < max(1.25 * (width + 24) + 1, 97)
    assert padded % 16 == 0


@given(st.integers(1, 4000))
def test_every_line_is_as_wide_as_a_rung_of_the_ladder(width):
    assert find_padded_width(width) in list_padded_widths(5120)


def test_the_ladder_has_few_rungs():
    assert len(list_padded_widths(4096)) <= 23
    assert (96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512) == list_padded_widths(512)
