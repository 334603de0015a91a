"""Group what stands side by side: words into lines, pieces of lines into rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

from invoicewatch.records.geometry import Box
from invoicewatch.records.slant import LEVEL, Slant

_SAME_ROW = 0.5  # of the smaller height: two things overlap by this much if they stand on one row
_ABOVE = 0.3  # of the smaller width: two things that share this much across stand one above the other
_SAME_INK = 0.2  # of the smaller height: unless they are as good as level, when they are one thing that was seen twice
_DISTANCE = 0.3  # heights of misfit that a gap as wide as the page counts for: near neighbours are surer than far ones
_ANY_GAP = 1.0


class _Boxed(Protocol):
    @property
    def box(self) -> Box: ...


Boxed = TypeVar("Boxed", bound=_Boxed)


def group_rows(items: Iterable[Boxed], slant: Slant = LEVEL, reach: float = _ANY_GAP) -> list[list[Boxed]]:
    """The rows of a page from top to bottom, each from left to right.

    Two things may stand on one row where they overlap in height by half of the smaller height or more. Boxes have air
    around their print, so that those of lines set close overlap as much: the best fitting neighbours are joined first,
    and never two rows of which one has something above or under something of the other. So a row may climb a little
    across the page and takes nothing of its neighbours.

    Args:
        items: What has a box.
        slant: How the lines of a page that lies askew run; without it words far apart on one line would join the
            lines above and below.
        reach: The widest gap between neighbours, as a fraction of the page's width; wider ones part a row in two.
    """
    listed = list(items)
    boxes = [_level(item.box, slant) for item in listed]
    rows = _join_rows(boxes, sorted(_find_links(boxes, reach)))
    rows.sort(key=lambda row: sum(boxes[n].middle[1] for n in row) / len(row))
    return [[listed[n] for n in sorted(row, key=lambda n: (boxes[n].x0, boxes[n].x1))] for row in rows]


class _Link(NamedTuple):
    """Two boxes by number that may stand on one row; the less the ``misfit``, the surer."""

    misfit: float
    one: int
    other: int


def _level(box: Box, slant: Slant) -> Box:
    x, y = box.middle
    rise = slant.level(x, y) - y
    return Box(box.x0, box.y0 + rise, box.x1, box.y1 + rise)


def _find_links(boxes: Sequence[Box], reach: float) -> Iterator[_Link]:
    order = sorted(range(len(boxes)), key=lambda n: boxes[n].y0)
    for place, one in enumerate(order, start=1):
        upper = boxes[one]
        for other in order[place:]:
            lower = boxes[other]
            if lower.y0 > upper.y1:
                break
            gap = max(0.0, lower.x0 - upper.x1, upper.x0 - lower.x1)
            height = min(upper.height, lower.height)
            overlap = min(upper.y1, lower.y1) - lower.y0
            if overlap >= _SAME_ROW * height and gap <= reach and not _is_above(upper, lower):
                drop = abs(upper.middle[1] - lower.middle[1])
                yield _Link(drop / max(height, 1e-9) + _DISTANCE * gap, one, other)


def _is_above(one: Box, other: Box) -> bool:
    """Whether one of the two stands above the other, so that no row holds both."""
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    if shared <= _ABOVE * min(one.width, other.width):
        return False
    return abs(one.middle[1] - other.middle[1]) > _SAME_INK * min(one.height, other.height)


def _join_rows(boxes: Sequence[Box], links: Iterable[_Link]) -> list[list[int]]:
    """Numbers of boxes by row, joined by ``links`` from the surest to the least sure."""
    row_of = {n: [n] for n in range(len(boxes))}
    for link in links:
        one, other = row_of[link.one], row_of[link.other]
        if one is other or any(_is_above(boxes[n], boxes[m]) for n in one for m in other):
            continue
        one += other
        row_of |= dict.fromkeys(other, one)
    return list({id(row): row for row in row_of.values()}.values())
