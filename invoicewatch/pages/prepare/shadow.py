"""Even out the light on a page that lies half in shadow."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_LOOK_WIDTH = 300  # pixels: paper changes slowly
_LARGEST_PRINT = 0.08  # of the page's width: bars and letters are lower or narrower than this
_DEEP = 0.75  # paper in the deepest shadow is darker than this part of the lightest
_LOW_PERCENT, _HIGH_PERCENT = 3, 95
_BLACK = 0.3  # of the lightest: what is darker is the lid of a scanner, or a table

Grey = NDArray[np.uint8]


def lift_shadow(image: Grey) -> Grey:
    """Divide by the brightness of the paper, if that differs much across the page; else ``image`` itself.

    Args:
        image: Greyscale, uint8, (height, width), dark on light.
    """
    paper, seen = _find_paper(image)
    low, high = np.percentile(paper[seen], (_LOW_PERCENT, _HIGH_PERCENT))
    if low >= _DEEP * high:
        return image
    height, width = image.shape
    gain = np.where(seen, high / np.maximum(paper, 1.0), 1.0).astype(np.float32)
    full = cv2.resize(gain, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(image * full, 0, 255), np.uint8)


def _find_paper(image: Grey) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The brightness of the paper on a coarse grid, print filled in from around it, and where there is paper."""
    scale = min(1.0, max(_LOOK_WIDTH / image.shape[1], 1 / image.shape[0]))  # a line stays a line
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    size = max(3, round(_LARGEST_PRINT * small.shape[1])) | 1
    filled = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)).astype(np.float32)
    seen = filled >= _BLACK * np.percentile(filled, _HIGH_PERCENT)
    weight = cv2.GaussianBlur(seen.astype(np.float32), (0, 0), size / 3)
    paper = cv2.GaussianBlur(np.where(seen, filled, np.float32(0)), (0, 0), size / 3) / np.maximum(weight, 1e-6)
    return np.asarray(paper, np.float32), seen
