"""Tell what lies around a sheet: a darker ground, another sheet, or nothing because the sheet fills the picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_LOOK_SIDE = 640  # pixels of the longer side that are looked at
_RIM = 0.01  # of the longer side: where a sheet that lies within the picture shows the ground
_DARKER = 0.85  # of the paper's brightness: the ground is darker than this
_PAPER_PERCENT = 70  # of the pixels of a sheet are no lighter than its paper
_MOST_PAPER = 0.1  # of what lies around may be as bright as paper
_EDGE = 8  # pixels across: what blurs into the ground
_SQUARE = 240  # pixels that the sheet is laid out on to look beside it
_BESIDE = 32
_PIECES = 8
_NEARLY = 0.75  # of the paper's brightness: words on a dark bar are hardly brighter, seen from this far
_MOST_PRINT = 0.01  # of what lies beside the sheet

Grey = NDArray[np.uint8]


def fills_picture(image: Grey) -> bool:
    """Whether the sheet fills the picture, as a scanner's page does: its rim is as light as its middle, or nearly."""
    step = -(-max(image.shape) // _LOOK_SIDE)
    image = image[::step, ::step]
    rim = max(1, round(_RIM * max(image.shape)))
    frame = np.concatenate([image[:rim].ravel(), image[-rim:].ravel(), image[:, :rim].ravel(), image[:, -rim:].ravel()])
    height, width = image.shape
    middle = image[height // 4 : -(height // 4) or None, width // 4 : -(width // 4) or None]
    return bool(np.median(frame) >= _DARKER * np.percentile(middle, _PAPER_PERCENT))


def is_on_darker_ground(image: Grey, corners: NDArray[np.float64]) -> bool:
    """Whether the quadrangle is all the paper in the picture.

    A second sheet would be cut off with the table, and so would white words on a dark bar along the sheet's own rim.
    """
    sheet = np.zeros(image.shape, np.uint8)
    cv2.fillConvexPoly(sheet, corners.round().astype(np.int32), 255)
    around = cv2.dilate(sheet, np.ones((_EDGE, _EDGE), np.uint8)) == 0
    if not around.any():
        return False
    paper = np.percentile(image[sheet > 0], _PAPER_PERCENT)
    if (image[around] > _DARKER * paper).mean() > _MOST_PAPER:
        return False
    return max(_measure_print_beside(image, corners)) <= _MOST_PRINT


def _measure_print_beside(image: Grey, corners: NDArray[np.float64]) -> list[float]:
    """For each side, the share of the ground along it that is nearly as bright as the paper on the other side of it."""
    low, high = float(_BESIDE), float(_BESIDE + _SQUARE)
    square = np.array([[low, low], [high, low], [high, high], [low, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), square)
    size = _SQUARE + 2 * _BESIDE
    laid = cv2.warpPerspective(image, matrix, (size, size), borderMode=cv2.BORDER_REPLICATE)
    shares = []
    for _ in range(len(corners)):
        # piece by piece along the side: a sheet half in shadow has no one brightness
        ground, paper = (
            rows[:, _BESIDE:-_BESIDE].reshape(len(rows), _PIECES, -1)
            for rows in (laid[: _BESIDE - _EDGE // 2], laid[_BESIDE + _EDGE // 2 : 2 * _BESIDE])
        )
        level = np.percentile(paper, _PAPER_PERCENT, axis=(0, 2))
        shares.append(float((ground > _NEARLY * level[None, :, None]).mean()))
        laid = np.rot90(laid)
    return shares
