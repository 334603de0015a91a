"""The real road over pages that were read before: nothing is read but what was kept, and nothing else is pretended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import numpy as np

from benchmarks.attention.stream import Arrival
from invoicewatch.config import Config
from invoicewatch.extract.chain import load_extractors
from invoicewatch.pipeline import ReadPage, Tools, process
from invoicewatch.reading.second import SecondReader
from invoicewatch.reading.warmth import Warmth
from invoicewatch.records import (
    Attachment,
    Box,
    Correction,
    Document,
    Enclosed,
    Invoice,
    Line,
    Memory,
    Page,
    PageSize,
    PageSource,
    Part,
    Reading,
    Signature,
    Transform,
)
from invoicewatch.wiring import Toolbox

_SIZE = PageSize(1240, 1754, 150)


@dataclass(frozen=True)
class ReadSource:
    """The pages of a document that was read."""

    arrival: Arrival
    notes: tuple[str, ...] = ()
    attached: tuple[Attachment, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    signature: Signature | None = None

    @property
    def sizes(self) -> tuple[PageSize, ...]:
        """One size for all: boxes are fractions."""
        return (_SIZE,) * len(self.arrival.readings)

    @property
    def attachments(self) -> Mapping[str, bytes]:
        """The files inside the file."""
        return self.arrival.attachments

    def close(self) -> None:
        """Nothing is held."""


@dataclass
class KeptSecondEngine:
    """A second engine whose readings were made before; the document in hand is ``arrival``."""

    arrival: Arrival | None = None
    name: str = "rapidocr"
    version: str = "rapidocr (kept)"

    def read(self, page: Page) -> Reading:
        """The whole page."""
        return self._find(page)

    def read_regions(self, page: Page, boxes: Sequence[Box]) -> Reading:
        """The words whose middles lie in one of the boxes."""
        whole = self._find(page)
        lines = (
            tuple(word for word in line.words if any(box.holds(word.box) for box in boxes)) for line in whole.lines
        )
        kept = tuple(Line(words) for words in lines if words)
        return Reading(whole.page, kept, whole.engine, whole.source, tuple(boxes))

    def close(self) -> None:
        """Nothing is held."""

    def _find(self, page: Page) -> Reading:
        assert self.arrival is not None, "a document is in hand while it is read"
        return next(reading for reading in self.arrival.second if reading.page == page.number)


@dataclass
class ReplayTools:
    """The tools of the road, but for those that look at pixels; what is judged is judged by the real ones."""

    tools: Toolbox
    engine: KeptSecondEngine = field(default_factory=KeptSecondEngine)
    page_threads: int = 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self.tools, name)

    def open_pages(self, *_: Any) -> PageSource:
        """The pages of the document in hand."""
        return cast("PageSource", ReadSource(self._arrival))

    def read_page(self, _: PageSource, number: int) -> ReadPage:
        """As it was read; the picture is blank, since nothing looks at it."""
        image = Page(number, np.full((8, 8), 255, np.uint8), _SIZE, Transform.scale(8, 8))
        return ReadPage(self._arrival.readings[number - 1], _SIZE, image=image)

    def split(self, *_: Any) -> tuple[Part, ...]:
        """No stacks here."""
        return ()

    def find_doubts(self, fields: Any, readings: tuple[Reading, ...]) -> Any:
        """The real doubts, where there is a second reading."""
        return SecondReader(self.engine if self._arrival.second else None).find_doubts(fields, readings)

    def read_again(self, pages: PageSource, page: ReadPage, doubts: Any) -> ReadPage:
        """The real fusion of both."""
        return SecondReader(self.engine).read_again(pages, page, doubts)

    def correct(self, readings: tuple[Reading, ...], *_: Any) -> Correction:
        """Not corrected."""
        return Correction(readings)

    def name_einvoice(self, *_: Any) -> str | None:
        """No XML is replayed."""
        return None

    def versions(self) -> Mapping[str, str]:
        """Of nothing that was started."""
        return {}

    @property
    def _arrival(self) -> Arrival:
        assert self.engine.arrival is not None, "a document is in hand"
        return self.engine.arrival


def make_tools(config: Config) -> ReplayTools:
    """The tools of one run."""
    nothing: Any = None
    box = Toolbox(
        config=config,
        page_threads=1,
        engines=nothing,
        first=nothing,
        second=nothing,
        corrector=nothing,
        extractors=load_extractors(config.extract),
        model=None,
        warmth=Warmth(),
    )
    return ReplayTools(box)


def replay(arrival: Arrival, tools: ReplayTools, memory: Memory, when: datetime) -> Invoice:
    """The record of a document that was read before."""
    tools.engine.arrival = arrival
    document = Document(arrival.name, b"", arrival.sha256, "application/pdf", when.astimezone(UTC))
    (invoice,) = process(document, cast("Tools", tools), memory, when.date())
    return invoice
