"""The tools on the road, as the pipeline sees them: what a stage may ask of a tool that lives in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from invoicewatch.records.carried.code import Code
from invoicewatch.records.carried.einvoice import Signature
from invoicewatch.records.correction import Correction
from invoicewatch.records.document import Attachment, Enclosed, Page, PageSize
from invoicewatch.records.field import Field
from invoicewatch.records.geometry import Box
from invoicewatch.records.memory import Memory
from invoicewatch.records.office import Office
from invoicewatch.records.reading import Reading, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PageSource(Protocol):
    """An opened document whose pages can be asked for one at a time, in any order, from any thread.

    ``signature`` is that of the signed container which the document came in; None where it came in none.
    """

    signature: Signature | None

    @property
    def sizes(self) -> tuple[PageSize, ...]:
        """The pages that will be read, in order; as many as the limits allow."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, in words (``pages 301 to 500 left out: max_pages is 300``)."""

    @property
    def attachments(self) -> Mapping[str, bytes]:
        """Embedded files by name (the XML of an e-invoice); for a bare XML document, that document."""

    @property
    def attached(self) -> tuple[Attachment, ...]:
        """Every embedded file, those too whose content is not among ``attachments``."""

    @property
    def enclosed(self) -> tuple[Enclosed, ...]:
        """The documents inside a file that is a cover for several; none for any other file."""

    def read_text_layer(self, number: int) -> Reading | None:
        """The page's own text, or None where there is none that can be trusted."""

    def find_odd_words(self, number: int) -> tuple[Word, ...]:
        """Words of a text layer that was read which may be a cipher; it counts only where the picture shows them."""

    def load(self, number: int) -> Page:
        """Decode, turn upright and prepare one page. Raises DocumentError."""

    def draw_codes(self, number: int) -> Page | None:
        """A page, or the part of it that may hold codes, as fine as it came; None where nothing on it may be one.

        Upright and not prepared. Raises DocumentError.
        """

    def view(self, number: int, max_width: int) -> NDArray[np.uint8]:
        """A page as it came, upright and in colour, (height, width, 3), RGB, at most ``max_width`` wide.

        For people to look at. Raises DocumentError.
        """

    def close(self) -> None:
        """Let go of the decoder; called once, after which no page can be asked for."""


class OcrEngine(Protocol):
    """Reads pages. A third engine is one class and one entry point in ``invoicewatch.engines``."""

    @property
    def name(self) -> str:
        """Short name as the configuration writes it, e.g. ``tesseract``."""

    @property
    def version(self) -> str:
        """Name, version and whatever else changes results, e.g. ``tesseract 5.3.0 eng+deu``."""

    def read(self, page: Page) -> Reading:
        """Read the whole page. Raises TransientError on a time limit, DependencyError if it cannot run."""

    def read_regions(self, page: Page, boxes: Sequence[Box]) -> Reading:
        """Read only these regions (each about one line); cheaper than the whole page where the engine can."""

    def close(self) -> None:
        """Free what it holds; a later ``read`` may load it again."""


@runtime_checkable
class Proofreader(Protocol):
    """What an engine may offer besides: words read again, their picture changed in ways that fail independently."""

    def read_otherwise(self, page: Page, boxes: Sequence[Box]) -> tuple[tuple[str, ...], ...]:
        """For each box, about one word, the text that each way gives."""


class LineScorer(Protocol):
    """Tells how likely a language model finds a line."""

    @property
    def model_name(self) -> str:
        """The model's file name."""

    def score(self, prefix: str, candidates: Sequence[str]) -> tuple[float, ...]:
        """Natural log-likelihood of each candidate as the continuation of ``prefix``.

        The prefix's state is evaluated once and reused while consecutive calls share it.
        """

    def words(self) -> tuple[str, ...]:
        """The words that the model's tokenizer holds whole, in lower case, commonest first."""


class TextWriter(Protocol):
    """Lets a language model write."""

    def write(self, instruction: str, text: str, max_tokens: int, time_limit_s: float | None = None) -> str:
        """The model's answer to ``instruction`` over ``text``, greedy, cut at ``max_tokens`` or ``time_limit_s``."""


class Processor(Protocol):
    """One link of the correction chain, found by its entry point in ``invoicewatch.processors``."""

    def __call__(self, correction: Correction) -> Correction:
        """A correction with more edits or notes; the guard checks the difference afterwards."""


@dataclass(frozen=True, slots=True)
class ExtractContext:
    """What an extractor may look at.

    ``readings`` are the enhanced readings of all pages. ``attachments`` are embedded files by name. ``today`` is the
    clock. ``found`` holds the fields of the extractors before it. ``office`` is who receives the documents. ``invoice``
    says which of several invoices in a file of XML is meant, from 1; 0 where the file is one document.
    ``codes`` are those on all pages.
    """

    readings: tuple[Reading, ...]
    attachments: Mapping[str, bytes]
    memory: Memory
    today: date
    found: Mapping[str, Field | None] = field(default_factory=dict)
    office: Office = field(default_factory=Office)
    invoice: int = 0
    codes: tuple[Code, ...] = ()


class Extractor(Protocol):
    """Finds one or more fields. A plug-in is one class and one entry point in ``invoicewatch.extractors``."""

    def find(self, context: ExtractContext) -> Mapping[str, Field | None]:
        """The fields by name; only those this extractor answers for."""
