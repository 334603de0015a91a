"""The road of one document, from claimed bytes to its record.

This file owns the order of the stages and the one bounded loop: read, draft the fields, read again once what is in
doubt, correct, extract. The stages know nothing of one another; what they are is decided in ``wiring``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from invoicewatch.records import (
    Correction,
    Document,
    Doubts,
    Field,
    Invoice,
    Memory,
    Page,
    PageSize,
    PageSource,
    Reading,
    Status,
    Timings,
    join_text,
)

Fields = Mapping[str, Field | None]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read: its reading, its size upright, and the quarter turns that made it upright.

    ``image`` is the page that was read, kept for the second reading only where the document has no other page, so that
    memory stays bounded whatever the document's length. ``notes`` are for the record.
    """

    reading: Reading
    size: PageSize
    quarter_turns: int = 0
    image: Page | None = None
    notes: tuple[str, ...] = ()


class Tools(Protocol):
    """What the road needs; ``wiring.Toolbox`` is the real one. Each raises InvoicewatchError on failure."""

    page_threads: int

    def open_pages(self, document: Document) -> PageSource:
        """Open the document's pages."""

    def read_page(self, pages: PageSource, number: int) -> ReadPage:
        """Read one page by the cheapest sufficient means."""

    def find_doubts(self, fields: Fields, readings: tuple[Reading, ...]) -> Doubts:
        """What a second engine should read; nothing where there is no second engine."""

    def read_again(self, pages: PageSource, page: ReadPage, doubts: Doubts) -> ReadPage:
        """Read the doubtful regions, or the page, with the second engine and fuse both readings."""

    def correct(self, readings: tuple[Reading, ...], memory: Memory) -> Correction:
        """Mend the text."""

    def find_fields(
        self, readings: tuple[Reading, ...], attachments: Mapping[str, bytes], memory: Memory, today: date
    ) -> Fields:
        """Extract the fields."""

    def judge(
        self, fields: Fields, readings: tuple[Reading, ...], attachments: Mapping[str, bytes], today: date
    ) -> tuple[Status, tuple[str, ...]]:
        """Whether a person should look, and why."""

    def versions(self) -> Mapping[str, str]:
        """Names and versions of all that makes the record."""


@dataclass(slots=True)
class Stopwatch:
    """Seconds by stage; ``enter`` is told the name of each stage that begins, so that a crash can be placed."""

    enter: Callable[[str], None]
    started: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the enclosed block as part of stage ``name``."""
        self.enter(name)
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

    def timings(self) -> Timings:
        """The record's timings."""
        stages = {f"{name}_s": round(self.seconds.get(name, 0.0), 4) for name in ("load", "ocr", "correct", "extract")}
        return Timings(**stages, total_s=round(time.perf_counter() - self.started, 4))


def process(
    document: Document, tools: Tools, memory: Memory, today: date, enter: Callable[[str], None] = lambda _: None
) -> Invoice:
    """Read one document and make its record.

    Args:
        document: The claimed bytes.
        tools: The stages, wired.
        memory: What earlier documents proved.
        today: The clock, for dates out of range.
        enter: Told the name of each stage as it begins (load, ocr, extract, correct).

    Raises:
        DocumentError: The document cannot be read, now or later.
        TransientError: It may work another time.
        FatalError: A dependency is missing.
    """
    watch = Stopwatch(enter)
    with watch.stage("load"):
        pages = tools.open_pages(document)
    with closing(pages):
        with watch.stage("ocr"):
            read = _read_all(pages, tools)
        with watch.stage("extract"):
            fields = tools.find_fields(_readings(read), pages.attachments, memory, today)
            doubts = tools.find_doubts(fields, _readings(read))
        if doubts:
            with watch.stage("ocr"):
                read = tuple(_read_again(pages, page, doubts, tools) for page in read)
        with watch.stage("correct"):
            correction = tools.correct(_readings(read), memory)
        with watch.stage("extract"):
            enhanced = correction.enhanced
            if doubts or correction.edits:
                fields = tools.find_fields(enhanced, pages.attachments, memory, today)
            status, reasons = tools.judge(fields, enhanced, pages.attachments, today)
        return Invoice(
            path=document.path,
            sha256=document.sha256,
            media_type=document.media_type,
            status=status,
            page_sizes=tuple(page.size for page in read),
            engine=", ".join(dict.fromkeys(page.reading.engine for page in read)),
            model=correction.model,
            raw_text=join_text(correction.raw),
            enhanced_text=correction.text if correction.model or correction.edits else None,
            edits=correction.edits,
            fields=fields,
            reasons=reasons,
            notes=(*pages.notes, *(note for page in read for note in page.notes), *correction.notes),
            timings=watch.timings(),
            versions={**tools.versions(), "memory": str(memory.version)},
        )


def _read_all(pages: PageSource, tools: Tools) -> tuple[ReadPage, ...]:
    """Read the pages side by side, ``page_threads`` at a time: no more of them are in memory at once."""
    numbers = range(1, len(pages.sizes) + 1)
    if tools.page_threads <= 1 or len(numbers) <= 1:
        return tuple(tools.read_page(pages, number) for number in numbers)
    with ThreadPoolExecutor(tools.page_threads) as threads:
        return tuple(threads.map(lambda number: tools.read_page(pages, number), numbers))


def _read_again(pages: PageSource, page: ReadPage, doubts: Doubts, tools: Tools) -> ReadPage:
    concerned = Doubts(tuple(doubt for doubt in doubts.items if doubt.page == page.reading.page))
    return tools.read_again(pages, page, concerned) if concerned else page


def _readings(read: tuple[ReadPage, ...]) -> tuple[Reading, ...]:
    return tuple(page.reading for page in read)
