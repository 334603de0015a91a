"""What the road needs to be given, and the two values that travel between its stages and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from invoicewatch.records import (
    Alarm,
    Asked,
    Code,
    Correction,
    Document,
    Doubts,
    Field,
    Itemised,
    Memory,
    Page,
    PageSize,
    PageSource,
    Part,
    Reading,
    Refusal,
    Sketch,
    Status,
    Validation,
)

Fields = Mapping[str, Field | None]


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read: its reading, its size upright, and the quarter turns that made it upright.

    ``image`` is the page that was read, kept for the second reading of a document's first pages only, so that memory
    stays bounded whatever the document's length. ``notes`` are for the record. ``blank`` says that there is
    nothing on the page; it is only looked for where stacks are split. ``unreadable`` says why none of what was read
    counts: the page is in a script that no engine reads.
    ``codes`` are those that were decoded, whatever they say.
    """

    reading: Reading
    size: PageSize
    quarter_turns: int = 0
    image: Page | None = None
    notes: tuple[str, ...] = ()
    blank: bool = False
    unreadable: str = ""
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What fields were found in; ``invoice`` counts the invoices of a file of XML, 0 where it is one document.

    ``codes`` are those on all pages.
    """

    readings: tuple[Reading, ...]
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    invoice: int = 0
    codes: tuple[Code, ...] = ()


class JudgeTools(Protocol):
    """What it takes to find and judge the fields of pages that were read before."""

    def find_fields(self, evidence: Evidence, memory: Memory, today: date) -> Fields:
        """Extract the fields."""

    def compare_look(
        self, fields: Fields, readings: tuple[Reading, ...], memory: Memory, today: date
    ) -> tuple[Sketch | None, tuple[str, ...]]:
        """The document's sketch, and in words how its layout is another than its seller's before."""

    def judge(self, fields: Fields, evidence: Evidence, today: date) -> tuple[Status, tuple[str, ...]]:
        """Whether a person should look, and why."""

    def find_items(self, fields: Fields, evidence: Evidence) -> Itemised:
        """The lines and the tax by rate, once the fields stand."""

    def is_proved(self, fields: Fields) -> bool:
        """Whether every decisive field is proved."""

    def judge_codes(self, codes: tuple[Code, ...], fields: Fields) -> tuple[tuple[Code, ...], tuple[str, ...]]:
        """The codes with what they were taken for, and why a person should look at them."""

    def find_alarms(self, fields: Fields, readings: tuple[Reading, ...]) -> tuple[Alarm, ...]:
        """What the document says against itself."""

    def find_asked(
        self, fields: Fields, reasons: tuple[str, ...], codes: tuple[Code, ...], today: date
    ) -> tuple[Asked, ...]:
        """Which fields would settle a document that needs a review for these reasons; ``codes`` as they were named."""


class Tools(JudgeTools, Protocol):
    """What the road needs; ``wiring.Toolbox`` is the real one. Each raises InvoicewatchError on failure."""

    @property
    def page_threads(self) -> int:
        """How many pages of one document are read side by side."""

    def open_pages(self, document: Document) -> PageSource:
        """Open the document's pages."""

    def read_page(self, pages: PageSource, number: int) -> ReadPage:
        """Read one page by the cheapest sufficient means."""

    def split(self, read: tuple[ReadPage, ...], pages: PageSource) -> tuple[Part, ...]:
        """The documents of a portfolio, a stack or a file of XML; none where the file is one, or is not to be split."""

    def find_doubts(self, fields: Fields, readings: tuple[Reading, ...]) -> Doubts:
        """What a second engine should read; nothing where there is no second engine."""

    def read_again(self, pages: PageSource, page: ReadPage, doubts: Doubts) -> ReadPage:
        """Read the doubtful regions, or the page, with the second engine and fuse both readings."""

    def correct(self, readings: tuple[Reading, ...], memory: Memory, refused: tuple[Refusal, ...]) -> Correction:
        """Mend the text, but for the edits that people refused."""

    def name_einvoice(self, attachments: Mapping[str, bytes]) -> str | None:
        """Which of the embedded files the fields are taken from; None where none is an e-invoice."""

    def is_drawn(self, sha256: str, part: int) -> bool:
        """Whether a person should look at a document though it could be accepted; ``part`` 0 is the whole file."""

    def validate(self, evidence: Evidence) -> Validation | None:
        """Whether the e-invoice keeps its format's rules; None where there is none, or it is not to be checked."""

    def versions(self) -> Mapping[str, str]:
        """Names and versions of all that makes the record."""
