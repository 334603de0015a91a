"""Tesseract as an `OcrEngine`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from invoicewatch.config.settings import OcrSettings
from invoicewatch.ocr import tesseract_program
from invoicewatch.ocr.languages import require_languages
from invoicewatch.ocr.memory_file import remove_leftovers
from invoicewatch.ocr.regions import split_strip, stack_regions
from invoicewatch.ocr.tesseract_tsv import parse_tsv
from invoicewatch.records import Box, Page, Reading, Transform

NAME = "tesseract"

UNIFORM_BLOCK = 6
"""Tesseract's ``--psm`` for one block of text lines: what a receipt is, and a strip of regions."""

MIN_DPI = 70
"""Tesseract ignores anything less, and complains."""

ASSUMED_DPI = 200
"""For images that do not say; it only steers what Tesseract takes for noise."""


class TesseractEngine:
    """Reads with the Tesseract program, one thread and one process a page."""

    name = NAME

    def __init__(self, settings: OcrSettings) -> None:
        self._settings = settings
        tesseract_program.limit_threads()
        remove_leftovers()

    @cached_property
    def version(self) -> str:
        """Name, version and languages, e.g. ``tesseract 5.3.0 eng+deu``.

        Raises:
            DependencyError: The program or a language's data is missing.
        """
        version = tesseract_program.find_version()
        require_languages(self._settings.languages, tesseract_program.list_languages())
        return f"{NAME} {version} {'+'.join(self._settings.languages)}"

    def read(self, page: Page) -> Reading:
        """Read the whole page. Raises TransientError on the time limit, DependencyError if it cannot run."""
        version = self.version  # before anything else: Tesseract itself is silent about one missing language of three
        table = tesseract_program.read_words(
            page.image,
            languages=self._settings.languages,
            segmentation=UNIFORM_BLOCK,
            dpi=find_image_dpi(page),
            timeout_s=self._settings.timeout_s,
        )
        return Reading(page.number, parse_tsv(table, page.to_upright, NAME), version)

    def read_regions(self, page: Page, boxes: Sequence[Box]) -> Reading:
        """Read only these regions, all in one go: one below the other on a strip of white."""
        version = self.version
        if not boxes:
            return Reading(page.number, (), version)
        strip = stack_regions(page, boxes)
        table = tesseract_program.read_words(
            strip.image,
            languages=self._settings.languages,
            segmentation=UNIFORM_BLOCK,
            dpi=find_image_dpi(page),
            timeout_s=self._settings.timeout_s,
        )
        height, width = strip.image.shape
        lines = parse_tsv(table, Transform.scale(width, height), NAME)
        back = split_strip(strip, lines, page.to_upright)
        return Reading(page.number, back, version, regions=tuple(boxes))

    def close(self) -> None:
        """Nothing is held between pages."""


def find_image_dpi(page: Page) -> int:
    """The resolution of the image as prepared, which may be scaled."""
    if not page.size.dpi:
        return ASSUMED_DPI
    width = int(page.image.shape[1])
    return max(MIN_DPI, round(page.size.dpi * width / page.size.width_px))
