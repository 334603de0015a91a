"""A run of words that may be the seller's name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from statistics import median

from invoicewatch.extract.page.evidence import fold
from invoicewatch.extract.page.layout import Row
from invoicewatch.records import Box, Word


@dataclass(frozen=True)
class NameCandidate:
    """A run of words that may be a name: ``text`` says what is left of ``words``, which begin on ``row``.

    ``lines`` counts the lines it takes, ``last_row`` is the number of the last one's row. ``how`` names the way it was
    cut out: ``line``, ``clean``, ``head``, ``lead``, ``part``, ``large``, ``brand``, ``host`` or ``joined``;
    ``line`` is the text of the whole line that it begins on. ``spans`` are the words of each line of a joined one.
    """

    text: str
    words: tuple[Word, ...]
    row: Row
    last_row: int
    lines: int
    how: str
    line: str
    spans: tuple[tuple[Word, ...], ...] = ()

    @cached_property
    def box(self) -> Box:
        """The box around all its words."""
        return Box.around(word.box for word in self.words)

    @cached_property
    def folded(self) -> str:
        """Its letters and digits without case."""
        return fold(self.text)

    @cached_property
    def type_height(self) -> float:
        """The usual height of its words, as a fraction of the page's."""
        return median(word.box.height for word in self.words)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The text of each of its lines."""
        return tuple(" ".join(word.text for word in words) for words in self.spans)

    @cached_property
    def part_boxes(self) -> tuple[Box, ...]:
        """The box of each of its lines."""
        return tuple(Box.around(word.box for word in words) for words in self.spans)

    @cached_property
    def part_sizes(self) -> tuple[float, ...]:
        """The usual height of the words of each of its lines."""
        return tuple(median(word.box.height for word in words) for words in self.spans)
