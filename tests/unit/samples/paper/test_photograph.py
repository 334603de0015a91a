import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.paper.photograph import photograph
from invoicewatch.samples.write import Form, make_sample

MARKS = ((60, 80), (520, 90), (500, 760), (80, 720), (300, 400))


@pytest.fixture(scope="module")
def page():
    image = Image.new("L", (600, 850), 255)
    draw = ImageDraw.Draw(image)
    for x, y in MARKS:
        draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill=0)
    return image


@pytest.fixture(scope="module")
def photo(page):
    return photograph(page, (4, 0))


def test_the_same_seed_gives_the_same_pixels(page, photo):
    assert photo.image.tobytes() == photograph(page, (4, 0)).image.tobytes()
    assert photo.image.tobytes() != photograph(page, (5, 0)).image.tobytes()


def test_the_whole_sheet_lies_in_the_picture_and_fills_much_of_it(photo):
    corners = np.array([photo.to_photo.apply(*corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1))])
    assert corners.min() > 0.02
    assert corners.max() < 0.98
    assert np.ptp(corners, axis=0).max() > 0.7


def test_what_is_printed_lies_where_the_map_says(photo):
    pixels = np.asarray(photo.image)
    height, width = pixels.shape
    for x, y in MARKS:
        column, row = photo.to_photo.apply(x / 600, y / 850)
        column, row = round(column * width), round(row * height)
        assert pixels[row, column] < 0.5 * pixels[row, column + 60]


def test_the_table_is_darker_than_the_paper_beside_it(photo):
    pixels = np.asarray(photo.image)
    height, width = pixels.shape
    for inside, outside in (((0.5, 0.02), (0.5, -0.02)), ((0.02, 0.5), (-0.02, 0.5))):
        paper, table = (
            pixels[round(y * height), round(x * width)]
            for x, y in (photo.to_photo.apply(*inside), photo.to_photo.apply(*outside))
        )
        assert table < 0.8 * paper


def test_it_is_seen_at_an_angle(photo):
    top = np.subtract(photo.to_photo.apply(1, 0), photo.to_photo.apply(0, 0))
    bottom = np.subtract(photo.to_photo.apply(1, 1), photo.to_photo.apply(0, 1))
    assert abs(np.linalg.norm(top) / np.linalg.norm(bottom) - 1) > 0.01


def test_a_sample_of_grade_4_is_a_photograph_of_unknown_resolution():
    sample = make_sample(9, Kind.RECEIPT, Form.JPEG, 4)
    image = Image.open(io.BytesIO(sample.content))
    assert image.size == (1800, 2400)
    assert tuple(image.info["dpi"]) == (72, 72)
    assert sample.truth["grade"] == 4
    assert sample.content == make_sample(9, Kind.RECEIPT, Form.JPEG, 4).content
