"""Tell a page in a script that nobody here reads from one that is merely poor."""

from __future__ import annotations

from collections.abc import Sequence

from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.ocr.quality import measure_clarity
from invoicewatch.ocr.tesseract import program as tesseract_program
from invoicewatch.ocr.tesseract.engine import find_image_dpi
from invoicewatch.ocr.tesseract.languages import (
    AUTO,
    LATIN_LANGUAGES,
    SCRIPT_NAMES,
    find_languages,
    list_script_languages,
)
from invoicewatch.records import Page, Reading

_GIBBERISH = 0.6  # above this share of clear words the letters were those of a language that was read
_NAMED = 3  # packages: the likeliest
# Tesseract's confidences in the script and in which way is up, one of which must be high: of pages of text in other
# scripts 1.4 to 11 and 14 to 24, of Latin receipts that it takes for Cyrillic or Arabic up to 3.1 and up to 10.
_SURE = ((5.0, 5.0), (1.0, 12.0))


def find_foreign_script(page: Page, reading: Reading, timeout_s: float = 30.0) -> str:
    """The script of a page whose reading is gibberish, by Tesseract's name; empty for Latin and where it cannot tell.

    Neither a clear reading nor one with words of a language in Latin letters is looked at. A page of text is told, a
    receipt seldom: that a Latin page is never called foreign counts for more.

    Args:
        page: The page, upright.
        reading: What the engine made of it.
        timeout_s: For Tesseract.
    """
    if not reading.words or measure_clarity(reading) >= _GIBBERISH or find_languages(reading.text, LATIN_LANGUAGES):
        return ""
    try:
        seen = tesseract_program.read_orientation(page.image, dpi=find_image_dpi(page), timeout_s=timeout_s)
    except (DependencyError, TransientError):  # no data to tell scripts by, too little text, or no time
        return ""
    sure = any(seen.script_confidence >= script and seen.confidence >= upright for script, upright in _SURE)
    return seen.script if sure and seen.script in SCRIPT_NAMES else ""


class ScriptGuard:
    """Says which pages are in a script that none of the languages in use is written in.

    Args:
        languages: Those of the settings.
        read_besides: Scripts that another engine reads.
        timeout_s: For Tesseract.
    """

    def __init__(self, languages: Sequence[str], read_besides: Sequence[str] = (), timeout_s: float = 30.0) -> None:
        self._languages = tuple(languages)
        self._read_besides = frozenset(read_besides)
        self._timeout_s = timeout_s

    def explain(self, page: Page, reading: Reading) -> str:
        """Why nothing on this page can be read, with what to install; empty where something can."""
        script = find_foreign_script(page, reading, self._timeout_s)
        if not script or script in self._read_besides:
            return ""
        written = list_script_languages(script)
        installed = [language for language in written if language in tesseract_program.list_languages()]
        if installed and (AUTO in self._languages or any(language in self._languages for language in installed)):
            return ""
        says = f"page {reading.page} is in {SCRIPT_NAMES[script]}, which no language in use is written in"
        if installed:
            return f"{says}; add {installed[0]} to languages in [ocr]"
        packages = " or ".join(map(tesseract_program.name_package, written[:_NAMED]))
        return f"{says}; install {packages} and add the language to languages in [ocr]"
