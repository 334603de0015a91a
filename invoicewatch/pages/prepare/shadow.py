"""Even out the light on a page that lies half in shadow, or that has so little print that any shade outweighs it.

Engines divide a page into ink and paper at one level of grey, the one that parts its pixels best (Otsu 1979, IEEE
Trans. SMC 9(1), 62-66). On a sparse page the best part is the darker half of the paper: what is read there is noise.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_LOOK_WIDTH = 300  # pixels: paper changes slowly
_LARGEST_PRINT = 0.08  # of the page's width: bars and letters are lower or narrower than this
_DEEP = 0.75  # paper in the deepest shadow is darker than this part of the lightest
_EMPTY = 1e-9  # of all pixels: nothing lies on one side of the level
_LOW_PERCENT, _HIGH_PERCENT = 3, 95
_EVEN = 0.95  # paper that is nowhere darker than this part of the lightest has no shadow on it
_RIVAL = 0.7  # of what parts ink from paper: shade that parts the paper this well may win after turning and scaling
_INK = 0.8  # of the darkest paper: what is lighter is paper and its noise
_OVER_WHITE = 275.0  # the level that paper is lifted to where its grain shall be cut off at 255
_BLACK = 0.3  # of the lightest: what is darker is the lid of a scanner, or a table

Grey = NDArray[np.uint8]


def lift_shadow(image: Grey) -> Grey:
    """Divide by the brightness of the paper, if that differs much across the page or more than the print stands out.

    Else ``image`` itself. Where there is so little print, the paper's grain goes too.

    Args:
        image: Greyscale, uint8, (height, width), dark on light.
    """
    paper, seen = _find_paper(image)
    low, high = (float(level) for level in np.percentile(paper[seen], (_LOW_PERCENT, _HIGH_PERCENT)))
    if low >= _EVEN * high:
        return image
    sparse = _outweighs_print(image, low, high)
    if low >= _DEEP * high and not sparse:
        return image
    height, width = image.shape
    target = _OVER_WHITE if sparse else high
    gain = np.where(seen, target / np.maximum(paper, 1.0), 1.0).astype(np.float32)
    full = cv2.resize(gain, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(image * full, 0, 255), np.uint8)


def _outweighs_print(image: Grey, low: float, high: float) -> bool:
    """Whether a level of grey between the darkest and the lightest paper parts the pixels about as well as ink does."""
    counts = cv2.calcHist([image], [0], None, [256], [0.0, 256.0]).ravel().astype(np.float64)
    parting = _rate_levels(counts / image.size)
    return bool(parting[round((low + high) / 2)] >= _RIVAL * parting[: max(1, int(_INK * low))].max())


def _rate_levels(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each of the 256 levels, the variance between the pixels up to it and those above it.

    Args:
        shares: Of all pixels at each level.
    """
    below, mass = np.cumsum(shares), np.cumsum(shares * np.arange(shares.size))
    spread = below * (1.0 - below)
    parting = np.zeros(shares.size)
    np.divide((mass[-1] * below - mass) ** 2, spread, out=parting, where=spread > _EMPTY)
    return parting


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
