"""Engines and documents for the tests of how a page is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.records import (
    Attachment,
    Box,
    Enclosed,
    Line,
    Page,
    PageSize,
    Reading,
    Signature,
    Source,
    Transform,
    Word,
)

CLEAR = "Invoice number twelve of the third of March"


def make_page(number: int = 1, *, width: int = 600, height: int = 800, ink: bool = True) -> Page:
    """A white page, with rows of bars for print if there is ``ink``."""
    image = np.full((height, width), 245, np.uint8)
    if ink:
        for y in range(150, height - 150, 40):
            for x in range(120, width - 120, 24):
                image[y : y + 14, x : x + 12] = 20
    return Page(number, image, PageSize(width, height, 72), Transform.scale(width, height))


def make_reading(
    number: int, text: str, engine: str, *, confidence: float = 95.0, source: Source = Source.OCR
) -> Reading:
    """A page of one line."""
    words = tuple(
        Word(word, Box(0.1 * n, 0.1, 0.1 * n + 0.08, 0.12), confidence, engine) for n, word in enumerate(text.split())
    )
    return Reading(number, (Line(words),) if words else (), engine, source)


@dataclass
class PlainEngine:
    """Reads the same clear words off every page, and remembers which pages and regions it was given."""

    name: str = "plain"
    text: str = CLEAR
    read_pages: list[Page] = field(default_factory=list)
    regions: list[Sequence[Box]] = field(default_factory=list)

    @property
    def version(self) -> str:
        return f"{self.name} 1"

    def read(self, page: Page) -> Reading:
        self.read_pages.append(page)
        return make_reading(page.number, self.text, self.version)

    def read_regions(self, page: Page, boxes: Sequence[Box]) -> Reading:
        self.regions.append(boxes)
        return make_reading(page.number, self.text, self.version)

    def close(self) -> None:
        self.read_pages.clear()


class SlowEngine(PlainEngine):
    """Always runs into its time limit."""

    def read(self, page: Page) -> Reading:
        raise TransientError("it took more than 60 s", code="timeout")


class MissingEngine(PlainEngine):
    """Cannot run."""

    def read(self, page: Page) -> Reading:
        raise DependencyError("its models are missing")


class TallEngine(PlainEngine):
    """Reads nothing off a page that lies on its side, that is wider than high."""

    def read(self, page: Page) -> Reading:
        read = super().read(page)
        height, width = page.image.shape
        return read if height > width else make_reading(page.number, "", self.version)


class TurningEngine(PlainEngine):
    """Finds that every page lies on its side."""

    def find_quarter_turns(self, page: Page) -> int:
        return 1


@dataclass
class Pages:
    """A document of these pages.

    By page number: ``layers`` are the text layers that can be trusted, ``drawn`` what is drawn for codes.
    """

    pages: Sequence[Page]
    layers: Mapping[int, Reading] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    loaded: list[int] = field(default_factory=list)
    attached: tuple[Attachment, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    signature: Signature | None = None
    odd: tuple[Word, ...] = ()
    drawn: Mapping[int, Page] = field(default_factory=dict)

    @property
    def sizes(self) -> tuple[PageSize, ...]:
        return tuple(page.size for page in self.pages)

    def read_text_layer(self, number: int) -> Reading | None:
        return self.layers.get(number)

    def find_odd_words(self, number: int) -> tuple[Word, ...]:
        return self.odd

    def load(self, number: int) -> Page:
        self.loaded.append(number)
        return self.pages[number - 1]

    def view(self, number: int, max_width: int) -> NDArray[np.uint8]:
        raise AssertionError(number)

    def draw_codes(self, number: int) -> Page | None:
        return self.drawn.get(number)

    def close(self) -> None:
        self.loaded.clear()
