"""What an engine read off a page, and what should be read again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from invoicewatch.pickling import pickle_by_values
from invoicewatch.records.field import Source
from invoicewatch.records.geometry import Box


@pickle_by_values
@dataclass(frozen=True, slots=True)
class Candidate:
    """Another reading of the same word: who read it, and how sure that engine was (0-100)."""

    text: str
    confidence: float
    engine: str


@pickle_by_values
@dataclass(frozen=True, slots=True)
class Word:
    """One word as read: no white space inside ``text``, ``confidence`` 0-100.

    ``engine`` names who read the text that was kept. ``others`` are readings by other engines, or the same
    engine's alternatives, whether they agree or not. ``raw`` is None, or the text as read where a correction
    changed ``text``. ``again`` is what was read in its place once its picture had been changed, a text for each way;
    empty where nobody looked again.
    """

    text: str
    box: Box
    confidence: float
    engine: str
    others: tuple[Candidate, ...] = ()
    raw: str | None = None
    again: tuple[str, ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether an engine other than the one kept read the very same text."""
        kept = self.raw if self.raw is not None else self.text
        return any(other.text == kept and other.engine != self.engine for other in self.others)


MOST_PATHS = 8
"""Texts that are kept of words that were not read clearly."""

_LEAST_SHARE = 0.001  # of what was found: less is not kept


@dataclass(frozen=True, slots=True)
class Path:
    """What words may say: their text, joined by single spaces, and its natural log-probability among what is kept."""

    text: str
    log_probability: float

    @property
    def probability(self) -> float:
        """From 0 to 1."""
        return math.exp(self.log_probability)


@dataclass(frozen=True, slots=True)
class Lattice:
    """All that words ``first`` up to but not including ``last`` of a line may say, by what an engine saw.

    The first of ``paths`` is what was read, whatever its probability; the others follow, the likeliest first. They may
    be other words in number. ``engine`` names who found them; two names are joined by `` + ``.
    """

    first: int
    last: int
    engine: str
    paths: tuple[Path, ...]

    @property
    def sureness(self) -> float:
        """The probability (0-1) that what was read is right but for marks and spaces."""
        read = _keep_content(self.paths[0].text)
        return sum(path.probability for path in self.paths if _keep_content(path.text) == read)

    @classmethod
    def of_shares(cls, first: int, last: int, engine: str, read: str, shares: Mapping[str, float]) -> Lattice:
        """The likeliest of some texts. ``shares`` are in proportion to probabilities, ``read`` may be missing."""
        others = sorted((text for text in shares if text != read), key=lambda text: (-shares[text], text))
        least = _LEAST_SHARE * sum(shares.values())
        kept = [text for text in others if shares[text] >= least][: MOST_PATHS - 1]
        weights = {read: max(least, shares.get(read, 0.0))} | {text: shares[text] for text in kept}
        total = sum(weights.values())
        return cls(first, last, engine, tuple(Path(text, math.log(each / total)) for text, each in weights.items()))


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side, left to right (in reading direction).

    ``lattices`` tell what those of them may say that were not read clearly, from left to right; none overlap.
    """

    words: tuple[Word, ...]
    lattices: tuple[Lattice, ...] = ()

    @classmethod
    def join(cls, pieces: Iterable[Line]) -> Line:
        """One line of pieces that stand side by side."""
        words: list[Word] = []
        lattices: list[Lattice] = []
        for piece in pieces:
            shift = len(words)
            lattices += (replace(each, first=each.first + shift, last=each.last + shift) for each in piece.lattices)
            words += piece.words
        return cls(tuple(words), tuple(lattices))

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The box around all words; a line has at least one."""
        return Box.around(word.box for word in self.words)


@pickle_by_values
@dataclass(frozen=True, slots=True)
class Reading:
    """All lines of one page in reading order, top to bottom.

    ``page`` counts from 1. ``engine`` is the name with its version, e.g. ``tesseract 5.3.0 eng+deu``;
    a fused reading joins both names by `` + ``. ``source`` is TEXT_LAYER or OCR. ``regions`` are the only parts of the
    page that were looked at; none means all of it.
    """

    page: int
    lines: tuple[Line, ...]
    engine: str
    source: Source = Source.OCR
    regions: tuple[Box, ...] = ()

    def __hash__(self) -> int:
        """Of its size alone: readings are asked for by the dozen in caches, and hashing all words costs more."""
        return hash((self.page, self.engine, len(self.lines), sum(len(line.words) for line in self.lines)))

    @property
    def text(self) -> str:
        """The lines joined by newlines."""
        return "\n".join(line.text for line in self.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words of the page in reading order."""
        return tuple(word for line in self.lines for word in line.words)


def _keep_content(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def join_text(readings: Iterable[Reading]) -> str:
    """The text of several pages, a form feed between pages as pdftotext writes it."""
    return "\f".join(reading.text for reading in readings)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to read again with another engine.

    ``box`` is the region at stake, or None for the whole page. ``field`` is the field concerned, or empty
    where the reading as a whole is poor. ``reason`` is a phrase for the record. ``value`` is where the field's value
    stands, if it stands there.
    """

    page: int
    box: Box | None
    field: str
    reason: str
    value: Box | None = None


@dataclass(frozen=True, slots=True)
class Doubts:
    """Everything to read again, most important first."""

    items: tuple[Doubt, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages concerned, ascending, each once."""
        return tuple(sorted({doubt.page for doubt in self.items}))
