"""What stays in doubt of a record's text: which words, what else they may say, who saw it, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from invoicewatch.records import Box, Lattice, PageWords, Path
from invoicewatch.records.page_words import DOUBTFUL

_AND = " + "  # parts the engines of a lattice
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of a line (from 0) of a page (as the file counts) that were left as they were read.

    ``box`` is where they stand, None where that is not known.
    """

    page: int
    line: int
    lattice: Lattice
    box: Box | None = None

    @property
    def read(self) -> Path:
        """What was read."""
        return self.lattice.paths[0]

    @property
    def others(self) -> tuple[Path, ...]:
        """What else they may say, the likeliest first."""
        return self.lattice.paths[1:]

    @property
    def told(self) -> tuple[Path, ...]:
        """Those of the others that people are told; programs are told all."""
        return self.others[:_MOST_TOLD]

    @property
    def engines(self) -> tuple[str, ...]:
        """Who saw that."""
        return tuple(self.lattice.engine.split(_AND))

    @property
    def anchor(self) -> str:
        """A name that no other doubt of its record has."""
        return f"{self.page}-{self.line}-{self.lattice.first}"

    def cut(self) -> list[tuple[str, bool]]:
        """What was read in pieces, each with whether its characters are in doubt."""
        signs = zip(self.read.text, rate_characters(self.lattice), strict=True)
        runs = groupby(((sign, rate < DOUBTFUL) for sign, rate in signs), key=itemgetter(1))
        return [("".join(sign for sign, _ in run), doubtful) for doubtful, run in runs]


def list_doubts(words: Sequence[PageWords]) -> list[Doubt]:
    """What stayed in doubt on a record's pages, in reading order."""
    found = []
    for page in words:
        doubts = page.list_doubts()
        lines = page.list_lines() if doubts else []
        found += [Doubt(page.page, line, lattice, _find_box(lines, line, lattice)) for line, lattice in doubts]
    return found


def rate_characters(lattice: Lattice) -> tuple[float, ...]:
    """For each character of what was read the probability (0-1) of all texts together that have it at its place."""
    from rapidfuzz.distance import Levenshtein

    read = lattice.paths[0].text
    rates = [0.0] * len(read)
    for path in lattice.paths:
        for kept in Levenshtein.opcodes(read, path.text):
            if kept.tag == "equal":
                for place in range(kept.src_start, kept.src_end):
                    rates[place] += path.probability
    return tuple(rates)


def _find_box(lines: Sequence[Sequence[tuple[str, Box]]], line: int, lattice: Lattice) -> Box | None:
    """Around its words; lines without words are not kept, so what stands in the place is compared."""
    words = lines[line][lattice.first : lattice.last] if line < len(lines) else ()
    if not words or " ".join(word for word, _ in words) != lattice.paths[0].text:
        return None
    return Box.around(box for _, box in words)
