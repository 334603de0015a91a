"""Turn bars of light words on a dark ground into dark words on paper, as both engines know words.

Only what is surely a bar is turned: one even dark ground to its very rim, with light strokes of the size of letters in
it. A shadow is not even, the bars of a barcode and the modules of a QR code reach the rim, a table's dark edge holds no
letters.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from invoicewatch.pages.prepare.strokes import find_light_letters

_LOOK_WIDTH = 600  # pixels at most in which bars are looked for; all sizes up to _RULE are in these
_PAPER_PERCENT = 75  # of the pixels are no lighter than the paper
_DARK = (0.5, 0.8)  # of the paper's brightness: a bar is darker; the second for coloured and grey ones
_LEAST_WIDTH, _LEAST_HEIGHT = 20, 5  # a short word, a line
_MARGIN = 2  # above, below or beside its words: less has a rule
_LARGEST_LETTER = 40  # either way
_LARGEST_BAR = 0.08  # of a photograph with a table in it
_FILLED = 0.9  # of the rectangle around it: a bar, its letters filled in, with round corners
_BOX = 0.93  # of the area around a light thing that is no letter but a box
_BOX_WIDTH, _BOX_HEIGHT = 14, 6
_WHOLE = 1.3  # times the dark of a bar stand in its rows, rules that meet it included
_RULE = 3  # what is thinner beside a bar is a rule that meets it
_RIM = 1  # pixels of the page along the edge of a bar, which are neither ground nor paper

Grey = NDArray[np.uint8]


def lighten_bars(image: Grey, *, on_table: bool = False) -> Grey:
    """Paint filled dark bars as paper and the light letters in them as ink.

    Args:
        image: A level page, (height, width) uint8.
        on_table: Whether a dark table shows around the sheet; then nothing that may be the table is a bar.

    Returns:
        The image itself where it has no such bar, else a copy; everything stays where it is.
    """
    step = -(-image.shape[1] // _LOOK_WIDTH)
    if min(image.shape) < _LEAST_WIDTH * step:
        return image
    small = _shrink(image, step)
    paper = round(float(np.percentile(small[::4, ::4], _PAPER_PERCENT)))
    turned = image
    for dark in _DARK:
        mask = np.asarray(small < dark * paper, np.uint8)
        for x, y, bar in _find_bars(mask, on_table=on_table):
            place = slice(step * y, step * (y + bar.shape[0])), slice(step * x, step * (x + bar.shape[1]))
            lighter = _turn_bar(turned[place], bar.repeat(step, axis=0).repeat(step, axis=1), paper, step + _RIM)
            if lighter is not None:
                turned = turned.copy() if turned is image else turned
                turned[place] = lighter
                small[y : y + bar.shape[0], x : x + bar.shape[1]][bar > 0] = paper
    return turned


def _shrink(image: Grey, step: int) -> Grey:
    height, width = image.shape[0] // step, image.shape[1] // step
    whole = image[: height * step, : width * step]
    return np.array(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _find_bars(mask: Grey, *, on_table: bool) -> Iterator[tuple[int, int, Grey]]:
    """Left, top and shape of each thing that may be a bar, with air around it; 1 where it or a letter in it is."""
    for start, end in _find_bands(mask):
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask[start:end], connectivity=4)
        for label in np.flatnonzero(_are_large(stats)):
            x, y, width, height, _ = (int(value) for value in stats[label])
            if label == 0 or (on_table and _may_be_table((x, start + y, width, height), mask.shape)):
                continue
            filled = _fill_letters(np.asarray(labels[y : y + height, x : x + width] == label, np.uint8))
            solid = cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((_RULE, _RULE), np.uint8))
            for left, top, shape in _part_blocks(np.asarray(solid, np.uint8)):
                # where tall letters cut a bar in pieces, a piece alone is worse than none
                if filled[top : top + shape.shape[0]].sum() <= _WHOLE * shape.sum():
                    yield _add_rim(x + left, start + y + top, shape, mask.shape)


def _find_bands(mask: Grey) -> list[tuple[int, int]]:
    """The rows, from and up to, between which bars may lie: where dark runs are longer than those of letters."""
    runs = cv2.erode(mask, np.ones((_MARGIN, _LEAST_WIDTH), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    rows = np.flatnonzero(runs.view(bool).any(axis=1))
    bands = np.split(rows, np.flatnonzero(np.diff(rows) > _LARGEST_LETTER) + 1)
    return [(int(band[0]), int(band[-1]) + 1) for band in bands if band.size and np.ptp(band) + 1 >= _LEAST_HEIGHT]


def _add_rim(x: int, y: int, bar: Grey, shape: tuple[int, ...]) -> tuple[int, int, Grey]:
    """The bar with the pixels around it, half of which its own edge may darken, within a picture of that shape."""
    rim = np.asarray(cv2.dilate(np.pad(bar, 1), np.ones((3, 3), np.uint8)), np.uint8)
    top, left = int(y == 0), int(x == 0)
    return x - 1 + left, y - 1 + top, rim[top : shape[0] - y + 1, left : shape[1] - x + 1]


def _are_large(stats: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which things are as large as the smallest bar."""
    wide = (stats[:, cv2.CC_STAT_WIDTH] >= _LEAST_WIDTH) & (stats[:, cv2.CC_STAT_HEIGHT] >= _LEAST_HEIGHT)
    return np.asarray(wide & (stats[:, cv2.CC_STAT_AREA] >= _LEAST_WIDTH * _LEAST_HEIGHT // 2))


def _may_be_table(thing: tuple[int, int, int, int], shape: tuple[int, ...]) -> bool:
    """Whether a dark thing (left, top, width, height) is large, or runs out of a picture of that shape."""
    x, y, width, height = thing
    beyond = x == 0 or y == 0 or x + width == shape[1] or y + height == shape[0]
    return beyond or height * width > _LARGEST_BAR * shape[0] * shape[1]


def _fill_letters(thing: Grey) -> Grey:
    """The thing without the holes that letters leave in it; boxes of paper in it stay holes."""
    padded = np.pad(thing, 1)
    contours, order = cv2.findContours(padded, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    holes = [contours[n] for n in range(len(contours)) if order[0, n, 3] >= 0 and _is_letter(contours[n])]
    cv2.drawContours(padded, holes, -1, [1], cv2.FILLED)
    return np.ascontiguousarray(padded[1:-1, 1:-1])


def _is_letter(hole: NDArray[np.int32]) -> bool:
    """Whether a hole is a letter or several that touch, and no box."""
    _, _, width, height = cv2.boundingRect(hole)
    if height > _LARGEST_LETTER or width > 3 * _LARGEST_LETTER:
        return False
    box = width >= _BOX_WIDTH and height >= _BOX_HEIGHT
    return not box or cv2.contourArea(hole) < _BOX * (width - 1) * (height - 1)


def _part_blocks(solid: Grey) -> Iterator[tuple[int, int, Grey]]:
    """The rectangles, level or nearly, among the parts of a thing that rules held together."""
    contours, _ = cv2.findContours(np.pad(solid, 1), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        x, y, width, height = cv2.boundingRect(contour)
        _, sides, _ = cv2.minAreaRect(contour)
        around = float(sides[0] * sides[1])
        if width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and cv2.contourArea(contour) >= _FILLED * around:
            shape = np.zeros((height, width), np.uint8)
            cv2.drawContours(shape, [contour], -1, [1], cv2.FILLED, offset=(-x, -y))
            yield x - 1, y - 1, shape & solid[y - 1 : y - 1 + height, x - 1 : x - 1 + width]


def _turn_bar(picture: Grey, area: Grey, paper: int, rim: int) -> Grey | None:
    """The picture of a bar with its colours turned, or None where it holds no letters.

    Args:
        picture: The bar and what lies in the same rectangle.
        area: 1 where the bar is, of the same shape.
        paper: The brightness that its ground becomes.
        rim: Pixels along its edge that are neither ground nor paper.
    """
    size = np.ones((2 * rim + 1, 2 * rim + 1), np.uint8)
    inside = cv2.erode(area, size, borderType=cv2.BORDER_CONSTANT, borderValue=0)
    levels = find_light_letters(picture, np.asarray(inside, np.uint8))
    if levels is None:
        return None
    ground, light = levels
    ink = np.clip((picture.astype(np.float32) - ground) / (light - ground), 0.0, 1.0)
    turned = (paper * (1.0 - ink)).astype(np.uint8)
    turned[inside == 0] = paper
    return np.where(area > 0, turned, picture)
