"""Trace the four sides of a sheet from a rough guess: each is a straight step from bright to dark, or none."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_SAMPLES = 80  # places along a side
_CORNER = 0.04  # of a side at either end is left out: corners are dog-eared and rounded
_REACH = 10  # pixels to either side of the guess
_BAND = 4  # pixels on either side of an edge that are compared
_DARKER = 0.1  # part of the paper's brightness by which the ground beside it is darker
_LEAST_STEP = 10.0  # grey levels
_NEARLY = 0.4  # of the highest step: what a paper's own edge has at least, where print near it is blacker
_HARDLY = 1e-3  # sine of the angle at which two sides meet
_STRAIGHT = 1.2  # pixels from the line
_SUPPORT = 0.8  # of the places along a side show the step, and on one straight line

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]


def trace_sides(image: Grey, rough: Points) -> Points | None:
    """The exact corners of a quadrangle that is brighter than what lies around it.

    Args:
        image: Greyscale, uint8, smooth.
        rough: (4, 2) corners in order, a few pixels off at most.

    Returns:
        (4, 2) corners in the same order, or None where a side is not a straight, unbroken edge.
    """
    middle = rough.mean(axis=0)
    lines = []
    for start, end in zip(rough, np.roll(rough, -1, axis=0), strict=True):
        line = _trace_side(image, start, end, middle)
        if line is None:
            return None
        lines.append(line)
    meets = np.cross(np.roll(lines, 1, axis=0), lines)
    if np.abs(meets[:, 2]).min() < _HARDLY:
        return None
    return np.asarray(meets[:, :2] / meets[:, 2:])


def _trace_side(image: Grey, start: Points, end: Points, middle: Points) -> Points | None:
    """The side from ``start`` to ``end`` as (a, b, c) with a*x + b*y + c = 0 and a unit normal, or None."""
    along = end - start
    length = float(np.linalg.norm(along))
    if length < 4 * _REACH:
        return None
    outwards = np.array([along[1], -along[0]]) / length
    if outwards @ (start - middle) < 0:
        outwards = -outwards
    places = start + np.linspace(_CORNER, 1 - _CORNER, _SAMPLES)[:, None] * along
    points = _find_steps(image, places, outwards)
    if len(points) < _SUPPORT * _SAMPLES:
        return None
    line = _fit_line(points)
    near = np.abs(points @ line[:2] + line[2]) <= _STRAIGHT
    if near.sum() < _SUPPORT * _SAMPLES:
        return None
    return _fit_line(points[near])


def _find_steps(image: Grey, places: Points, outwards: Points) -> Points:
    """Across each place, where bright turns dark most clearly going ``outwards``; places without are left out."""
    offsets = np.arange(-_REACH - _BAND, _REACH + _BAND + 1, dtype=np.float64)
    across = places[:, None, :] + offsets[None, :, None] * outwards
    xs, ys = across[..., 0].astype(np.float32), across[..., 1].astype(np.float32)
    profiles = cv2.remap(image, xs - 0.5, ys - 0.5, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(
        np.float64
    )
    sums = np.cumsum(np.pad(profiles, ((0, 0), (1, 0))), axis=1)
    centres = np.arange(_BAND, profiles.shape[1] - _BAND)
    inside = (sums[:, centres] - sums[:, centres - _BAND]) / _BAND
    outside = (sums[:, centres + 1 + _BAND] - sums[:, centres + 1]) / _BAND
    steps = inside - outside
    rows = np.arange(len(places))
    best = _find_outermost(steps)
    clear = steps[rows, best] >= np.maximum(_LEAST_STEP, _DARKER * inside[rows, best])
    shift = offsets[centres][best] + _refine(steps, best)
    return np.asarray((places + shift[:, None] * outwards)[clear])


def _find_outermost(steps: NDArray[np.float64]) -> NDArray[np.int64]:
    """The last peak of each row that is nearly as high as its highest: a bar printed along the rim is no side."""
    high = steps >= _NEARLY * steps.max(axis=1, keepdims=True)
    peak = np.ones_like(high)
    peak[:, 1:] &= steps[:, 1:] >= steps[:, :-1]
    peak[:, :-1] &= steps[:, :-1] >= steps[:, 1:]
    return np.asarray(steps.shape[1] - 1 - (high & peak)[:, ::-1].argmax(axis=1))


def _refine(steps: NDArray[np.float64], best: NDArray[np.int64]) -> NDArray[np.float64]:
    """The vertex of the parabola through the best step and its two neighbours, in pixels from the best."""
    rows = np.arange(len(best))
    inner = np.clip(best, 1, steps.shape[1] - 2)
    before, at, after = steps[rows, inner - 1], steps[rows, inner], steps[rows, inner + 1]
    curve = before - 2 * at + after
    shift = np.where(curve < 0, (before - after) / np.where(curve < 0, 2 * curve, 1), 0.0)
    return np.where(best == inner, np.clip(shift, -1, 1), 0.0)


def _fit_line(points: Points) -> Points:
    """The line through most of ``points`` whatever the others do, as (a, b, c) with a unit normal."""
    vx, vy, x, y = cv2.fitLine(points.astype(np.float32), cv2.DIST_WELSCH, 0, 0.01, 0.01).ravel().astype(float)
    return np.array([-vy, vx, vy * x - vx * y])
