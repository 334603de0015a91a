"""Group what stands side by side: words into lines, pieces of lines into rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from invoicewatch.records.geometry import Box
from invoicewatch.records.slant import LEVEL, Slant

_SAME_ROW = 0.5  # of the smaller height: two things overlap by this much if they stand on one row
_LOOK_BACK = 4  # rows: what is sorted by height cannot belong further up


class _Boxed(Protocol):
    @property
    def box(self) -> Box: ...


Boxed = TypeVar("Boxed", bound=_Boxed)


def group_rows(items: Iterable[Boxed], slant: Slant = LEVEL) -> list[list[Boxed]]:
    """The rows of a page from top to bottom, each from left to right.

    Something joins the row in which its nearest neighbour to the side overlaps it in height by half of the smaller
    height or more; the neighbour, not the whole row, so that a row may climb a little across the page.

    Args:
        items: What has a box.
        slant: How the lines of a page that lies askew run; without it words far apart on one line would join the
            lines above and below.
    """
    levelled = [_Levelled(item, _level(item.box, slant)) for item in items]
    return [[each.item for each in row] for row in _group_level(levelled)]


@dataclass(frozen=True, slots=True)
class _Levelled(Generic[Boxed]):
    item: Boxed
    box: Box


def _level(box: Box, slant: Slant) -> Box:
    x, y = box.middle
    rise = slant.level(x, y) - y
    return Box(box.x0, box.y0 + rise, box.x1, box.y1 + rise)


def _group_level(items: Iterable[_Levelled[Boxed]]) -> list[list[_Levelled[Boxed]]]:
    rows: list[list[_Levelled[Boxed]]] = []
    for item in sorted(items, key=lambda each: (each.box.middle[1], each.box.x0)):
        row = next((row for row in reversed(rows[-_LOOK_BACK:]) if _takes(row, item.box)), None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    rows.sort(key=lambda row: sum(item.box.middle[1] for item in row) / len(row))
    return [sorted(row, key=lambda item: (item.box.x0, item.box.x1)) for row in rows]


def _takes(row: list[_Levelled[Boxed]], box: Box) -> bool:
    nearest = min((item.box for item in row), key=lambda other: max(other.x0 - box.x1, box.x0 - other.x1))
    overlap = min(nearest.y1, box.y1) - max(nearest.y0, box.y0)
    return overlap >= _SAME_ROW * min(nearest.height, box.height)
