"""Outline the lines of text that a detector saw: it puts out how likely each pixel belongs to one (DBNet)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PIXEL = 0.3  # probability from which a pixel counts as text
_LINE = 0.5  # mean probability over a line from which it counts
_GROWTH = 1.6  # the detector sees the core of a line: times its area over its girth is missing on every side
_MOST_LINES = 1000
_LEAST_CORE_PX = 3
_LEAST_LINE_PX = 5
_ROW_PX = 10  # lines that begin less than this below one another are told from left to right


def outline_lines(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Find the lines.

    Args:
        probabilities: (height, width), each 0 to 1.

    Returns:
        (n, 4, 2) corners in pixels, clockwise from top left, from top to bottom and from left to right.
    """
    import cv2

    mask = cv2.dilate((probabilities > _PIXEL).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask * 255, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = [_outline(contour, probabilities) for contour in contours[:_MOST_LINES]]
    quads = [quad for quad in found if quad is not None]
    return _sort(np.array(quads, np.float32)) if quads else np.zeros((0, 4, 2), np.float32)


def _outline(contour: NDArray[np.int32], probabilities: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """The corners of the line whose core is ``contour``; None where it is too small or too unlikely."""
    core, shorter = _fit_box(contour)
    if shorter < _LEAST_CORE_PX or _measure_mean(probabilities, core) < _LINE:
        return None
    whole, shorter = _fit_box(_grow(core))
    if shorter < _LEAST_LINE_PX:
        return None
    height, width = probabilities.shape
    rounded = np.clip(np.round(whole), 0, (width, height)).astype(np.int32)
    quad = np.clip(_start_top_left(rounded), 0, (width - 1, height - 1)).astype(np.float32)
    sides = int(np.linalg.norm(quad[0] - quad[1])), int(np.linalg.norm(quad[0] - quad[3]))
    return quad if min(sides) > _LEAST_CORE_PX else None


def _fit_box(points: NDArray[np.int32]) -> tuple[NDArray[np.float32], float]:
    """The smallest box round ``points``, turned as it may be: its corners, and its shorter side."""
    import cv2

    box = cv2.minAreaRect(points)
    corners = sorted(cv2.boxPoints(box), key=lambda corner: corner[0])
    left = sorted(corners[:2], key=lambda corner: corner[1])
    right = sorted(corners[2:], key=lambda corner: corner[1])
    return np.array((left[0], right[0], right[1], left[1]), np.float32), min(box[1])


def _measure_mean(probabilities: NDArray[np.float32], quad: NDArray[np.float32]) -> float:
    """The mean probability over the pixels of ``quad``."""
    import cv2

    height, width = probabilities.shape
    limits = (width - 1, height - 1)
    x0, y0 = np.clip(np.floor(quad.min(axis=0)).astype(np.int32), 0, limits)
    x1, y1 = np.clip(np.ceil(quad.max(axis=0)).astype(np.int32), 0, limits)
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(mask, [(quad - np.array((x0, y0), np.float32)).astype(np.int32)], 1)
    return float(cv2.mean(probabilities[y0 : y1 + 1, x0 : x1 + 1], mask)[0])


def _grow(quad: NDArray[np.float32]) -> NDArray[np.int32]:
    """The outline of ``quad`` with rounded corners, as far outside it as the detector left out."""
    import pyclipper

    corners = quad.astype(np.float64)
    following = np.roll(corners, -1, axis=0)
    area = abs(float(np.sum(corners[:, 0] * following[:, 1] - following[:, 0] * corners[:, 1]))) / 2
    girth = float(np.sum(np.hypot(*(following - corners).T)))
    offset = pyclipper.PyclipperOffset()
    offset.AddPath(quad, pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    return np.array(offset.Execute(area * _GROWTH / girth), np.int32).reshape(-1, 1, 2)


def _start_top_left(quad: NDArray[np.int32]) -> NDArray[np.int32]:
    """The corners clockwise from top left: of the two on the left the upper one is first."""
    across = quad[np.argsort(quad[:, 0])]
    left, right = (side[np.argsort(side[:, 1])] for side in (across[:2], across[2:]))
    return np.array((left[0], right[0], right[1], left[1]), np.int32)


def _sort(quads: NDArray[np.float32]) -> NDArray[np.float32]:
    """From top to bottom; those that begin about level from left to right."""
    down = quads[np.argsort(quads[:, 0, 1], kind="stable")]
    rows = np.concatenate(([0], np.cumsum(np.diff(down[:, 0, 1]) >= _ROW_PX)))
    sorted_quads: NDArray[np.float32] = down[np.lexsort((down[:, 0, 0], rows))]
    return sorted_quads
