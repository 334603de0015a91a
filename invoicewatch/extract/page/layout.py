"""The page as a person sees it: rows and cells of words, what stands right of a word and what below.

Engines cut a page differently: one returns whole lines, another a fragment for each column. Rows are therefore rebuilt
here from the boxes, along the page's own slope, so that a label on the left and its amount far right share a row
whoever read them. Distances are counted in the page's own characters and lines, because boxes are fractions of a page
whose shape is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from statistics import median
from typing import Any

from invoicewatch.records import Box, Candidate, Line, Reading, Source, Word
from invoicewatch.records.slant import Slant, measure_slant

CELL_GAP_CHARS = 2.2
_MIN_OVERLAP = 0.4
_APART = 0.1  # of the lower box's height: neighbours that share less touch at most
_TORN_CHARS = 0.2
_TORN_LEFT = re.compile(r"\d[.,/-]?$")
_TORN_RIGHT = re.compile(r"^[.,/-]?\d")
_GLUED = re.compile(r"(?<=[^\W\d_]{2})([:=])(?=[^/\s:=)\]])|(?<=[^\W\d_]{2}[.)])([:=])(?=[^/\s:=)\]])")


@dataclass(frozen=True)
class Row:
    """Words side by side across the page, left to right.

    ``number`` counts the rows of page ``page`` from 0; ``source`` is who read it. ``cells`` are spans ``(first, last)``
    of words without a wide gap inside, ``last`` excluded.
    """

    page: int
    number: int
    words: tuple[Word, ...]
    cells: tuple[tuple[int, int], ...]
    source: Source = Source.OCR

    @cached_property
    def box(self) -> Box:
        """The box around all words."""
        return Box.around(word.box for word in self.words)

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """What was found on the row before, by what was looked for: extractors ask for the same again and again."""
        return {}

    @cached_property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(self.texts)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of each word."""
        return tuple(word.text for word in self.words)

    @cached_property
    def char_width(self) -> float:
        """The usual width of a letter on it, as a fraction of the page."""
        return median([word.box.width / len(word.text) for word in self.words])

    @cached_property
    def line_height(self) -> float:
        """The usual height of its words, as a fraction of the page."""
        return median([word.box.height for word in self.words])

    def cell_at(self, index: int) -> tuple[int, int]:
        """The span of the cell that holds word ``index``."""
        return next(span for span in self.cells if span[0] <= index < span[1])

    def join(self, first: int, last: int) -> str:
        """The text of words ``first`` up to but not including ``last``."""
        return " ".join(self.texts[first:last])

    def box_of(self, first: int, last: int) -> Box:
        """The box around words ``first`` up to but not including ``last``; at least one."""
        return self.words[first].box if last - first == 1 else Box.around([w.box for w in self.words[first:last]])


@dataclass(frozen=True)
class PageView:
    """One page: its rows from top to bottom, and its measures as fractions of the page."""

    page: int
    source: Source
    rows: tuple[Row, ...]
    char_width: float
    line_height: float

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """What was found on the page before, by what was looked for: as each row has it."""
        return {}

    def cells_below(self, box: Box, row: int, reach: int = 3) -> Iterator[tuple[Row, int, int]]:
        """The cells under ``box`` in the ``reach`` rows after ``row``: those that overlap it across, nearest first."""
        for below in self.rows[row + 1 : row + 1 + reach]:
            for first, last in below.cells:
                cell = below.box_of(first, last)
                if min(cell.x1, box.x1) - max(cell.x0, box.x0) > 0:
                    yield below, first, last


def view_pages(readings: Iterable[Reading]) -> tuple[PageView, ...]:
    """Rebuild the rows of every page, in page order."""
    return tuple(view_page(reading) for reading in sorted(readings, key=lambda each: each.page))


@lru_cache(maxsize=16)  # every extractor asks anew for the pages of the document
def view_page(reading: Reading) -> PageView:
    """Rebuild the rows of one page."""
    fragments = [_split_glued(line) for line in reading.lines if line.words]
    words = [word for line in fragments for word in line.words]
    if not words:
        return PageView(reading.page, reading.source, (), 0.0, 0.0)
    char_width = median(word.box.width / len(word.text) for word in words)
    if reading.source is not Source.TEXT_LAYER:
        fragments = [_join_torn(line, char_width) for line in fragments]
    slant = measure_slant(line.words for line in fragments)
    if reading.source is not Source.TEXT_LAYER:
        fragments = [part for line in fragments for part in _part_rows(line, slant)]
    chains = sorted(_chain_fragments(fragments, slant), key=lambda chain: _height_on_page(chain, slant))
    rows = tuple(
        _keep_known(Row(reading.page, number, tuple(chain), _find_cells(chain, char_width), reading.source))
        for number, chain in enumerate(chains)
    )
    return PageView(reading.page, reading.source, rows, char_width, median(word.box.height for word in words))


