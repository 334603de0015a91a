"""Tell a blank page, the back of a sheet or a sheet laid between two documents, from one that says something.

What a scanner adds is no ink: noise, an uneven light, dark edges, punch holes, streaks of a dirty feeder, dust. Print
of the other side that shines through is faint and mirrored; whether faint marks are words only reading them can tell.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from invoicewatch.records import Reading

_WIDTH = 1000  # pixels that are looked at: letters stay, noise is averaged
_PATCH = 8  # the paper is looked for in a picture this many times smaller ...
_PATCH_MEDIAN = 31  # ... as the median of this many pixels square: wider than a line of print, narrower than a shadow
_DARKEST_PAPER = 0.6  # of the lightest: what is darker is printed, not shaded
_NO_PAPER = 80  # grey level: a page without anything lighter was not lit
_STRONG, _WEAK = 0.3, 0.12  # how much darker than its paper print is, and what shines through
_BORDER = 0.03  # of the width: edges of the sheet, shadows of the lid
_MARGIN = 0.1  # of the width: where a sheet is punched
_HOLE = (0.02, 0.048)  # of the width: 4 to 10 mm of A4; ISO 838 says 6 mm
_ROUND = (0.7, 1.4)  # width over height
_STREAK = 0.5  # of the page: what is as long and thinner than a stroke is no print
_STREAK_WIDTH = 0.006
_MARK = 0.008  # of the width: 1.7 mm of A4, a capital of 7 points; smaller is dust, or a dot
_FEW_MARKS = 2
_SOME_MARKS = 12
_WEAK_SHARE = 0.0005
_WORD_CHARS, _WORD_CONFIDENCE = 2, 60.0
_SURE_CHARS, _SURE_CONFIDENCE, _SURE_WORDS = 3, 80.0, 3


class Ink(Enum):
    """How much there is on a page: nothing, only faint marks, a few marks, or print."""

    NONE = auto()
    FAINT = auto()
    LITTLE = auto()
    PRINT = auto()


def find_ink(image: NDArray[np.uint8]) -> Ink:
    """How much ink is on a prepared page, (height, width) uint8."""
    dark = _find_darkness(image)
    if dark is None:
        return Ink.PRINT
    strong = _count_marks(dark > _STRONG)
    if strong > _SOME_MARKS:
        return Ink.PRINT
    weak = _keep_marks(dark > _WEAK)
    if strong > _FEW_MARKS:
        return Ink.LITTLE
    return Ink.FAINT if weak.mean() > _WEAK_SHARE else Ink.NONE


def is_blank(ink: Ink, reading: Reading) -> bool:
    """Whether a page says nothing: no word among its few marks, no sure words among its faint ones."""
    if ink is Ink.FAINT:
        return _count_words(reading, _SURE_CHARS, _SURE_CONFIDENCE) < _SURE_WORDS
    if ink is Ink.LITTLE:
        return not _count_words(reading, _WORD_CHARS, _WORD_CONFIDENCE)
    return ink is Ink.NONE


def _count_words(reading: Reading, chars: int, confidence: float) -> int:
    sure = (word.text for word in reading.words if word.confidence >= confidence)
    return sum(sum(char.isalnum() for char in text) >= chars for text in sure)


def _find_darkness(image: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """How much darker each pixel is than its paper, 0 to 1, borders aside; None for a page without any light."""
    import cv2

    height = max(1, round(image.shape[0] * _WIDTH / image.shape[1]))
    small = cv2.resize(image, (_WIDTH, height), interpolation=cv2.INTER_AREA)
    lightest = float(np.percentile(small, 95))
    if lightest < _NO_PAPER:
        return None
    patches = cv2.resize(small, (_WIDTH // _PATCH, max(1, height // _PATCH)), interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(patches, _PATCH_MEDIAN), (_WIDTH, height)).astype(np.float32)
    paper = np.maximum(paper, _DARKEST_PAPER * lightest)
    dark = 1.0 - small / paper
    border = round(_BORDER * _WIDTH)
    return np.asarray(dark[border : max(border + 1, height - border), border:-border], dtype=np.float32)


def _count_marks(mask: NDArray[np.bool_]) -> int:
    return len(_list_marks(mask)[0])


def _keep_marks(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels of marks alone."""
    marks, labels = _list_marks(mask)
    return np.isin(labels, marks)


def _list_marks(mask: NDArray[np.bool_]) -> tuple[list[int], NDArray[np.int32]]:
    """The numbers of what may be print among the connected pixels, and the number of each pixel."""
    import cv2

    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    marks = [number for number in range(1, count) if _may_be_print(boxes[number], mask.shape)]
    return marks, np.asarray(labels)


def _may_be_print(box: NDArray[np.int32], shape: tuple[int, ...]) -> bool:
    x, y, width, height = (int(side) for side in box[:4])
    rows, columns = shape
    if max(width, height) < _MARK * _WIDTH:
        return False
    if x == 0 or y == 0 or x + width == columns or y + height == rows:
        return False  # it goes on to the edge of the sheet
    thin = _STREAK_WIDTH * _WIDTH
    if (height > _STREAK * rows and width < thin) or (width > _STREAK * columns and height < thin):
        return False
    margin = (_MARGIN - _BORDER) * _WIDTH
    outside = min(x + width / 2, columns - x - width / 2, y + height / 2, rows - y - height / 2) < margin
    low, high = (side * _WIDTH for side in _HOLE)
    is_hole = low <= max(width, height) <= high and _ROUND[0] <= width / height <= _ROUND[1]
    return not (outside and is_hole)
