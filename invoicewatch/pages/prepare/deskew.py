"""Find by how much the lines of a page climb or fall, and make them level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_DEGREES = 8.0
"""A page that is more askew was not laid on a scanner."""

MIN_DEGREES = 0.4
"""Less does not hurt an engine, and turning blurs."""

_COARSE_STEP, _FINE_STEP = 0.5, 0.1
_PEAKS = 2  # angles that are looked at closely: rows of two columns also fit when one column is a row off
_LOOK_WIDTH = 800  # pixels; the angle needs no more
_MAX_POINTS = 40_000
_CLEARER = 1.1  # the profile's sharpness must grow by this much: noise and pictures have no lines


def find_skew(image: NDArray[np.uint8]) -> float:
    """By how many degrees the lines of ``image`` fall to the right (positive) or climb; 0 where it has no clear lines.

    Looks for the angle at which the ink, summed along it, makes the sharpest profile (Postl 1986, US patent 4,723,297).

    Args:
        image: Greyscale, uint8, (height, width).
    """
    xs, ys = _find_edges(image)
    if len(xs) < _MAX_POINTS // 100:
        return 0.0
    reach = np.arange(-_COARSE_STEP, _COARSE_STEP + _FINE_STEP / 2, _FINE_STEP)
    peaks = [_find_sharpest(xs, ys, coarse + reach) for coarse in _find_peaks(xs[::3], ys[::3])]
    best = _find_sharpest(xs, ys, np.array(peaks))
    level, sharpest = _measure_sharpness(xs, ys, 0.0), _measure_sharpness(xs, ys, best)
    return best if abs(best) >= MIN_DEGREES and sharpest > _CLEARER * level else 0.0


def level_lines(image: NDArray[np.uint8], degrees: float) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Turn ``image`` against a skew of ``degrees``, on a larger sheet so that nothing is cut off.

    Returns:
        The level image, and the (3, 3) map from its pixels to those of ``image``.
    """
    import cv2

    height, width = image.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), (0.0, 0.0, 1.0)])
    cosine, sine = abs(turn[0, 0]), abs(turn[0, 1])
    size = round(width * cosine + height * sine), round(width * sine + height * cosine)
    turn[:2, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    paper = int(np.percentile(image[:: max(1, height // 200), :: max(1, width // 200)], _PAPER_PERCENT))
    level = cv2.warpAffine(image, turn[:2], size, flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(level, dtype=np.uint8), np.linalg.inv(turn)


_PAPER_PERCENT = 90  # of the pixels are no lighter than the paper


def _find_edges(image: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where ink ends and paper begins below it, x and y in pixels of a smaller image: the lower edges of letters."""
    import cv2

    scale = min(1.0, max(_LOOK_WIDTH / image.shape[1], 1 / image.shape[0]))  # a line stays a line
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = cv2.blur(small, (31, 31))
    ink = small.astype(np.int16) < light.astype(np.int16) - 20
    edges = ink[:-1] & ~ink[1:]
    ys, xs = np.nonzero(edges)
    step = max(1, len(xs) // _MAX_POINTS)
    return xs[::step].astype(float), ys[::step].astype(float)


def _find_peaks(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> list[float]:
    """The sharpest angles of a coarse search that are no neighbours of each other."""
    degrees = np.arange(-MAX_DEGREES, MAX_DEGREES + _COARSE_STEP / 2, _COARSE_STEP)
    sharpness = np.array([_measure_sharpness(xs, ys, float(angle)) for angle in degrees])
    peaks: list[float] = []
    for n in np.lexsort((np.abs(degrees), -sharpness)):
        if all(abs(degrees[n] - peak) > _COARSE_STEP for peak in peaks):
            peaks.append(float(degrees[n]))
    return peaks[:_PEAKS]


def _find_sharpest(xs: NDArray[np.float64], ys: NDArray[np.float64], degrees: NDArray[np.float64]) -> float:
    return float(max(degrees, key=lambda angle: (_measure_sharpness(xs, ys, float(angle)), -abs(angle))))


def _measure_sharpness(xs: NDArray[np.float64], ys: NDArray[np.float64], degrees: float) -> float:
    """The energy of the ink's profile along lines that fall by ``degrees``."""
    rows = ys - xs * np.tan(np.radians(degrees))
    counts = np.bincount((rows - rows.min()).astype(np.int64)).astype(float)
    return float((counts * counts).sum())
