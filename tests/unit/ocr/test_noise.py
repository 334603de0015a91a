import numpy as np
import pytest

from invoicewatch.config.settings import OcrSettings
from invoicewatch.ocr.noise import is_noise
from invoicewatch.ocr.tesseract import library as tesseract_library
from invoicewatch.ocr.tesseract import program as tesseract_program
from invoicewatch.ocr.tesseract.engine import TesseractEngine
from invoicewatch.records import Page, PageSize, Transform

SHAPE = (300, 400)


@pytest.mark.parametrize(
    "image",
    [
        np.random.default_rng(1).integers(0, 256, SHAPE, dtype=np.uint8),
        np.random.default_rng(2).integers(0, 2, SHAPE, dtype=np.uint8) * 255,
    ],
    ids=["grey", "black and white"],
)
def test_speckle_is_noise(image):
    assert is_noise(image)


@pytest.mark.parametrize("shape", [SHAPE, (1, 1), (5, 1), (1, 5)])
def test_paper_is_no_noise(shape):
    assert not is_noise(np.full(shape, 255, np.uint8))


def test_print_is_no_noise(make_page):
    assert not is_noise(make_page(*["The quick brown fox jumps over the lazy dog"] * 8).image)


def test_noise_is_given_up_without_starting_tesseract(monkeypatch):
    def start(*_arguments, **_options):
        raise AssertionError("Tesseract was started")

    monkeypatch.setattr(tesseract_library.TesseractLibrary, "read_words", start)
    monkeypatch.setattr(tesseract_program, "read_words", start)
    speckle = np.random.default_rng(3).integers(0, 256, SHAPE, dtype=np.uint8)
    page = Page(1, speckle, PageSize(400, 300, 200), Transform.scale(400, 300))
    assert () == TesseractEngine(OcrSettings()).read_in(page, ("eng",)).lines
