"""The road of one document, from claimed bytes to its record.

Read, draft the fields, read again once what is in doubt, correct, judge. A stack of several documents is split once it
is read, a portfolio too; each goes the rest of the road alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from invoicewatch.pipeline.attached import (
    describe_attached,
    doubt_signature,
    doubt_validity,
    find_several_documents,
    mark_einvoice,
)
from invoicewatch.pipeline.stopwatch import Stopwatch
from invoicewatch.pipeline.tools import Evidence, Fields, ReadPage, Tools
from invoicewatch.pipeline.verdict import Judged, draw, judge_fields
from invoicewatch.records import (
    Correction,
    Document,
    Doubts,
    Invoice,
    Memory,
    PageSource,
    PageWords,
    Part,
    Reading,
    Status,
    join_text,
    keep_words,
)


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
            parts = tools.split(read, pages)
        road = _Road(document, tools, memory, today, pages, watch)
        return road.finish_parts(read, parts) if parts else (road.finish(read),)


@dataclass(frozen=True, slots=True)
class _Drafted:
    """The fields as they were first read, and what is in doubt."""

    fields: Fields
    doubts: Doubts


@dataclass(frozen=True, slots=True)
class _Road:
    """The rest of the road, once the pages were read."""

    document: Document
    tools: Tools
    memory: Memory
    today: date
    pages: PageSource
    watch: Stopwatch
    part: Part | None = None

    def finish_parts(self, read: tuple[ReadPage, ...], parts: tuple[Part, ...]) -> tuple[Invoice, ...]:
        """A record for each document of a stack or a portfolio."""
        left_out = _describe_left_out(read, parts, "cover" if self.pages.enclosed else "blank or separator")
        spent_s = time.perf_counter() - self.watch.started
        return tuple(
            replace(self, watch=self.watch.share(spent_s, len(parts)), part=part).finish(
                tuple(page for page in read if page.reading.page in part.pages), left_out
            )
            for part in parts
        )

    def finish(self, read: tuple[ReadPage, ...], notes: tuple[str, ...] = ()) -> Invoice:
        """From pages that were read to their record, reading again once what is in doubt."""
        drafted = self._draft(read)
        final = self._read_again(read, drafted.doubts)
        corrected = self._correct(final)
        judged = self._draw(self._judge(final, corrected, drafted))
        return self._record(final, corrected, judged, notes)

    def _draft(self, read: tuple[ReadPage, ...]) -> _Drafted:
        with self.watch.stage("extract"):
            fields = self._find_fields(self._find_evidence(_readings(read), read))
            return _Drafted(fields, self.tools.find_doubts(fields, _readings(read)))

    def _read_again(self, read: tuple[ReadPage, ...], doubts: Doubts) -> tuple[ReadPage, ...]:
        if not doubts:
            return read
        with self.watch.stage("ocr"):
            return tuple(_read_page_again(self.pages, page, doubts, self.tools) for page in read)

    def _correct(self, read: tuple[ReadPage, ...]) -> Correction:
        with self.watch.stage("correct"):
            return self.tools.correct(_readings(read), self.memory, self.document.refused)

    def _judge(self, read: tuple[ReadPage, ...], corrected: Correction, drafted: _Drafted) -> Judged:
        """The fields of the corrected text; the draft stands where nothing was read again or corrected."""
        with self.watch.stage("extract"):
            evidence = self._find_evidence(corrected.enhanced, read)
            changed = drafted.doubts or corrected.edits
            fields = self._find_fields(evidence) if changed else drafted.fields
            unreadable = tuple(page.unreadable for page in read if page.unreadable)
            several = () if self.part else find_several_documents(self.pages.attached)
            validation = self.tools.validate(evidence)
            doubts = (*unreadable, *several, *doubt_signature(self.pages.signature), *doubt_validity(validation))
            judged = judge_fields(fields, evidence, self.tools, self.memory, self.today, doubts)
        if read and all(page.blank for page in read):
            return Judged(judged.fields, Status.NEEDS_REVIEW, ("every page is blank",))
        return replace(judged, validation=validation)

    def _draw(self, judged: Judged) -> Judged:
        """The same, or a review where an accepted document is drawn for a look."""
        number = 0 if self.part is None else self.part.number
        if judged.status is not Status.ACCEPTED or not self.tools.is_drawn(self.document.sha256, number):
            return judged
        return draw(judged, self.tools, self.today)

    def _find_fields(self, evidence: Evidence) -> Fields:
        return self.tools.find_fields(evidence, self.memory, self.today)

    def _find_evidence(self, readings: tuple[Reading, ...], read: tuple[ReadPage, ...]) -> Evidence:
        codes = tuple(code for page in read for code in page.codes)
        return Evidence(readings, self._attachments, self._invoice, codes)

    @property
    def _invoice(self) -> int:
        """Which invoice of the file's XML this is; 0 where the file is one document."""
        return 0 if self.part is None or self.part.pages else self.part.number

    @property
    def _attachments(self) -> Mapping[str, bytes]:
        """The embedded files that speak for the record: those of its own document, where the file holds several."""
        pages = self.part.pages if self.part is not None else ()
        own = (each.attachments for each in self.pages.enclosed if each.pages == pages)
        return next(own, self.pages.attachments)

    def _record(
        self,
        read: tuple[ReadPage, ...],
        corrected: Correction,
        judged: Judged,
        notes: tuple[str, ...],
    ) -> Invoice:
        attached = mark_einvoice(self.pages.attached, self.tools.name_einvoice(self._attachments))
        notes = (*self.pages.notes, *describe_attached(attached), *notes)
        return Invoice(
            path=self.document.path,
            sha256=self.document.sha256,
            media_type=self.document.media_type,
            status=judged.status,
            page_sizes=tuple(page.size for page in read),
            engine=", ".join(dict.fromkeys(page.reading.engine for page in read)),
            model=corrected.model,
            raw_text=join_text(corrected.raw),
            enhanced_text=corrected.text if corrected.model or corrected.edits else None,
            edits=corrected.edits,
            fields=judged.fields,
            reasons=judged.reasons,
            alarms=judged.alarms,
            asked=judged.asked,
            notes=(*notes, *(note for page in read for note in page.notes), *corrected.notes, *judged.notes),
            timings=self.watch.timings(),
            versions={**self.tools.versions(), "memory": str(self.memory.version)},
            part=self.part,
            attachments=attached,
            signature=self.pages.signature,
            validation=judged.validation,
            codes=judged.codes,
            lines=judged.items.lines,
            taxes=judged.items.taxes,
            sketch=judged.sketch,
            readings=judged.readings,
            words=_keep_words(read, corrected.enhanced),
        )


