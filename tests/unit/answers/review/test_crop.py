from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.review.crop import crop_field, crop_page
from invoicewatch.config import Config
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


def test_a_field_of_a_page_that_lay_on_its_side_is_cut_out_upright(shelf):
    stored = read_invoice(shelf.state, str(shelf.save("a.pdf")))
    field = stored.invoice.fields["total"]
    assert field is not None
    upright = Image.new("L", (600, 800), 255)
    upright.paste(0, (300, 80, 420, 100))
    upright.transpose(Image.Transpose.ROTATE_90).save(stored.stored_path, "PNG")  # by PIL's name: against the clock
    placed = replace(field, page=1, box=Box(0.5, 0.1, 0.7, 0.125))
    shares = []
    for turns in (1, 0):
        crop = crop_field(stored, placed, Config().pages, turns)
        assert crop is not None
        shares.append((crop < 128).mean())
    assert shares[0] > 0.1
    assert shares[1] < 0.02


def test_a_place_at_the_edge_is_cut_at_the_edge():
    assert cut(make_page(100, 100, Transform.scale(100, 100)), Box(0.0, 0.0, 0.1, 0.1)).size


def test_a_field_is_cut_out_of_the_records_own_file(shelf):
    stored = read_invoice(shelf.state, str(shelf.save("a.pdf")))
    field = stored.invoice.fields["total"]
    assert field is not None
    settings = Config().pages
    assert crop_field(stored, field, settings) is None
    placed = replace(field, box=Box(0.4, 0.4, 0.6, 0.45))
    assert crop_field(stored, placed, settings) is None, "the file holds no page"
    Image.new("L", (600, 800), 255).save(stored.stored_path, "PNG")
    crop = crop_field(stored, placed, settings)
    assert crop is not None
    assert crop.size
    Path(stored.stored_path).unlink()
    assert crop_field(stored, placed, settings) is None
