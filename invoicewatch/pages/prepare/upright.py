"""Turn a page that lies on its side or its head."""

from __future__ import annotations

import numpy as np

from invoicewatch.records import Page, PageSize, Transform

_UNIT_TURNS = (
    np.eye(3),
    np.array([[0.0, -1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
    np.array([[-1.0, 0.0, 1.0], [0.0, -1.0, 1.0], [0.0, 0.0, 1.0]]),
    np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 1.0], [0.0, 0.0, 1.0]]),
)
"""Where a point of the unit square comes to lie after 0, 1, 2, 3 quarter turns clockwise, y downwards."""


def turn(page: Page, quarter_turns: int) -> Page:
    """Turn ``page`` clockwise by as many quarter turns, its size and its transform with it.

    Boxes read off the result are fractions of the turned page.
    """
    turns = quarter_turns % 4
    if turns == 0:
        return page
    image = np.ascontiguousarray(np.rot90(page.image, -turns))
    height, width = page.image.shape
    new_height, new_width = image.shape
    to_old_pixels = np.diag([width, height, 1.0]) @ _UNIT_TURNS[-turns] @ np.diag([1 / new_width, 1 / new_height, 1.0])
    matrix = _UNIT_TURNS[turns] @ np.array(page.to_upright, dtype=float).reshape(3, 3) @ to_old_pixels
    return Page(page.number, image, _turn_size(page.size, turns), Transform(*(float(value) for value in matrix.flat)))


def _turn_size(size: PageSize, turns: int) -> PageSize:
    return PageSize(size.height_px, size.width_px, size.dpi) if turns % 2 else size
