"""Find out which way up a page is."""

from __future__ import annotations

from invoicewatch.errors import TransientError
from invoicewatch.ocr import tesseract_program
from invoicewatch.ocr.tesseract import find_image_dpi
from invoicewatch.records import Page

_MIN_CONFIDENCE = 1.0
"""Below this Tesseract's guess is a toss; it runs from 0 to some 20."""


def find_quarter_turns(page: Page, timeout_s: float = 30.0) -> int:
    """How many quarter turns clockwise bring ``page`` upright: 0 where it is, or where there is too little text.

    Costs as much as a tenth to a half of a reading: ask only where the reading was poor.

    Raises:
        DependencyError: Tesseract or its ``osd`` data is missing.
    """
    try:
        degrees, confidence = tesseract_program.read_orientation(
            page.image, dpi=find_image_dpi(page), timeout_s=timeout_s
        )
    except TransientError:  # too few characters, or no time: the page stays as it is
        return 0
    return degrees // 90 % 4 if confidence >= _MIN_CONFIDENCE else 0
