import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.config.settings import PageSettings
from invoicewatch.pages.deskew import find_skew, level_lines
from invoicewatch.pages.prepare import prepare_page
from invoicewatch.records import PageSize


def make_print(height=900, width=700):
    """Lines of dashes of uneven length, as print looks from afar."""
    rng = np.random.default_rng(11)
    page = np.full((height, width), 250, np.uint8)
    for top in range(60, height - 60, 30):
        left = 60
        while left < width - 120:
            length = int(rng.integers(10, 60))
            page[top : top + 12, left : left + length] = 20
            left += length + 12
    return page


def make_askew(degrees):
    return level_lines(make_print(), -degrees)[0]


def prepare(image, **options):
    height, width = image.shape
    return prepare_page(image, 1, PageSize(width, height, 200), PageSettings(**options))


@settings(max_examples=25, deadline=None)
@given(st.floats(-7, 7))
def test_the_skew_of_lines_is_found_to_a_quarter_of_a_degree(degrees):
    found = find_skew(make_askew(degrees))
    assert found == pytest.approx(degrees, abs=0.25) or (found == 0 and abs(degrees) < 0.65)


@pytest.mark.parametrize(
    "image",
    [
        np.full((300, 300), 255, np.uint8),
        np.zeros((5, 5), np.uint8),
        np.random.default_rng(1).integers(0, 255, (600, 600), dtype=np.uint8),
    ],
    ids=["blank", "tiny", "noise"],
)
def test_what_has_no_lines_has_no_skew(image):
    assert find_skew(image) == 0


def test_an_askew_page_is_made_level_and_its_pixels_lead_back():
    askew = make_askew(5)
    page = prepare(askew)
    assert find_skew(page.image) == 0
    ys, xs = np.nonzero(page.image < 60)
    height, width = askew.shape
    for n in range(0, len(xs), len(xs) // 50):
        x, y = page.to_upright.apply(xs[n] + 0.5, ys[n] + 0.5)
        near = askew[int(y * height) - 3 : int(y * height) + 4, int(x * width) - 3 : int(x * width) + 4]
        assert near.min() < 100


def test_no_corner_is_cut_off_and_the_new_ones_are_paper():
    page = prepare(make_askew(5))
    assert page.image.shape[0] > make_askew(5).shape[0]
    assert page.image[0, 0] > 200


def test_a_level_page_stays_as_it_is():
    image = make_print()
    assert np.array_equal(prepare(image).image, image)


def test_pages_stay_askew_where_that_is_wanted():
    image = make_askew(5)
    assert np.array_equal(prepare(image, deskew=False).image, image)
