"""Find the sheet of paper in a photograph of it.

A wrong outline costs words, a missed one only the perspective: where anything about it is in doubt there is none.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from invoicewatch.pages.prepare.sides import trace_sides
from invoicewatch.pages.prepare.surroundings import fills_picture, is_on_darker_ground

_LOOK_SIDE = 640  # pixels of the longer side at most; an edge of the sheet is found to a part of a pixel
_CORNERS = 4
_OUTSIDE = 128  # neither an edge nor none
_LEAST_SIDE = 100  # pixels of the shorter side
_LEAST_SHARE = 0.2  # of the picture
_NARROWEST, _WIDEST = 55.0, 125.0  # degrees of a corner
_LEAST_RATIO = 0.5  # of the shorter to the longer of two opposite sides: beyond, nobody can read the far end
_LEAST_FILL = 0.9  # of the quadrangle is the paper in it
_RIM = 2.0  # pixels: a corner nearer to the rim may lie outside
_TO_MEND = 1.0  # degrees that a corner must differ from a right angle, else there is no perspective
_LEANING = 8.0  # degrees; a lesser turn is made level by the lines of the page

Grey = NDArray[np.uint8]
Corners = NDArray[np.float64]


def find_outline(image: Grey) -> Corners | None:
    """The corners of a sheet that was photographed at an angle.

    Args:
        image: Greyscale, uint8, (height, width).

    Returns:
        (4, 2) pixels, clockwise from top left, or None where no sheet is sure or there is nothing to mend.
    """
    step = -(-max(image.shape) // _LOOK_SIDE)
    if min(image.shape) < _LEAST_SIDE * step or fills_picture(image):
        return None
    small = cv2.GaussianBlur(_shrink(image, step), (3, 3), 0)
    for rough in _propose_quads(small):
        corners = trace_sides(small, rough)
        if corners is not None and _is_plausible(corners, small.shape) and is_on_darker_ground(small, corners):
            return _sort_corners(corners * step) if _needs_mending(corners) else None
    return None


def _shrink(image: Grey, step: int) -> Grey:
    """One pixel, their mean, for each ``step`` by ``step``: whole steps are five times as fast as others."""
    height, width = image.shape[0] // step, image.shape[1] // step
    whole = image[: height * step, : width * step]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _propose_quads(small: Grey) -> Iterator[Corners]:
    """Quadrangles around bright areas, and around what edges enclose."""
    for mask in (*_find_bright(small), _find_enclosed(small)):
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        if not contours:
            continue
        largest = max(contours, key=cv2.contourArea)
        if cv2.contourArea(largest) >= _LEAST_SHARE * small.size:
            quad = _fit_quad(largest)
            if quad is not None and cv2.contourArea(largest) >= _LEAST_FILL * _measure_area(quad):
                yield quad


def _find_bright(small: Grey) -> Iterator[Grey]:
    """What is brighter than the picture's rim, at several levels, and than what surrounds it; print closed over."""
    plain = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    otsu, mask = cv2.threshold(plain, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    for level in (otsu, 0.8 * otsu, 1.2 * otsu):
        mask = cv2.threshold(plain, level, 255, cv2.THRESH_BINARY)[1]
        yield cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))


def _find_enclosed(small: Grey) -> Grey:
    """What a closed line of edges surrounds: a sheet half in shadow has no one brightness."""
    plain = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    edges = cv2.Canny(cv2.GaussianBlur(plain, (5, 5), 0), 20, 60)
    edges = cv2.dilate(edges, np.ones((5, 5), np.uint8))
    padded = cv2.copyMakeBorder(edges, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(padded, None, (0, 0), _OUTSIDE)
    enclosed = np.asarray(padded[1:-1, 1:-1] != _OUTSIDE, np.uint8) * 255
    return np.asarray(cv2.morphologyEx(enclosed, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8)), np.uint8)


def _fit_quad(contour: NDArray[np.int32]) -> Corners | None:
    """The hull of ``contour`` with four corners, or None where it is rounder than that."""
    hull = cv2.convexHull(contour)
    length = cv2.arcLength(hull, closed=True)
    for part in (0.01, 0.015, 0.02, 0.03, 0.04):
        quad = cv2.approxPolyDP(hull, part * length, closed=True)
        if quad.shape[0] == _CORNERS:
            return np.asarray(quad, np.float64).reshape(_CORNERS, 2)
    return None


def _is_plausible(corners: Corners, shape: tuple[int, ...]) -> bool:
    """Whether a sheet of paper may look like this: whole, convex, large, and not seen from the table's edge."""
    height, width = shape
    inside = (corners >= _RIM).all() and (corners <= np.array([width, height]) - _RIM).all()
    if not inside or not cv2.isContourConvex(corners.astype(np.float32)):
        return False
    angles, sides = _measure_angles(corners), np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    ratios = [min(sides[n], sides[n + 2]) / max(sides[n], sides[n + 2]) for n in (0, 1)]
    large = _measure_area(corners) >= _LEAST_SHARE * width * height
    return bool(large and min(ratios) >= _LEAST_RATIO and angles.min() >= _NARROWEST and angles.max() <= _WIDEST)


def _needs_mending(corners: Corners) -> bool:
    """Whether there is perspective, or a turn that is too large to be made level; else the page stays as it came."""
    along = corners - np.roll(corners, 1, axis=0)
    lean = np.degrees(np.arctan2(along[:, 1], along[:, 0])) % 90
    return bool(np.abs(_measure_angles(corners) - 90).max() >= _TO_MEND or np.minimum(lean, 90 - lean).min() > _LEANING)


def _measure_area(corners: Corners) -> float:
    return float(cv2.contourArea(corners.astype(np.float32)))


def _measure_angles(corners: Corners) -> NDArray[np.float64]:
    """The inner angle of each corner in degrees."""
    before, after = np.roll(corners, 1, axis=0) - corners, np.roll(corners, -1, axis=0) - corners
    cosine = (before * after).sum(axis=1) / (np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1))
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))), np.float64)


def _sort_corners(corners: Corners) -> Corners:
    """Clockwise (y downwards) from the corner nearest to the top left."""
    middle = corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(*(corners - middle).T[::-1]))]
    return np.roll(around, -int(around.sum(axis=1).argmin()), axis=0)
