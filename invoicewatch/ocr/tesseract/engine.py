"""Tesseract as an `OcrEngine`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from invoicewatch.config.settings import OcrSettings
from invoicewatch.errors import TransientError
from invoicewatch.ocr.look import find_prose
from invoicewatch.ocr.noise import is_noise
from invoicewatch.ocr.quality import may_be_turned
from invoicewatch.ocr.regions import find_pixels, split_strip, stack_regions
from invoicewatch.ocr.tesseract import program as tesseract_program
from invoicewatch.ocr.tesseract.languages import (
    AUTO,
    find_languages,
    find_script_languages,
    list_candidates,
    require_languages,
    take_telling,
)
from invoicewatch.ocr.tesseract.library import TesseractLibrary, is_installed
from invoicewatch.ocr.tesseract.memory_file import remove_leftovers
from invoicewatch.ocr.tesseract.tsv import parse_table
from invoicewatch.records import Box, Line, Page, Reading, Transform

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME = "tesseract"

UNIFORM_BLOCK = 6
"""Tesseract's ``--psm`` for one block of text lines: what a receipt is, and a strip of regions."""

RECEIPT_RATIO = 1.6
"""Height over width above which a page is no sheet of paper but a receipt."""

LOOK_VOTES = 1
"""Words that tell a language in a quick look; a wrong guess shows in the reading, and is mended."""

MIN_DPI = 70
"""Tesseract ignores anything less, and complains."""

ASSUMED_DPI = 200
"""For images that do not say; it only steers what Tesseract takes for noise."""


class TesseractEngine:
    """Reads with the Tesseract program, one thread and one process a page, or its library where that is installed."""

    name = NAME

    def __init__(self, settings: OcrSettings, library: TesseractLibrary | None = None) -> None:
        self._settings = settings
        self._library = library

    @cached_property
    def version(self) -> str:
        """Name, version and languages, e.g. ``tesseract 5.3.0 eng+deu``.

        Raises:
            DependencyError: The program or a language's data is missing.
        """
        return self._name(self._settings.languages)

    @cached_property
    def _program_version(self) -> str:
        return self._library.version if self._library else tesseract_program.find_version()

    @cached_property
    def _candidates(self) -> tuple[str, ...]:
        """The languages to choose from; checked here, as Tesseract itself is silent about one missing of three."""
        installed = tesseract_program.list_languages()
        require_languages(self._settings.languages, installed)
        return list_candidates(self._settings.languages, installed)

    def read(self, page: Page) -> Reading:
        """Read the whole page. Raises TransientError on the time limit, DependencyError if it cannot run."""
        return self.read_in(page, self.find_languages(page))

    def read_in(self, page: Page, languages: Sequence[str]) -> Reading:
        """Read the whole page in ``languages``; if what was read is in another, once more in that. Raises as `read`."""
        if is_noise(page.image):
            return Reading(page.number, (), self._name(languages))
        reading = self._read_whole(page, languages)
        found = self._judge_languages(page, reading)
        return self._read_whole(page, found) if found and found[0] not in languages else reading

    def find_languages(self, page: Page, lines: Iterable[str] = ()) -> tuple[str, ...]:
        """The languages to read ``page`` in: each one costs.

        A receipt is not worth the look: it is as soon read, and has few words that tell.

        Args:
            page: The page.
            lines: Some lines of it as another engine reads them, of which as many are asked for as it takes. Where
                there are none, this one takes a look.
        """
        first = self._candidates[:1]
        height, width = page.image.shape
        if len(self._candidates) == 1 or height > RECEIPT_RATIO * width:
            return first
        seen = " ".join(take_telling(lines, self._candidates)) or self._take_look(page)
        return find_languages(seen, self._candidates, LOOK_VOTES) or first

    def read_regions(self, page: Page, boxes: Sequence[Box]) -> Reading:
        """Read only these regions, all in one go: one below the other on a strip of white."""
        languages = self._candidates
        if not boxes:
            return Reading(page.number, (), self._name(languages))
        strip = stack_regions(page.image, [find_pixels(page, box) for box in boxes])
        height, width = strip.image.shape
        lines = self._read_image(strip.image, page, languages, Transform.scale(width, height))
        back = split_strip(strip, lines, page.to_upright)
        return Reading(page.number, back, self._name(languages), regions=tuple(boxes))

    def close(self) -> None:
        """Free the library's languages; the program holds nothing between pages."""
        if self._library:
            self._library.close()

    def _take_look(self, page: Page) -> str:
        lines = find_prose(page.image)
        if not lines:
            return ""
        strip = stack_regions(page.image, lines).image
        read = self._read_image(strip, page, self._candidates[:1], Transform.scale(strip.shape[1], strip.shape[0]))
        return " ".join(line.text for line in read)

    def _judge_languages(self, page: Page, reading: Reading) -> tuple[str, ...]:
        """The languages that a reading shows by its words, or with ``auto`` by its script; none where it does not."""
        if len(self._candidates) == 1:
            return ()
        if not may_be_turned(reading):
            return find_languages(reading.text, self._candidates)
        if AUTO not in self._settings.languages:
            return ()  # a picture, or a page on its side: what seem to be words are none
        try:
            seen = tesseract_program.read_orientation(
                page.image, dpi=find_image_dpi(page), timeout_s=self._settings.timeout_s
            )
        except TransientError:  # too little text to tell
            return ()
        return find_script_languages(seen.script, self._candidates)

    def _read_whole(self, page: Page, languages: Sequence[str]) -> Reading:
        lines = self._read_image(page.image, page, languages, page.to_upright)
        return Reading(page.number, lines, self._name(languages))

    def _read_image(
        self, image: NDArray[np.uint8], page: Page, languages: Sequence[str], to_upright: Transform
    ) -> tuple[Line, ...]:
        read_words = self._library.read_words if self._library else tesseract_program.read_words
        table = read_words(
            image,
            languages=languages,
            segmentation=UNIFORM_BLOCK,
            dpi=find_image_dpi(page),
            timeout_s=self._settings.timeout_s,
        )
        return parse_table(table, to_upright, NAME)

    def _name(self, languages: Sequence[str]) -> str:
        return f"{NAME} {self._program_version} {'+'.join(languages)}"


def open_tesseract(settings: OcrSettings) -> TesseractEngine:
    """The engine, with the library where that is installed; clears away what killed readers left in memory files."""
    tesseract_program.limit_threads()
    remove_leftovers()
    return TesseractEngine(settings, TesseractLibrary() if is_installed() else None)


def find_image_dpi(page: Page) -> int:
    """The resolution of the image as prepared, which may be scaled."""
    if not page.size.dpi:
        return ASSUMED_DPI
    width = int(page.image.shape[1])
    return max(MIN_DPI, round(page.size.dpi * width / page.size.width_px))
