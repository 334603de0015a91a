import numpy as np
import pytest

from invoicewatch.ocr.regions import find_line_corners, find_pixels, split_strip, stack_regions
from invoicewatch.records import Box, Line, Page, PageSize, Transform, Word


def test_a_region_gets_some_air_but_stays_on_the_page(blank_page):
    region = find_pixels(blank_page, Box(0.0, 0.5, 0.5, 0.6), margin=0.5)
    assert (0, 270, 231, 391) == (region.x0, region.y0, region.x1, region.y1)


def test_a_region_is_found_through_any_transform():
    turned = Transform(0.0, -1 / 600, 1.0, 1 / 400, 0.0, 0.0)
    page = Page(1, np.zeros((600, 400), np.uint8), PageSize(600, 400, 0), turned)
    region = find_pixels(page, Box(0.25, 0.5, 0.5, 0.75), margin=0)
    assert (200, 300, 301, 451) == (region.x0, region.y0, region.x1, region.y1)


def test_words_come_back_to_where_they_were_cut_out(blank_page):
    image = blank_page.image.copy()
    image[300:312, 100:160] = 0
    image[90:102, 40:90] = 0
    page = Page(1, image, blank_page.size, blank_page.to_upright)
    boxes = [Box(0.2, 0.49, 0.5, 0.53), Box(0.05, 0.14, 0.3, 0.18)]
    strip = stack_regions(page.image, [find_pixels(page, box) for box in boxes])
    height, width = strip.image.shape
    lines = []
    for rows in (slice(0, strip.tops[1] - 5), slice(strip.tops[1] - 5, height)):
        ys, xs = np.nonzero(strip.image[rows] == 0)
        ys = ys + (rows.start or 0)
        box = Box(xs.min() / width, ys.min() / height, (xs.max() + 1) / width, (ys.max() + 1) / height)
        lines.append(Line((Word("word", box, 90, "tesseract"),)))
    back = split_strip(strip, reversed(lines), page.to_upright)
    assert back[0].box == pytest.approx((100 / 400, 300 / 600, 160 / 400, 312 / 600))
    assert back[1].box == pytest.approx((40 / 400, 90 / 600, 90 / 400, 102 / 600))


def test_a_level_line_fills_its_box(blank_page):
    corners = find_line_corners(blank_page, Box(0.25, 0.5, 0.75, 0.55))
    assert corners == pytest.approx(np.array([[100, 300], [300, 300], [300, 330], [100, 330]]), abs=0.01)


@pytest.mark.parametrize("degrees", [-4.0, -1.0, 1.0, 4.0])
def test_a_line_of_a_page_that_lay_askew_is_cut_out_as_high_as_it_is(degrees):
    """The level image shows a line 20 pixels high; its box on the page as it came is far higher."""
    turn = np.radians(degrees)
    rotate = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 30], [0, 0, 1]])
    to_upright = Transform(*(np.diag([1 / 900, 1 / 1300, 1]) @ rotate).ravel().tolist())
    page = Page(1, np.full((1200, 800), 255, np.uint8), PageSize(900, 1300, 0), to_upright)
    box = to_upright.box(150, 600, 650, 620)

    corners = find_line_corners(page, box)

    assert corners[:, 1].min() == pytest.approx(600, abs=3)
    assert corners[:, 1].max() == pytest.approx(620, abs=3)
    assert corners[:, 0] == pytest.approx(np.array([150, 650, 650, 150]), abs=3)
