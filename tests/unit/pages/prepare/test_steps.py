import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicewatch.config.settings import PageSettings
from invoicewatch.pages.prepare.deskew import find_skew, level_lines
from invoicewatch.pages.prepare.perspective import lay_flat
from invoicewatch.pages.prepare.steps import prepare_page
from invoicewatch.pages.prepare.upright import turn
from invoicewatch.records import Page, PageSize, Transform
from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout
from invoicewatch.samples.paper.photograph import photograph
from invoicewatch.samples.reading import read_sheets


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


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 1), (2, 138_000), (40, 40), (120, 3000)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_pages_of_any_shape_are_prepared(shape, level):
    page = prepare(np.full(shape, level, np.uint8))
    assert page.image.min() == page.image.max() == level
    assert page.image.shape[1] <= PageSettings().max_width


def photograph_page(seed):
    """A receipt on a table: the photograph, and where each word truly lies in it."""
    spec = make_spec(seed, Kind.RECEIPT)
    sheets = LAYOUTS[choose_layout(spec)].draw(spec)
    photo = photograph(render_picture(sheets[0], 200), (seed,))
    return np.asarray(photo.image), photo.place(read_sheets(sheets)[0])


@pytest.mark.parametrize("seed", [3, 7])
def test_words_of_a_photographed_sheet_lie_level_and_their_boxes_lead_back(seed):
    """Where the photograph shows a word, the prepared page shows ink, and around it maps back to the word's box."""
    image, truth = photograph_page(seed)
    page = prepare(image)
    assert page.size[:2] == image.shape[::-1]
    assert find_skew(page.image) == 0
    back = np.linalg.inv(np.array(page.to_upright).reshape(3, 3))
    for word in truth.words:
        x, y = word.box.middle
        column, row, scale = back @ (x, y, 1)
        column, row = column / scale, row / scale
        assert page.to_upright.apply(column, row) == pytest.approx((x, y), abs=1e-6)
        assert 0 <= column < page.image.shape[1]
        assert 0 <= row < page.image.shape[0]
    longest = max(truth.words, key=lambda word: word.box.width)
    x0, y0, x1, y1 = longest.box
    corners = np.array([(x, y, 1) for x in (x0, x1) for y in (y0, y1)]) @ back.T
    columns, rows = (corners[:, :2] / corners[:, 2:]).T.round().astype(int)
    cut = page.image[rows.min() : rows.max(), columns.min() : columns.max()]
    assert cut.min() < 0.6 * np.median(page.image)


def test_photographs_stay_as_they_came_where_that_is_wanted():
    image, _ = photograph_page(3)
    page = prepare(image, flatten_photos=False, deskew=False, max_width=4000)
    assert np.array_equal(image, page.image)


def shade(image):
    """The right half in deep shadow, soft-edged."""
    x = np.arange(image.shape[1])[None, :] - image.shape[1] / 2
    return (image * (1 - 0.6 / (1 + np.exp(-x / 40)))).astype(np.uint8)


def test_a_page_half_in_shadow_is_evened_out():
    image = shade(make_print())
    page = prepare(image)
    assert np.median(image[:, 600:]) < 120
    assert np.median(page.image[:, 600:]) > 200


def test_where_a_sheet_that_is_not_sure_lies_on_a_table_nothing_is_evened_out():
    """Its lower end is cut off; the table would come out as light as the paper, and its grain be read."""
    rng = np.random.default_rng(3)
    image = rng.integers(40, 70, (1000, 900), dtype=np.uint8)
    image[150:, 150:800] = make_print()[:850, :650]
    assert np.array_equal(image, prepare(image, deskew=False).image)


CORNERS = st.lists(st.floats(-60, 60), min_size=8, max_size=8)


@settings(max_examples=60, deadline=None)
@given(CORNERS, st.floats(-8, 8), st.integers(0, 3), st.lists(st.floats(0.02, 0.98), min_size=2, max_size=2))
def test_all_steps_together_lead_back_within_a_pixel(shifts, degrees, turns, place):
    """Perspective, skew and quarter turns are one matrix: there and back again is the same place of the photograph."""
    corners = np.array([(150, 120), (760, 140), (800, 1080), (110, 1040)]) + np.reshape(shifts, (4, 2))
    photo = np.full((1200, 900), 90, np.uint8)
    flat, to_photo = lay_flat(photo, corners, 700)
    level, to_flat = level_lines(flat, degrees)
    matrix = np.diag([1 / 900, 1 / 1200, 1]) @ to_photo @ to_flat
    page = turn(Page(1, level, PageSize(900, 1200, 0), Transform(*matrix.ravel())), turns)
    there = np.array([place[0] * page.image.shape[1], place[1] * page.image.shape[0]])
    x, y = page.to_upright.apply(*there)
    back = np.linalg.inv(np.array(page.to_upright).reshape(3, 3)) @ (x, y, 1)
    assert back[:2] / back[2] == pytest.approx(there, abs=1e-3)
    # the same place, step by step
    untwisted = Transform(*(np.linalg.inv(np.array(turn_back(turns, page)).reshape(3, 3))).ravel())
    column, row = untwisted.apply(*there)
    step = to_photo @ to_flat @ (column, row, 1)
    expected = turn_point(step[0] / step[2] / 900, step[1] / step[2] / 1200, turns)
    size = page.size
    assert (x * size.width_px, y * size.height_px) == pytest.approx(
        (expected[0] * size.width_px, expected[1] * size.height_px), abs=1
    )


def turn_point(x, y, turns):
    """A place of the unit square after some quarter turns clockwise."""
    for _ in range(turns):
        x, y = 1 - y, x
    return x, y


def turn_back(turns, page):
    """The map from the pixels before a turn to those after it."""
    height, width = page.image.shape
    return {
        0: (1, 0, 0, 0, 1, 0, 0, 0, 1),
        1: (0, -1, width, 1, 0, 0, 0, 0, 1),
        2: (-1, 0, width, 0, -1, height, 0, 0, 1),
        3: (0, 1, 0, -1, 0, height, 0, 0, 1),
    }[turns]
