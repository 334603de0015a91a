import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.ocr.rapid.canvas import fit_canvas


@settings(deadline=None)
@given(st.integers(20, 300), st.integers(20, 300))
def test_any_page_goes_on_one_of_a_dozen_canvases(height, width):
    canvas = fit_canvas(np.zeros((height, width), np.uint8), 192)
    assert max(canvas.image.shape) == 192
    assert all(side % 32 == 0 for side in canvas.image.shape)


def test_a_page_lies_at_the_top_left_and_the_rest_is_white():
    canvas = fit_canvas(np.zeros((400, 100), np.uint8), 192)
    assert canvas.scale == pytest.approx(192 / 400)
    assert canvas.image.shape == (192, 64)
    assert canvas.image[:, :48].max() == 0
    assert canvas.image[:, 48:].min() == 255