@lru_cache(maxsize=500)
def _keep_known(row: Row) -> Row:
    """The same row as it was met last, with its memo: most rows of a page are read alike the second time."""
    return row


def _split_glued(line: Line) -> Line:
    """Part ``Date:25/12/2018`` and ``CASH:RM`` into two words each; a web address stays whole."""
    if not any(_GLUED.search(word.text) for word in line.words):
        return line
    return Line(tuple(part for word in line.words for part in _split_word(word)))


def _split_word(word: Word) -> list[Word]:
    match = _GLUED.search(word.text)
    if match is None:
        return [word]
    cut = match.end()
    share = word.box.x0 + word.box.width * cut / len(word.text)
    others = [(other, _GLUED.search(other.text)) for other in word.others]
    heads = tuple(replace(o, text=o.text[: m.end()]) for o, m in others if m)
    tails = tuple(Candidate(o.text[m.end() :], o.confidence, o.engine) for o, m in others if m)
    raw = _GLUED.search(word.raw) if word.raw else None
    head = replace(
        word,
        text=word.text[:cut],
        box=word.box._replace(x1=share),
        others=heads,
        raw=word.raw[: raw.end()] if word.raw and raw else None,
    )
    tail = replace(
        word,
        text=word.text[cut:],
        box=word.box._replace(x0=share),
        others=tails,
        raw=word.raw[raw.end() :] if word.raw and raw else word.raw,
    )
    return [head, *_split_word(tail)]


def _join_torn(line: Line, char_width: float) -> Line:
    """Join figures that an engine tore apart (``2`` ``8.07.2022``): no blank's width stands between the parts."""
    words: list[Word] = []
    for word in line.words:
        touches = words and word.box.x0 - words[-1].box.x1 < _TORN_CHARS * char_width
        if touches and _TORN_LEFT.search(words[-1].text) and _TORN_RIGHT.match(word.text):
            words[-1] = _join(words[-1], word)
        else:
            words.append(word)
    return line if len(words) == len(line.words) else Line(tuple(words))


def _join(left: Word, right: Word) -> Word:
    others = tuple(
        Candidate(mine.text + theirs.text, min(mine.confidence, theirs.confidence), mine.engine)
        for mine in left.others
        for theirs in right.others
        if mine.engine == theirs.engine
    )
    raw = (left.raw or left.text) + (right.raw or right.text) if left.raw or right.raw else None
    box, confidence = Box.around((left.box, right.box)), min(left.confidence, right.confidence)
    return Word(left.text + right.text, box, confidence, left.engine, others, raw)


def _part_rows(line: Line, slant: Slant) -> Iterator[Line]:
    """Part what an engine strung together from several rows: neighbours that lie apart once they are level."""
    first = 0
    for n, (left, right) in enumerate(pairwise(line.words), start=1):
        if _share_level(left.box, right.box, slant) < _APART:
            yield Line(line.words[first:n])
            first = n
    yield Line(line.words[first:]) if first else line


def _chain_fragments(fragments: Sequence[Line], slant: Slant) -> list[list[Word]]:
    """Join fragments that follow one another on a row, left to right."""
    chains: list[list[Word]] = []
    for fragment in sorted(fragments, key=lambda line: line.words[0].box.x0):
        head = fragment.words[0]
        best, best_overlap = None, _MIN_OVERLAP
        for chain in chains:
            overlap = _overlap(chain[-1].box, head.box, slant)
            if overlap > best_overlap:
                best, best_overlap = chain, overlap
        if best is None:
            chains.append(list(fragment.words))
        else:
            best.extend(fragment.words)
    return chains


def _overlap(left: Box, right: Box, slant: Slant) -> float:
    """Share of the lower box's height that both boxes cover on one row, 0 unless ``right`` follows ``left``."""
    if right.x0 < left.x1 - 0.5 * min(left.width, right.width):
        return 0.0
    return _share_level(left, right, slant)


def _share_level(left: Box, right: Box, slant: Slant) -> float:
    """Share of the lower box's height that both boxes cover once they are level; below 0 where they lie apart."""
    height = min(left.height, right.height)
    if height <= 0:
        return 0.0
    (x0, y0), (x1, y1) = left.middle, right.middle
    fall = slant.at((y0 + y1) / 2) * (x1 - x0)
    return (min(left.y1 + fall, right.y1) - max(left.y0 + fall, right.y0)) / height


def _height_on_page(words: Sequence[Word], slant: Slant) -> float:
    return median(slant.level(*word.box.middle) for word in words)


def _find_cells(words: Sequence[Word], char_width: float) -> tuple[tuple[int, int], ...]:
    """Cut a row where the gap is wider than a few characters of the row's own size."""
    own = median(word.box.width / len(word.text) for word in words)
    limit = CELL_GAP_CHARS * max(own, char_width)
    cuts = [n for n in range(1, len(words)) if words[n].box.x0 - words[n - 1].box.x1 > limit]
    return tuple(zip([0, *cuts], [*cuts, len(words)], strict=True))
