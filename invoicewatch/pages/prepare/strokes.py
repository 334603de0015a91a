"""Tell whether a dark area holds light letters, and how dark and light they are."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_CONTRAST = 45.0  # grey levels between letters and ground
_MOST_LIGHT = 0.5  # of the area: bold words in a narrow bar have a third
_LEAST_LIGHT = 0.003
_EVEN = 0.35  # of the contrast: what the ground strays by, its grain included
_RIM = 2  # pixels along the edge of the area
_SOLID = 0.93  # of the rim is ground
_LEAST_LETTER = 7  # pixels high: less cannot be read
_FEWEST = 3  # letters
_LONGEST = 12  # times its height: letters of a word that touch
_SHARE = 0.6  # of what is light belongs to letters
_FULL = 0.68  # of the rectangle around a letter is light, as a rule; what a dark letter encloses fills more of its own
_ALIKE = 0.75  # powers of two by which letters differ in height: capitals and small ones

Grey = NDArray[np.uint8]


def find_light_letters(picture: Grey, inside: Grey) -> tuple[float, float] | None:
    """The grey levels of ground and letters, or None where the area is no even ground with light letters on it.

    Args:
        picture: Greyscale, uint8, (height, width).
        inside: 1 where the area is, of the same shape; what lies at its edge must be ground.
    """
    pixels = picture[inside > 0]
    if pixels.size == 0:
        return None
    level = cv2.threshold(pixels.reshape(-1, 1), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]
    bright = pixels > level
    share = float(bright.mean())
    if not _LEAST_LIGHT <= share <= _MOST_LIGHT:
        return None
    ground, light = float(np.median(pixels[~bright])), float(np.percentile(pixels[bright], 70))
    contrast = light - ground
    if contrast < _CONTRAST or float(np.std(pixels[~bright])) > _EVEN * contrast:
        return None
    strokes = np.asarray((picture > (ground + light) / 2) & (inside > 0), np.uint8)
    return (ground, light) if _is_solid(strokes, inside) and _are_letters(strokes) else None


def _is_solid(strokes: Grey, inside: Grey) -> bool:
    """Whether hardly a stroke reaches the edge of the area."""
    size = np.ones((2 * _RIM + 1, 2 * _RIM + 1), np.uint8)
    rim = (inside > 0) & (cv2.erode(inside, size, borderType=cv2.BORDER_CONSTANT, borderValue=0) == 0)
    return float((strokes[rim] == 0).mean()) >= _SOLID


def _are_letters(strokes: Grey) -> bool:
    """Whether most of what is light has the size and shape of letters, as high as each other, and there are three."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    width, height, area = (stats[1:count, n] for n in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    letters = (height >= _LEAST_LETTER) & (width <= _LONGEST * height)
    if letters.sum() < _FEWEST or area[letters].sum() < _SHARE * area.sum():
        return False
    full = np.median(area[letters] / (width[letters] * height[letters]))
    alike = np.abs(np.log2(height[letters] / np.median(height[letters]))) <= _ALIKE
    return bool(full <= _FULL and alike.mean() >= _SHARE)
