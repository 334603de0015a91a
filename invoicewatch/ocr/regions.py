"""Cut regions out of a page, read them in one go, and put the words back where they stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.records import Box, Line, Page, Transform, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MARGIN = 0.25  # of a region's height, on every side: engines want some air around the glyphs
_MIN_LEVEL = 0.25  # of a box's height: the line in it is no lower, however the page lies
_GAP_PX = 24
_WHITE = 255


@dataclass(frozen=True, slots=True)
class PixelBox:
    """A rectangle in pixels of a page's prepared image; the right and lower bounds lie outside."""

    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Regions of a page one below the other: the region at place ``n`` starts at row ``tops[n]``."""

    image: NDArray[np.uint8]
    regions: tuple[PixelBox, ...]
    tops: tuple[int, ...]


def find_pixels(page: Page, box: Box, margin: float = _MARGIN) -> PixelBox:
    """The part of ``page.image`` that shows ``box``, widened by ``margin`` of its height, within the image."""
    corners = [_invert(page.to_upright, x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    xs, ys = zip(*corners, strict=True)
    air = margin * (max(ys) - min(ys))
    height, width = page.image.shape
    x0, y0 = max(0, int(min(xs) - air)), max(0, int(min(ys) - air))
    return PixelBox(
        min(x0, width - 1), min(y0, height - 1), min(width, int(max(xs) + air) + 1), min(height, int(max(ys) + air) + 1)
    )


def find_line_corners(page: Page, box: Box) -> NDArray[np.float32]:
    """The corners of the line of print in ``box``, pixels of ``page.image`` (4, 2), clockwise from top left.

    On a page that was scanned askew, the box around a long line is much higher than the line, and mapped to the level
    image its own box is higher still: a line cut out by it would come out small and squeezed. So the part of the box
    is taken that falls as the page's lines do.
    """
    fall = page.to_upright.slope * box.width
    height = max(box.height - abs(fall), _MIN_LEVEL * box.height)
    slack = box.height - height
    left, right = (0.0, slack) if fall >= 0 else (slack, 0.0)
    top_left, top_right = box.y0 + left, box.y0 + right
    around = ((box.x0, top_left), (box.x1, top_right), (box.x1, top_right + height), (box.x0, top_left + height))
    pixels = np.array([_invert(page.to_upright, x, y) for x, y in around], np.float32)
    limit = np.array(page.image.shape[::-1], np.float32)
    return np.clip(pixels, np.float32(0.0), limit)


def stack_regions(image: NDArray[np.uint8], regions: Sequence[PixelBox]) -> Strip:
    """Put ``regions`` of a page's ``image`` one below the other on white; there is at least one."""
    width = max(region.x1 - region.x0 for region in regions) + 2 * _GAP_PX
    height = sum(region.y1 - region.y0 + _GAP_PX for region in regions) + _GAP_PX
    strip = np.full((height, width), _WHITE, dtype=np.uint8)
    tops = []
    top = _GAP_PX
    for region in regions:
        rows, columns = region.y1 - region.y0, region.x1 - region.x0
        strip[top : top + rows, _GAP_PX : _GAP_PX + columns] = image[region.y0 : region.y1, region.x0 : region.x1]
        tops.append(top)
        top += rows + _GAP_PX
    return Strip(strip, tuple(regions), tuple(tops))


def split_strip(strip: Strip, lines: Iterable[Line], to_upright: Transform) -> tuple[Line, ...]:
    """Lines read off a strip (boxes are fractions of it) as lines of the page it was cut from, in order of regions."""
    found = []
    for line in lines:
        words = tuple(_put_back(strip, word, to_upright) for word in line.words)
        found.append((_find_place(strip, line.box), replace(line, words=words)))
    return tuple(line for _, line in sorted(found, key=lambda each: each[0]))


def _put_back(strip: Strip, word: Word, to_upright: Transform) -> Word:
    height, width = strip.image.shape
    place = _find_place(strip, word.box)
    region, top = strip.regions[place], strip.tops[place]
    right, down = region.x0 - _GAP_PX, region.y0 - top
    box = to_upright.box(
        word.box.x0 * width + right,
        word.box.y0 * height + down,
        word.box.x1 * width + right,
        word.box.y1 * height + down,
    )
    return Word(word.text, box, word.confidence, word.engine, word.others)


def _find_place(strip: Strip, box: Box) -> int:
    """Which region the middle of ``box`` lies in, or the nearest above it."""
    middle = box.middle[1] * strip.image.shape[0]
    return max((place for place, top in enumerate(strip.tops) if top - _GAP_PX / 2 <= middle), default=0)


def _invert(transform: Transform, x: float, y: float) -> tuple[float, float]:
    """The pixel that ``transform`` maps to (x, y)."""
    inverse = np.linalg.inv(np.array(transform, dtype=float).reshape(3, 3))
    across, down, scale = inverse @ (x, y, 1.0)
    return float(across / scale), float(down / scale)
