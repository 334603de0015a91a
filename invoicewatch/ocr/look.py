"""A quick first look at a page: the lines that say most about its language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.ocr.regions import PixelBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINES = 4
"""So many of a page's longest lines tell its language as surely as all of it."""

_SHRINK = 2  # lines show at half the size
_SURROUNDINGS = 31  # pixels around a pixel that tell how light the paper is
_INK_DEPTH = 30  # grey levels darker than its surroundings
_SPACE = 60  # part of the page's width: wider than between words, narrower than between columns
_MIN_HEIGHT = 6  # less is a rule
_MAX_HEIGHT = 20  # part of the page's width: more is a picture or a frame
_MIN_RATIO = 8  # width over height: some three words
_AIR = 2


def find_prose(image: NDArray[np.uint8], count: int = LINES) -> tuple[PixelBox, ...]:
    """The ``count`` longest lines without a gap in them, the longest first; fewer or none where there are no more.

    Prose has the little words that tell a language; columns of figures and addresses, which are short, have not.

    Args:
        image: A level page, greyscale uint8, (height, width).
        count: How many at most.
    """
    import cv2

    size = tuple(max(1, side // _SHRINK) for side in image.shape)
    small = cv2.resize(image, size[::-1], interpolation=cv2.INTER_AREA)
    paper = cv2.blur(small, (_SURROUNDINGS, _SURROUNDINGS))
    ink = (cv2.subtract(paper, small) > _INK_DEPTH).astype(np.uint8)
    width = small.shape[1]
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, width // _SPACE)), np.uint8))
    found = cv2.connectedComponentsWithStats(joined)[2][1:, :4]
    wide, high = found[:, 2], found[:, 3]
    lines = found[(high >= _MIN_HEIGHT) & (high <= width // _MAX_HEIGHT) & (wide >= _MIN_RATIO * high)]
    longest = lines[np.argsort(-lines[:, 2], kind="stable")[:count]]
    return tuple(_enlarge(line, image) for line in longest.tolist())


def _enlarge(line: Sequence[int], image: NDArray[np.uint8]) -> PixelBox:
    """A box (left, top, width, height) of the small image as one of ``image``, with some air."""
    x, y, wide, high = line
    return PixelBox(
        max(0, _SHRINK * (x - _AIR)),
        max(0, _SHRINK * (y - _AIR)),
        min(image.shape[1], _SHRINK * (x + wide + _AIR)),
        min(image.shape[0], _SHRINK * (y + high + _AIR)),
    )
