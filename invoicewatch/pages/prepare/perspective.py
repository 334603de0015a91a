"""Lay a sheet flat that was photographed at an angle."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_LENS = (0.6, 2.0)  # focal lengths of phones in longer sides of the picture, from wide to a picture cut in half
_USUAL_LENS = 0.8
_PLAIN = 1e-6  # product of the two foreshortenings: nothing can be told from less

Grey = NDArray[np.uint8]
Matrix = NDArray[np.float64]
Points = NDArray[np.float64]


def lay_flat(image: Grey, corners: Points, max_width: int) -> tuple[Grey, Matrix]:
    """Cut the sheet out of its photograph as the rectangle that it is.

    Args:
        image: Greyscale, uint8, (height, width).
        corners: (4, 2) pixels of the sheet's corners, clockwise from top left.
        max_width: Pixels that the sheet's picture is wide at most; it keeps the photograph's resolution below that.

    Returns:
        The sheet, and the (3, 3) map from its pixels to those of ``image``.
    """
    width, height = _choose_size(corners, find_ratio(corners, image.shape), max_width)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    to_image = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    source, to_source = _shrink(image, corners, width, height)
    # pixels are counted by their middles here, and by their upper left corners in a transform
    by_middles = _shift(-0.5) @ to_source @ to_image @ _shift(0.5)
    sheet = cv2.warpPerspective(
        source,
        by_middles,
        (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(sheet, np.uint8), to_image


def find_ratio(corners: Points, shape: tuple[int, ...]) -> float:
    """Width over height of the rectangle whose picture ``corners`` is.

    Zhang and He, Whiteboard scanning and image enhancement (2007), equations 11, 12, 20 and 21: a pinhole camera with
    square pixels that looks at the picture's middle. Near to a plain view the focal length cannot be told: the usual
    one does then, and hardly matters.
    """
    height, width = shape
    longer = max(width, height)
    centred = (corners - (width / 2, height / 2)) / longer
    top_left, top_right, low_right, low_left = np.column_stack([centred, np.ones(4)])
    diagonal = np.cross(top_left, low_right)
    across = (diagonal @ low_left) / (np.cross(top_right, low_right) @ low_left) * top_right - top_left
    down = (diagonal @ top_right) / (np.cross(low_left, low_right) @ top_right) * low_left - top_left
    depth = across[2] * down[2]
    squared = -(across[:2] @ down[:2]) / depth if abs(depth) > _PLAIN else 0.0
    lens = np.sqrt(squared) if squared > 0 else 0.0
    if not _LENS[0] <= lens <= _LENS[1]:
        lens = _USUAL_LENS
    scale = np.array([1 / lens, 1 / lens, 1.0])
    return float(np.linalg.norm(across * scale) / np.linalg.norm(down * scale))


def _choose_size(corners: Points, ratio: float, max_width: int) -> tuple[int, int]:
    """Pixels of the flat sheet, (width, height): as many as where the photograph shows it closest."""
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    width = min(max_width, max(sides[0], sides[2], ratio * max(sides[1], sides[3])))
    return max(1, round(width)), max(1, round(width / ratio))


def _shrink(image: Grey, corners: Points, width: int, height: int) -> tuple[Grey, Matrix]:
    """The photograph at about the scale of the flat sheet, and the map of its pixels to the smaller one's.

    To average over pixels first keeps thin strokes; a warp takes four of them each and leaves out the others.
    """
    factor = float(np.sqrt(width * height / max(1.0, cv2.contourArea(corners.astype(np.float32)))))
    if factor >= 1:
        return image, np.eye(3)
    size = max(1, round(factor * image.shape[1])), max(1, round(factor * image.shape[0]))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), np.diag([size[0] / image.shape[1], size[1] / image.shape[0], 1.0])


def _shift(by: float) -> Matrix:
    return np.array([[1, 0, by], [0, 1, by], [0, 0, 1.0]])
