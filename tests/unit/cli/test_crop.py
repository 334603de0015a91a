import numpy as np

from invoicewatch.cli.answer.evidence.crop import crop_page
from invoicewatch.records import Box, Page, PageSize, Transform


def cut(page, box):
    """The crop, which must be there."""
    crop = crop_page(page, box)
    assert crop is not None
    return crop


def make_page(width, height, transform):
    image = np.full((height, width), 255, np.uint8)
    return Page(1, image, PageSize(width, height, 150), transform)


def test_the_place_is_in_the_crop_with_a_little_around_it():
    page = make_page(1000, 500, Transform.scale(1000, 500))
    page.image[100:120, 600:700] = 0
    crop = cut(page, Box(0.6, 0.2, 0.7, 0.24))
    assert (crop == 0).sum() == 100 * 20
    assert crop.shape[0] < 60
    assert crop.shape[1] < 300


def test_a_page_that_was_turned_is_cut_at_the_right_place():
    # The prepared image is the upright page mirrored in both directions: x' = 1 - x, y' = 1 - y.
    page = make_page(1000, 500, Transform(-1 / 1000, 0, 1, 0, -1 / 500, 1))
    page.image[380:400, 300:400] = 0
    crop = cut(page, Box(0.6, 0.2, 0.7, 0.24))
    assert (crop == 0).sum() == 100 * 20


def test_a_place_at_the_edge_is_cut_at_the_edge():
    assert cut(make_page(100, 100, Transform.scale(100, 100)), Box(0.0, 0.0, 0.1, 0.1)).size
