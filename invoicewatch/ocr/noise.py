"""Tell an image of nothing but speckle, over which an engine would brood for a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_EDGES = 0.3
"""Of the pixels: print has a tenth at most, speckle of black and white a half."""

_EDGE = 40  # grey levels from one pixel to the next
_EVERY = 4  # rows: a quarter of them tells


def is_noise(image: NDArray[np.uint8]) -> bool:
    """Whether so many pixels of ``image`` (greyscale uint8) differ from their neighbours that it can be no print."""
    rows = image[::_EVERY].astype(np.int16)
    if rows.shape[1] < 2:  # noqa: PLR2004 - a column has no neighbours
        return False
    return float((np.abs(np.diff(rows, axis=1)) > _EDGE).mean()) > MAX_EDGES
