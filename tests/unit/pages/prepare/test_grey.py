import numpy as np
import pytest
from PIL import Image

from invoicewatch.pages.prepare.grey import to_grey


def test_colours_become_their_lightness():
    assert to_grey(Image.new("RGB", (2, 1), (255, 0, 0))).tolist() == [[76, 76]]


def test_one_bit_becomes_black_and_white():
    image = Image.new("1", (2, 1))
    image.putpixel((1, 0), 1)
    assert to_grey(image).tolist() == [[0, 255]]


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_is_white_paper(mode):
    image = Image.new(mode, (2, 1), (0,) * len(mode))
    image.putpixel((1, 0), (0,) * (len(mode) - 1) + (255,))
    assert to_grey(image).tolist() == [[255, 0]]


def test_a_palette_may_be_transparent():
    image = Image.new("P", (1, 1))
    image.putpalette([0, 0, 0])
    image.info["transparency"] = 0
    assert to_grey(image).tolist() == [[255]]


def test_cmyk_black_is_black_and_no_ink_is_white():
    image = Image.new("CMYK", (2, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (0, 0, 0, 255))
    assert to_grey(image).tolist() == [[255, 0]]


@pytest.mark.parametrize(
    ("white", "dtype"), [(65535, np.uint16), (4095, np.uint16), (255, np.int32), (1.0, np.float32)]
)
def test_deep_samples_keep_their_white(white, dtype):
    samples = np.array([[0, white]], dtype=dtype)
    assert to_grey(Image.fromarray(samples)).tolist() == [[0, 255]]


def test_samples_that_are_no_numbers_are_black():
    samples = np.array([[np.nan, np.inf, 1.0]], dtype=np.float32)
    assert to_grey(Image.fromarray(samples)).tolist() == [[0, 0, 255]]
