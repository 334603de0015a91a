"""The second reading: what it is asked for, and what becomes of both."""

from __future__ import annotations

from dataclasses import dataclass, replace

from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.extract.doubts import find_doubts
from invoicewatch.ocr.fuse import fuse_readings
from invoicewatch.ocr.quality import find_poor_page
from invoicewatch.pages.prepare.upright import turn
from invoicewatch.pipeline import Fields, ReadPage
from invoicewatch.reading.proofread import proofread
from invoicewatch.records import Doubts, OcrEngine, Page, PageSource, Reading, Source


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Asks a second engine where the first is in doubt; without an ``engine`` nothing is."""

    engine: OcrEngine | None

    def find_doubts(self, fields: Fields, readings: tuple[Reading, ...]) -> Doubts:
        """Poor pages first, then the regions of doubtful fields; a text layer is never in doubt."""
        ocr = tuple(reading for reading in readings if reading.source is Source.OCR)
        if self.engine is None or not ocr:
            return Doubts()
        poor = (doubt for reading in ocr for doubt in find_poor_page(reading).items)
        return Doubts((*poor, *find_doubts(fields, ocr).items))

    def read_again(self, pages: PageSource, page: ReadPage, doubts: Doubts) -> ReadPage:
        """Read regions alone where each doubt has one, else the whole page; then fuse. Unreadable pages stay unread.

        An engine that fails costs its opinion, not the document.
        """
        if self.engine is None or page.unreadable or page.reading.engine == self.engine.version:
            return page
        image = page.image or turn(pages.load(page.reading.page), page.quarter_turns)
        try:
            second = _read_doubtful(self.engine, image, doubts)
        except (DependencyError, TransientError) as exc:
            return replace(page, notes=(*page.notes, f"no second opinion on page {image.number}: {exc.message}"))
        return replace(page, reading=proofread(fuse_readings(page.reading, second), image, doubts, self.engine))


def _read_doubtful(engine: OcrEngine, image: Page, doubts: Doubts) -> Reading:
    boxes = list(dict.fromkeys(doubt.box for doubt in doubts.items if doubt.box is not None))
    whole = any(doubt.box is None for doubt in doubts.items)
    return engine.read(image) if whole else engine.read_regions(image, boxes)
