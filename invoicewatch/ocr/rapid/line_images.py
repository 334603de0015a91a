"""Cut lines of text out of a page, level and of equal height, and find the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.records import Box, Transform

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UPRIGHT_RATIO = 1.5  # a quadrangle this much taller than wide is a line that runs up or down the page


@dataclass(frozen=True, slots=True, eq=False)
class LineImage:
    """A line cut out of a page.

    ``image`` is greyscale uint8 of (height, width); its first ``used_px`` columns show the line, the rest is padding.
    ``corners`` (4, 2) are the page's pixels of the line's corners, clockwise from top left as the text reads.
    """

    image: NDArray[np.uint8]
    used_px: int
    corners: NDArray[np.float32]

    def find_box(self, x0: float, x1: float, to_upright: Transform) -> Box:
        """The box on the page of the columns from ``x0`` to ``x1``."""
        top_left, top_right, low_right, low_left = self.corners
        points = []
        for x in (x0, x1):
            share = min(1.0, max(0.0, x / self.used_px))
            points.append(top_left + (top_right - top_left) * share)
            points.append(low_left + (low_right - low_left) * share)
        xs, ys = np.array(points).T
        return to_upright.box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))


def cut_line(page: NDArray[np.uint8], corners: NDArray[np.float32], height: int) -> LineImage:
    """Cut the quadrangle ``corners`` out of ``page``, level.

    Args:
        page: Greyscale, uint8.
        corners: (4, 2) pixels, clockwise from top left as the text reads.
        height: Rows of the result; its columns are padded by `find_padded_width`.
    """
    import cv2

    corners = _lay_down(np.asarray(corners, np.float32))
    wide, tall = _measure(corners)
    used = max(1, round(height * wide / max(1.0, tall)))
    target = np.array([[0, 0], [used, 0], [used, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    line = cv2.warpPerspective(page, matrix, (used, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return LineImage(pad_line(np.asarray(line, np.uint8)), used, corners)


def pad_line(line: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The line with grey to its right, up to the width of `find_padded_width`."""
    height, width = line.shape
    padded = np.full((height, find_padded_width(width)), PADDING, np.uint8)
    padded[:, :width] = line
    return padded


def find_padded_width(width: int) -> int:
    """The least width of a ladder that holds ``width`` and some air: from 128 pixels on four rungs to an octave.

    OpenVINO compiles its network anew for each shape it meets, which takes as long as reading a line or two, and keeps
    two megabytes for each. The padding depends on nothing but the line, so that a line is read alike whatever was read
    before it.
    """
    least = width + _AIR
    rung = 1 << max(0, (least - 1).bit_length() - 3)
    return max(_MIN_WIDTH, -(-least // rung) * rung)


def list_padded_widths(longest: int) -> tuple[int, ...]:
    """The rungs of the ladder up to ``longest``."""
    return tuple(sorted({find_padded_width(width) for width in range(1, longest + 1 - _AIR)}))


_MIN_WIDTH = 96
_AIR = 24  # columns: the last character of a line is read better, and so of receipts one figure in 200
PADDING = 127
"""Zero once scaled to -1 to 1, which is what the recogniser was trained with."""


def is_standing(corners: NDArray[np.float32]) -> bool:
    """Whether the line runs up or down the page."""
    wide, tall = _measure(corners)
    return tall >= _UPRIGHT_RATIO * wide


def _measure(corners: NDArray[np.float32]) -> tuple[float, float]:
    """The longer of the two widths and of the two heights."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    return float(max(sides[0], sides[2])), float(max(sides[1], sides[3]))


def _lay_down(corners: NDArray[np.float32]) -> NDArray[np.float32]:
    """Start a standing line at its other corner, so that it is cut lying."""
    return np.roll(corners, -1, axis=0) if is_standing(corners) else corners
