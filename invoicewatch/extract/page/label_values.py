"""Where the value of a label stands: right of it in its cell, in the next cell, or in the cell below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.page.layout import PageView, Row


class Place(NamedTuple):
    """Words ``first`` up to but not including ``last`` of ``row`` that may hold a value.

    ``distance`` is 0 in the label's own cell, 1 in the next cell, 2 and more below.
    """

    row: Row
    first: int
    last: int
    distance: int


def find_places(page: PageView, label: Label, taken: frozenset[tuple[int, int]], reach: int = 2) -> Iterator[Place]:
    """The places for the value of ``label``, likeliest first.

    ``taken`` holds ``(row number, word index)`` of words of other labels: a place ends where another label begins,
    and a cell that begins with a label is no place.
    """
    row = label.row
    _, cell_end = row.cell_at(label.first)
    stop = _find_stop(row, label.last, cell_end, taken)
    if any(_is_text(row, n) for n in range(label.last, stop)):
        yield Place(row, label.last, stop, 0)
    for first, last in row.cells:
        if first >= cell_end:
            if (row.number, first) not in taken:
                yield Place(row, first, _find_stop(row, first, last, taken), 1)
            break
    for below, first, last in page.cells_below(label.box, row.number, reach):
        if (below.number, first) in taken:
            break
        yield Place(below, first, _find_stop(below, first, last, taken), 1 + below.number - row.number)


def list_taken(labels: list[Label]) -> frozenset[tuple[int, int]]:
    """The words of ``labels`` as ``find_places`` wants them."""
    return frozenset((label.row.number, n) for label in labels for n in range(label.first, label.last))


def _find_stop(row: Row, first: int, last: int, taken: frozenset[tuple[int, int]]) -> int:
    return next((n for n in range(first, last) if (row.number, n) in taken), last)


def _is_text(row: Row, index: int) -> bool:
    return any(char.isalnum() for char in row.words[index].text)
