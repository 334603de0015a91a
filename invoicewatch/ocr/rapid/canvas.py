"""Put a page on a canvas of one of few sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS = 6  # the shorter side is a multiple of a sixth of the longer
_WHITE = 255


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """A page scaled by ``scale`` into the top left corner of a white ``image``."""

    image: NDArray[np.uint8]
    scale: float


def fit_canvas(page: NDArray[np.uint8], longest_side: int) -> Canvas:
    """Scale ``page`` so that it fits a canvas of ``longest_side``.

    OpenVINO compiles its network anew for each size of image it meets, which takes five times as long as the
    detection itself: pages of any shape go on one of twelve canvases.

    Args:
        page: Greyscale, uint8, (height, width).
        longest_side: Pixels, a multiple of 192 so that a sixth of it is one of 32.
    """
    import cv2

    height, width = page.shape
    scale = longest_side / max(height, width)
    target = max(1, round(width * scale)), max(1, round(height * scale))
    smaller = cv2.resize(page, target, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    step = longest_side // _STEPS
    canvas = np.full([-(-side // step) * step for side in smaller.shape], _WHITE, np.uint8)
    canvas[: smaller.shape[0], : smaller.shape[1]] = smaller
    return Canvas(canvas, scale)
