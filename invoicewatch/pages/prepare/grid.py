"""Erase the ruled grid of a table.

Tesseract, told that a page is one block of text, takes a table with every cell framed for a picture and drops it, or
reads its rules as letters. Single rules (under a heading, above a total) do no harm and stay.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_SHORTEST_RULE = 12  # part of the page's width: longer than any stroke of a letter
_THICKEST_RULE = 150  # part of the page's width: what is thicker is a bar with words on it
_INK_DEPTH = 30  # grey levels darker than its surroundings
_SURROUNDINGS = 30  # part of the page's width
_MIN_CROSSINGS = 12  # a frame around a sum has four, two frames eight

Grey = NDArray[np.uint8]


def erase_grid(image: Grey) -> Grey:
    """Paint the rules of framed tables in the colour of the paper around them.

    Args:
        image: A level page, (height, width) uint8, dark on light.

    Returns:
        The image itself where no table is framed, else a copy without rules.
    """
    rules = _find_rules(image)
    if rules is None:
        return image
    reach = np.ones((3, 3), np.uint8)
    paper = cv2.dilate(image, np.ones((9, 9), np.uint8))
    return np.where(cv2.dilate(rules, reach) > 0, paper, image)


def _find_rules(image: Grey) -> Grey | None:
    """The pixels of all thin rules, or None where fewer cross than a table's do."""
    width = image.shape[1]
    ink = _find_ink(image)
    length = max(20, width // _SHORTEST_RULE)
    long = [cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) for shape in ((length, 1), (1, length))]
    if not all(map(np.any, long)):
        return None
    thick = max(3, width // _THICKEST_RULE)
    around = np.ones((5, 5), np.uint8)
    bars = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8)), around)
    standing, lying = (each & ~bars for each in long)
    crossings = cv2.connectedComponents(cv2.dilate(lying, around) & cv2.dilate(standing, around))[0] - 1
    return np.asarray(lying | standing, dtype=np.uint8) if crossings >= _MIN_CROSSINGS else None


def _find_ink(image: Grey) -> Grey:
    """1 where a pixel is clearly darker than what surrounds it: shadows are no ink."""
    size = max(15, image.shape[1] // _SURROUNDINGS) | 1
    surroundings = cv2.blur(image, (size, size))
    return np.asarray(cv2.subtract(surroundings, image) > _INK_DEPTH, dtype=np.uint8)