def _describe_left_out(read: tuple[ReadPage, ...], parts: tuple[Part, ...], kind: str) -> tuple[str, ...]:
    """A note on the pages that are in no part."""
    taken = {number for part in parts for number in part.pages}
    left = [str(page.reading.page) for page in read if page.reading.page not in taken]
    return (f"{kind} pages of the file, in no part: {', '.join(left)}",) if left else ()


def _read_all(pages: PageSource, tools: Tools) -> tuple[ReadPage, ...]:
    """Read the pages side by side, ``page_threads`` at a time: no more of them are in memory at once."""
    numbers = range(1, len(pages.sizes) + 1)
    if tools.page_threads <= 1 or len(numbers) <= 1:
        return tuple(tools.read_page(pages, number) for number in numbers)
    with ThreadPoolExecutor(tools.page_threads) as threads:
        return tuple(threads.map(lambda number: tools.read_page(pages, number), numbers))


def _read_page_again(pages: PageSource, page: ReadPage, doubts: Doubts, tools: Tools) -> ReadPage:
    concerned = Doubts(tuple(doubt for doubt in doubts.items if doubt.page == page.reading.page))
    return tools.read_again(pages, page, concerned) if concerned else page


def _keep_words(read: tuple[ReadPage, ...], enhanced: tuple[Reading, ...]) -> tuple[PageWords, ...]:
    """The words of each page as they were corrected, and how the page was turned."""
    return tuple(keep_words(reading, page.quarter_turns) for page, reading in zip(read, enhanced, strict=True))


def _readings(read: tuple[ReadPage, ...]) -> tuple[Reading, ...]:
    return tuple(page.reading for page in read)
