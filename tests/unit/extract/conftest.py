"""Pages drawn as text: a character is a hundredth of the page wide, a line a fiftieth high."""

import re
from datetime import date

import pytest

from invoicewatch.records import Box, Candidate, ExtractContext, Line, Memory, Reading, Source, Word

_COLUMNS = 100
_ROWS = 50
_TEXT_HEIGHT = 0.014


def _draw_word(match, row, source, agreed, confidence):
    text, (start, end) = match.group(), match.span()
    engine = "pdf" if source is Source.TEXT_LAYER else "tesseract"
    others = (Candidate(text, 95.0, "rapidocr"),) if agreed else ()
    box = Box(start / _COLUMNS, row / _ROWS, end / _COLUMNS, row / _ROWS + _TEXT_HEIGHT)
    return Word(text, box, confidence, engine, others)


@pytest.fixture
def draw():
    """A page from its picture in text: words keep their columns, empty lines their height."""

    def draw(picture, *, page=1, source=Source.TEXT_LAYER, agreed=False, confidence=96.0):
        lines = []
        for row, text in enumerate(picture.strip("\n").splitlines()):
            words = tuple(_draw_word(match, row, source, agreed, confidence) for match in re.finditer(r"\S+", text))
            lines += [Line(words)] if words else []
        return Reading(page, tuple(lines), "pdf" if source is Source.TEXT_LAYER else "tesseract 5", source)

    return draw


@pytest.fixture
def context():
    """What an extractor may look at, made of readings."""

    def make(*readings, memory=None, found=None, attachments=None):
        return ExtractContext(readings, attachments or {}, memory or Memory(), date(2026, 3, 1), found or {})

    return make
