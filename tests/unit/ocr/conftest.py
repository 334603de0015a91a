"""Words, lines and pages written down in a word or two."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from invoicewatch.records import Box, Line, Page, PageSize, Reading, Transform, Word


@pytest.fixture
def make_word():
    def make(text, x0=0.1, y0=0.1, *, width=None, confidence=95.0, engine="tesseract"):
        x1 = x0 + (width if width is not None else 0.02 * len(text))
        return Word(text, Box(x0, y0, x1, y0 + 0.02), confidence, engine)

    return make


@pytest.fixture
def make_reading():
    def make(*words, engine="tesseract", page=1, regions=()):
        return Reading(page, tuple(Line((word,)) for word in words), engine, regions=regions)

    return make


@pytest.fixture
def blank_page():
    """A white page of 400 by 600 pixels."""
    return Page(1, np.full((600, 400), 255, np.uint8), PageSize(400, 600, 0), Transform.scale(400, 600))


@pytest.fixture
def make_page():
    """A page with lines of print on it, 30 pixels high."""

    def make(*lines, width=900, step=60):
        image = Image.new("L", (width, step * (len(lines) + 2)), 255)
        draw = ImageDraw.Draw(image)
        font = ImageFont.load_default(size=30)
        for n, line in enumerate(lines, 1):
            draw.text((40, step * n), line, font=font, fill=0)
        pixels = np.array(image)
        height = pixels.shape[0]
        return Page(1, pixels, PageSize(width, height, 200), Transform.scale(width, height))

    return make
