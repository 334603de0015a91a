"""Find out which way up a page is."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from invoicewatch.errors import TransientError
from invoicewatch.ocr.tesseract import program as tesseract_program
from invoicewatch.ocr.tesseract.engine import find_image_dpi
from invoicewatch.records import Page

_MIN_CONFIDENCE = 1.0
"""Below this Tesseract's guess is a toss; it runs from 0 to some 20."""


@runtime_checkable
class OrientationFinder(Protocol):
    """What an engine may offer besides reading."""

    def find_quarter_turns(self, page: Page) -> int:
        """How many quarter turns clockwise bring ``page`` upright."""


def find_quarter_turns(page: Page, engine: object = None, timeout_s: float = 30.0) -> int:
    """How many quarter turns clockwise bring ``page`` upright: 0 where it is, or where there is too little text.

    Costs as much as half a reading: ask only where `quality.may_be_turned`.

    Args:
        page: The page as it came.
        engine: An engine, asked first if it is an `OrientationFinder` (RapidOCR: right on all of 120 receipts and
            sheets); else Tesseract's own detection, which is wrong on one receipt in five.
        timeout_s: For Tesseract.

    Raises:
        DependencyError: Tesseract or its ``osd`` data is missing.
    """
    if isinstance(engine, OrientationFinder):
        return engine.find_quarter_turns(page)
    try:
        found = tesseract_program.read_orientation(page.image, dpi=find_image_dpi(page), timeout_s=timeout_s)
    except TransientError:  # too few characters, or no time: the page stays as it is
        return 0
    return found.degrees // 90 % 4 if found.confidence >= _MIN_CONFIDENCE else 0
