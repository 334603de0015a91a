"""Builds the tools of the road from the settings; called inside the process that uses them.

This is the only place that knows which class stands behind which protocol. Nothing heavy is imported before a tool is
first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from invoicewatch import __version__
from invoicewatch.config import Config
from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.pipeline import Fields, ReadPage
from invoicewatch.records import (
    Correction,
    Document,
    Doubts,
    ExtractContext,
    Memory,
    OcrEngine,
    Office,
    Page,
    PageSource,
    Part,
    Processor,
    Reading,
    Source,
    Status,
)

if TYPE_CHECKING:
    from invoicewatch.model.warm import WarmModel

KEPT_IMAGES = 4
"""Of so many pages of a document the image is kept for a second reading; the others are decoded anew."""

_TESSERACT = "tesseract"


def build_tools(config: Config, *, use_model: bool = True, page_threads: int = 1) -> Toolbox:
    """The tools for one worker.

    Args:
        config: The effective settings.
        use_model: False where the model crashed on this document before.
        page_threads: How many pages of one document are read side by side.

    Raises:
        ConfigError: An engine, processor or extractor that is named does not exist.
        DependencyError: The first engine, or the data of a language, is missing.
    """
    return Toolbox(config, use_model=use_model, page_threads=page_threads)


class _Chain(NamedTuple):
    """The processors, made for one version of what earlier documents proved."""

    memory_version: int
    processors: tuple[tuple[str, Processor], ...]


class Toolbox:
    """The real ``pipeline.Tools``; one a worker, used by one document at a time."""

    def __init__(self, config: Config, *, use_model: bool, page_threads: int) -> None:
        from invoicewatch.correct.vocabulary import load_vocabulary
        from invoicewatch.extract.chain import load_extractors
        from invoicewatch.ocr.engines import check_languages, load_engine
        from invoicewatch.ocr.first_reader import FirstReader

        self.page_threads = page_threads
        self._config = config
        self._engine: OcrEngine = load_engine(config.ocr.engine, config.ocr)
        if config.ocr.engine == _TESSERACT:
            check_languages(config.ocr)
        self._second, self._second_state = self._load_second()
        self._first = FirstReader(self._engine, self._second)
        self._extractors = load_extractors(config.extract)
        self._model = self._make_model() if use_model else None
        self._vocabulary = load_vocabulary(config.ocr.languages)
        self._chain = self._make_chain(Memory())

    def _load_second(self) -> tuple[OcrEngine | None, str]:
        """The second engine; its absence costs the second opinion and nothing else."""
        from invoicewatch.ocr.engines import load_engine

        name = self._config.ocr.second_opinion
        if name in {"none", self._config.ocr.engine}:
            return None, "none"
        try:
            engine = load_engine(name, self._config.ocr)
            version = engine.version
        except DependencyError as exc:
            return None, f"absent: {exc.message}"
        return engine, version

    def _make_model(self) -> WarmModel | None:
        if self._config.correct.mode == "off" or not self._config.correct.processors:
            return None
        from invoicewatch.model.warm import WarmModel

        return WarmModel(self._config.model)

    def open_pages(self, document: Document) -> PageSource:
        """Open the document's pages under the limits of the settings."""
        from invoicewatch.pages.load import open_pages

        return open_pages(document, self._config.pages, max_bytes=self._config.intake.max_bytes)

    def read_page(self, pages: PageSource, number: int) -> ReadPage:
        """The text layer where it can be trusted, else the first engine; a poor page is tried the other way up."""
        layer = pages.read_text_layer(number)
        if layer is not None:
            return ReadPage(layer, pages.sizes[number - 1])
        page = pages.load(number)
        read = self._read_split(pages, page) if self._config.pages.split == "blank" else self._read_upright(pages, page)
        return read if number <= KEPT_IMAGES else replace(read, image=None)

    def _read_split(self, pages: PageSource, page: Page) -> ReadPage:
        """Read a page of a stack: one without ink is blank unread, one with a few marks if they are no words."""
        from invoicewatch.pages.stack.blank import Ink, find_ink, is_blank

        ink = find_ink(page.image)
        if ink is Ink.NONE:
            return ReadPage(Reading(page.number, (), self._engine.version), page.size, image=page, blank=True)
        read = self._read_upright(pages, page)
        return replace(read, blank=is_blank(ink, read.reading))

    def _read_upright(self, pages: PageSource, page: Page) -> ReadPage:
        return self._try_upright(page, self._read_image(page, partial(self._first.read, pages)))

    def _read_image(self, page: Page, read: Callable[[Page], Reading]) -> ReadPage:
        """The first engine's reading; where it takes too long, the second's, so that one page fails no document."""
        try:
            return ReadPage(read(page), page.size, image=page)
        except TransientError as exc:
            if self._second is None:
                raise
            note = f"page {page.number} read by {self._second.name} alone: {exc.message}"
            return ReadPage(self._second.read(page), page.size, image=page, notes=(note,))

    def _try_upright(self, page: Page, read: ReadPage) -> ReadPage:
        from invoicewatch.ocr.orientation import find_quarter_turns
        from invoicewatch.ocr.quality import may_be_turned
        from invoicewatch.pages.prepare.upright import turn

        if not may_be_turned(read.reading):
            return read
        turns = find_quarter_turns(page, self._second)
        if not turns:
            return read
        return replace(self._read_image(turn(page, turns), self._first.read_turned), quarter_turns=turns)

    def split(self, read: tuple[ReadPage, ...], attachments: Mapping[str, bytes]) -> tuple[Part, ...]:
        """The documents of a stack, if the settings say so; an e-invoice's XML speaks for the whole file."""
        from invoicewatch.extract.einvoice.xml import iterate_xml

        if self._config.pages.split == "none" or any(iterate_xml(attachments)):
            return ()
        from invoicewatch.pages.stack.separators import is_separator
        from invoicewatch.pages.stack.split import PageKind, find_parts

        kinds = [
            PageKind.BLANK if page.blank else PageKind.SEPARATOR if is_separator(page.reading) else PageKind.CONTENT
            for page in read
        ]
        return find_parts(kinds)

    def find_doubts(self, fields: Fields, readings: tuple[Reading, ...]) -> Doubts:
        """Poor pages first, then the regions of doubtful fields; nothing without a second engine."""
        if self._second is None:
            return Doubts()
        from invoicewatch.extract.doubts import find_doubts
        from invoicewatch.ocr.quality import find_poor_page

        ocr = tuple(reading for reading in readings if reading.source is Source.OCR)
        poor = (doubt for reading in ocr for doubt in find_poor_page(reading).items)
        return Doubts((*poor, *find_doubts(fields, ocr).items)) if ocr else Doubts()

    def read_again(self, pages: PageSource, page: ReadPage, doubts: Doubts) -> ReadPage:
        """Read with the second engine: regions alone where each doubt has one, else the whole page; then fuse.

        A second engine that fails costs its opinion, not the document.
        """
        from invoicewatch.ocr.fuse import fuse_readings
        from invoicewatch.pages.prepare.upright import turn

        if self._second is None or page.reading.engine == self._second.version:
            return page
        image = page.image or turn(pages.load(page.reading.page), page.quarter_turns)
        boxes = list(dict.fromkeys(doubt.box for doubt in doubts.items if doubt.box is not None))
        whole = any(doubt.box is None for doubt in doubts.items)
        try:
            second = self._second.read(image) if whole else self._second.read_regions(image, boxes)
        except (DependencyError, TransientError) as exc:
            return replace(page, notes=(*page.notes, f"no second opinion on page {image.number}: {exc.message}"))
        return replace(page, reading=fuse_readings(page.reading, second))

    def correct(self, readings: tuple[Reading, ...], memory: Memory) -> Correction:
        """Mend the text by the configured chain."""
        from invoicewatch.correct.chain import correct_readings

        if self._chain.memory_version != memory.version:
            self._chain = self._make_chain(memory)
        return correct_readings(readings, self._chain.processors, self._vocabulary)

    def _make_chain(self, memory: Memory) -> _Chain:
        from invoicewatch.correct.chain import load_processors
        from invoicewatch.correct.tools import CorrectTools

        settings = self._config.correct
        tools = CorrectTools(settings, self._vocabulary, self._model, self._model, memory)
        return _Chain(memory.version, load_processors(settings, tools))

    def find_fields(
        self, readings: tuple[Reading, ...], attachments: Mapping[str, bytes], memory: Memory, today: date
    ) -> Fields:
        """Extract by the configured chain."""
        from invoicewatch.extract.chain import find_fields

        settings = self._config.office
        office = Office(settings.names, settings.vat_ids, settings.ibans)
        return find_fields(ExtractContext(readings, attachments, memory, today, office=office), self._extractors)

    def judge(
        self, fields: Fields, readings: tuple[Reading, ...], attachments: Mapping[str, bytes], today: date
    ) -> tuple[Status, tuple[str, ...]]:
        """Whether a person should look, and why; XML that could not be read is a reason."""
        from invoicewatch.extract.einvoice.extractor import find_xml_faults
        from invoicewatch.extract.judge.verdict import judge_invoice

        status, reasons = judge_invoice(fields, readings, today, self._config.extract)
        faults = find_xml_faults(attachments, self._config.extract)
        return (Status.NEEDS_REVIEW if faults else status), (*reasons, *faults)

    def versions(self) -> Mapping[str, str]:
        """Names and versions of all that makes the record."""
        return {"invoicewatch": __version__, "engine": self._engine.version, "second_opinion": self._second_state}

    @property
    def model_state(self) -> str:
        """What the model is doing, in words."""
        return self._model.state if self._model else "off"

    def warm(self) -> None:
        """Start loading the model in the background."""
        if self._model:
            self._model.warm()

    def unload_if_idle(self, now_s: float) -> None:
        """Free the model where it was not used for ``idle_unload_s``; ``now_s`` is monotonic."""
        if self._model:
            self._model.unload_if_idle(now_s)

    def close(self) -> None:
        """Free engines and model."""
        self._engine.close()
        if self._second:
            self._second.close()
        if self._model:
            self._model.close()
