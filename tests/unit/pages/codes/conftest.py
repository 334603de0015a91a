"""Pages with codes on them, written by another library than the one that reads them."""

import io

import numpy as np
import pdf417gen
import pytest
import segno
from PIL import Image

from invoicewatch.records import Page, PageSize, Transform


@pytest.fixture
def draw_qr():
    """A QR code as pixels, ``scale`` a module, with its quiet zone."""

    def draw(text, scale=4):
        buffer = io.BytesIO()
        segno.make_qr(text, error="m").save(buffer, kind="png", scale=scale, border=4)
        return np.asarray(Image.open(buffer).convert("L"), dtype=np.uint8)

    return draw


@pytest.fixture
def draw_pdf417():
    def draw(text, scale=3):
        image = pdf417gen.render_image(pdf417gen.encode(text, columns=6), scale=scale, padding=20)
        return np.asarray(image.convert("L"), dtype=np.uint8)

    return draw


@pytest.fixture
def put_on_page():
    """A white page with pictures at their places (left, top)."""

    def put(*placed, width=1000, height=1400, number=1):
        image = np.full((height, width), 250, np.uint8)
        for picture, (left, top) in placed:
            image[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
        return Page(number, image, PageSize(width, height, 150), Transform.scale(width, height))

    return put
