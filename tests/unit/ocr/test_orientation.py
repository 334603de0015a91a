import pytest

from invoicewatch.errors import TransientError
from invoicewatch.ocr import orientation
from invoicewatch.ocr.tesseract import program as tesseract_program
from invoicewatch.ocr.tesseract.program import Orientation


class Compass:
    """An engine that knows."""

    def find_quarter_turns(self, page):
        return 3


def test_an_engine_that_knows_is_asked_and_tesseract_is_not(blank_page, monkeypatch):
    monkeypatch.delattr(tesseract_program, "read_orientation")
    assert orientation.find_quarter_turns(blank_page, Compass()) == 3


@pytest.mark.parametrize(
    ("degrees", "confidence", "expected"), [(90, 5.0, 1), (270, 5.0, 3), (180, 0.4, 0), (0, 9.0, 0)]
)
def test_tesseract_is_believed_where_it_is_sure(blank_page, monkeypatch, degrees, confidence, expected):
    found = Orientation(degrees, confidence, "Latin")
    monkeypatch.setattr(tesseract_program, "read_orientation", lambda image, dpi, timeout_s: found)
    assert expected == orientation.find_quarter_turns(blank_page, object())


def test_a_page_that_does_not_tell_stays(blank_page, monkeypatch):
    def fail(image, dpi, timeout_s):
        raise TransientError("too few characters")

    monkeypatch.setattr(tesseract_program, "read_orientation", fail)
    assert orientation.find_quarter_turns(blank_page) == 0
