"""The road of one document, from claimed bytes to its record.

This file owns the order of the stages and the one bounded loop: read, draft the fields, read again once what is in
doubt, correct, extract. A stack of several documents is split once it is read; each goes the rest of the road alone.
The stages know nothing of one another; what they are is decided in ``wiring``.
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
    Part,
    Reading,
    Status,
    Timings,
    join_text,
)

Fields = Mapping[str, Field | None]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read: its reading, its size upright, and the quarter turns that made it upright.

    ``image`` is the page that was read, kept for the second reading of a document's first pages only, so that memory
    stays bounded whatever the document's length. ``notes`` are for the record. ``blank`` says that there is
    nothing on the page; it is only looked for where stacks are split.
    """

    reading: Reading
    size: PageSize
    quarter_turns: int = 0
    image: Page | None = None
    notes: tuple[str, ...] = ()
    blank: bool = False


class Tools(Protocol):
    """What the road needs; ``wiring.Toolbox`` is the real one. Each raises InvoicewatchError on failure."""

    page_threads: int

    def open_pages(self, document: Document) -> PageSource:
        """Open the document's pages."""

    def read_page(self, pages: PageSource, number: int) -> ReadPage:
        """Read one page by the cheapest sufficient means."""

    def split(self, read: tuple[ReadPage, ...], attachments: Mapping[str, bytes]) -> tuple[Part, ...]:
        """The documents of a stack; none where the file is one, or is not to be split."""

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

    def share(self, spent_s: float, count: int) -> Stopwatch:
        """A watch that begins now, for one of ``count`` parts: each bears an equal share of what was spent on all."""
        seconds = {name: each / count for name, each in self.seconds.items()}
        return Stopwatch(self.enter, started=time.perf_counter() - spent_s / count, seconds=seconds)

    def timings(self) -> Timings:
        """The record's timings."""
        stages = {f"{name}_s": round(self.seconds.get(name, 0.0), 4) for name in ("load", "ocr", "correct", "extract")}
        return Timings(**stages, total_s=round(time.perf_counter() - self.started, 4))


def process(
    document: Document, tools: Tools, memory: Memory, today: date, enter: Callable[[str], None] = lambda _: None
) -> tuple[Invoice, ...]:
    """Read one file and make its record, or one for each document in it.

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
            parts = tools.split(read, pages.attachments)
        road = _Road(document, tools, memory, today, pages)
        if not parts:
            return (road.finish(read, None, watch),)
        chosen = [tuple(page for page in read if page.reading.page in part.pages) for part in parts]
        left_out = _describe_left_out(read, parts)
        spent_s = time.perf_counter() - watch.started
        return tuple(
            road.finish(own, part, watch.share(spent_s, len(parts)), left_out)
            for own, part in zip(chosen, parts, strict=True)
        )


@dataclass(frozen=True, slots=True)
class _Road:
    """What is the same for every part of a file, and the rest of the road of one of them."""

    document: Document
    tools: Tools
    memory: Memory
    today: date
    pages: PageSource

    def finish(
        self, read: tuple[ReadPage, ...], part: Part | None, watch: Stopwatch, notes: tuple[str, ...] = ()
    ) -> Invoice:
        """From pages that were read to their record, reading again once what is in doubt."""
        tools, attachments = self.tools, self.pages.attachments
        with watch.stage("extract"):
            fields = tools.find_fields(_readings(read), attachments, self.memory, self.today)
            doubts = tools.find_doubts(fields, _readings(read))
        if doubts:
            with watch.stage("ocr"):
                read = tuple(_read_again(self.pages, page, doubts, tools) for page in read)
        with watch.stage("correct"):
            correction = tools.correct(_readings(read), self.memory)
        with watch.stage("extract"):
            enhanced = correction.enhanced
            if doubts or correction.edits:
                fields = tools.find_fields(enhanced, attachments, self.memory, self.today)
            status, reasons = tools.judge(fields, enhanced, attachments, self.today)
        if read and all(page.blank for page in read):
            status, reasons = Status.NEEDS_REVIEW, ("every page is blank",)
        return Invoice(
            path=self.document.path,
            sha256=self.document.sha256,
            media_type=self.document.media_type,
            status=status,
            page_sizes=tuple(page.size for page in read),
            engine=", ".join(dict.fromkeys(page.reading.engine for page in read)),
            model=correction.model,
            raw_text=join_text(correction.raw),
            enhanced_text=correction.text if correction.model or correction.edits else None,
            edits=correction.edits,
            fields=fields,
            reasons=reasons,
            notes=(*self.pages.notes, *notes, *(note for page in read for note in page.notes), *correction.notes),
            timings=watch.timings(),
            versions={**tools.versions(), "memory": str(self.memory.version)},
            part=part,
        )


def _describe_left_out(read: tuple[ReadPage, ...], parts: tuple[Part, ...]) -> tuple[str, ...]:
    """A note on the pages that are in no part."""
    taken = {number for part in parts for number in part.pages}
    left = [str(page.reading.page) for page in read if page.reading.page not in taken]
    return (f"blank or separator pages of the file, in no part: {', '.join(left)}",) if left else ()


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
