"""Lines of print: words side by side that may belong together, whatever rows and cells the page was cut into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from invoicewatch.extract.page.layout import Row
from invoicewatch.records import Box, Word

_HEADLINE_GAP_CHARS = 12.0
_INTERLEAVED = 1.55  # heights of a word that a row of one line never has


@dataclass(frozen=True)
class TextLine:
    """Words side by side on a row that one line of print may hold."""

    row: Row
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """The box around all words."""
        return Box.around(word.box for word in self.words)


def list_text_lines(row: Row) -> Iterator[TextLine]:
    """The cells of ``row``, cells of one spaced headline together too, and its levels where two lines fell into one."""
    levels = _split_levels(row)
    if levels:
        for words in levels:
            yield TextLine(row, words)
    for first, last in row.cells:
        yield TextLine(row, row.words[first:last])
    for (first, end), (begin, last) in pairwise(row.cells):
        if row.words[begin].box.x0 - row.words[end - 1].box.x1 <= _HEADLINE_GAP_CHARS * row.char_width:
            yield TextLine(row, row.words[first:last])
    if len(row.cells) > 2:  # noqa: PLR2004 - with two the pair is the row
        yield TextLine(row, row.words)


def is_under(above: TextLine, line: TextLine) -> bool:
    """Whether ``line`` is the next line of print below, overlapping across."""
    overlap = min(above.box.x1, line.box.x1) - max(above.box.x0, line.box.x0)
    return overlap > 0 and (line.row is not above.row or line.box.middle[1] > above.box.y1)


def _split_levels(row: Row) -> list[tuple[Word, ...]]:
    """The words of ``row`` line by line, if two lines of a bent page were taken for one; else nothing."""
    if len(row.words) < 2 or row.box.height < _INTERLEAVED * row.line_height:  # noqa: PLR2004
        return []
    by_height = sorted(row.words, key=lambda word: word.box.middle[1])
    levels = [[by_height[0]]]
    for above, word in pairwise(by_height):
        if word.box.middle[1] - above.box.middle[1] > 0.35 * min(above.box.height, word.box.height):
            levels.append([])
        levels[-1].append(word)
    if len(levels) == 1:
        return []
    return [tuple(sorted(level, key=lambda word: word.box.x0)) for level in levels]
