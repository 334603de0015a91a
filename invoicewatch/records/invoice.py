"""The record: everything that is kept of one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from invoicewatch.records.attention.alarm import Alarm, Asked
from invoicewatch.records.carried.code import Code
from invoicewatch.records.carried.einvoice import Signature, Validation
from invoicewatch.records.carried.itemised import InvoiceLine, TaxByRate
from invoicewatch.records.correction import Edit
from invoicewatch.records.document import Attachment, PageSize
from invoicewatch.records.field import Field
from invoicewatch.records.looks.paper import Sketch
from invoicewatch.records.page_words import PageWords
from invoicewatch.records.reading import Reading


class Status(StrEnum):
    """What became of a document."""

    ACCEPTED = "accepted"
    NEEDS_REVIEW = "needs_review"
    DUPLICATE = "duplicate"
    FAILED = "failed"


DRAWN = "drawn for a look"
"""The one reason for a review of a document that could be accepted."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document failed: a stable code, a sentence, and what to do."""

    code: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Timings:
    """Wall-clock seconds by stage; ``total_s`` is the whole road of the document.

    ``extract_cpu_s`` is the processor time of extraction, all its passes together, which other work on the machine
    changes little.
    """

    load_s: float = 0.0
    ocr_s: float = 0.0
    correct_s: float = 0.0
    extract_s: float = 0.0
    total_s: float = 0.0
    extract_cpu_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """Which pages of a file a record was made from, where one file holds several documents.

    ``number`` counts from 1 up to ``count``. ``pages`` are the file's own page numbers, ascending; covers, blank and
    separator pages are in no part. Of a file of XML with several invoices each is a part, and there are no pages.
    """

    number: int
    count: int
    pages: tuple[int, ...]

    @property
    def span(self) -> str:
        """The pages from the first to the last, for people: ``page 3`` or ``pages 4 to 6``; of XML which invoice."""
        if not self.pages:
            return f"invoice {self.number}"
        first, last = self.pages[0], self.pages[-1]
        return f"page {first}" if first == last else f"pages {first} to {last}"


@dataclass(frozen=True, slots=True)
class Invoice:
    """One document's record.

    ``part`` is None where the record stands for the whole file; else ``page_sizes`` and the texts are those of the
    part's pages alone, while fields and edits name pages as the file counts them.

    ``fields`` has every name of FIELD_NAMES (None where nothing was found) and those of plug-in extractors.
    ``enhanced_text`` is None where nothing was corrected (text layer, e-invoice, no model). ``reasons`` say in words
    why it needs a review; ``notes`` what else the reader should know (pages left out, no model). ``alarms`` are those
    of the reasons that may save money; ``asked`` are the fields that would settle the others, the doubtfullest first.
    ``attachments`` are the files inside the file, whether they were read or not. ``signature`` is that of a signed
    container, None where the file is none. ``codes`` are the codes on its pages, known or not. ``validation`` says
    whether an e-invoice keeps the rules of its format, None where that is not to be checked.
    ``lines`` and ``taxes`` are what the sum is made of, empty where no table was found that can be trusted to be whole.
    ``versions`` names everything that made it (program, engines, model, memory).
    ``sketch`` is what it may teach of how its seller's paper looks, None where it was read off no page. ``readings``
    are what the fields were found in, kept while it waits for a review so that it can be judged again; empty where it
    cannot be. ``words`` are those of its pages with their boxes, packed. A record that is read back from the store has
    none of the three.
    """

    path: str
    sha256: str
    media_type: str
    status: Status
    page_sizes: tuple[PageSize, ...] = ()
    engine: str = ""
    model: str | None = None
    raw_text: str = ""
    enhanced_text: str | None = None
    edits: tuple[Edit, ...] = ()
    fields: Mapping[str, Field | None] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: Failure | None = None
    timings: Timings = Timings()
    versions: Mapping[str, str] = field(default_factory=dict)
    part: Part | None = None
    attachments: tuple[Attachment, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    asked: tuple[Asked, ...] = ()
    signature: Signature | None = None
    sketch: Sketch | None = None
    readings: tuple[Reading, ...] = ()
    codes: tuple[Code, ...] = ()
    validation: Validation | None = None
    lines: tuple[InvoiceLine, ...] = ()
    taxes: tuple[TaxByRate, ...] = ()
    words: tuple[PageWords, ...] = ()

    @property
    def part_number(self) -> int:
        """The part's number, 0 for a whole file: with ``sha256`` it tells records apart."""
        return 0 if self.part is None else self.part.number

    @property
    def page_numbers(self) -> tuple[int, ...]:
        """The file's own numbers of the record's pages, one for each of ``page_sizes``."""
        return tuple(range(1, len(self.page_sizes) + 1)) if self.part is None else self.part.pages
