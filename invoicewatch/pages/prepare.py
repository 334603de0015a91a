"""Make an upright greyscale page easy to read, and remember the way back to the page as it came.

What is done here earns its place in benchmarks/RESULTS.md; what was tried and does not help is listed there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.config.settings import PageSettings
from invoicewatch.pages.deskew import find_skew, level_lines
from invoicewatch.pages.grid import erase_grid
from invoicewatch.records import Page, PageSize, Transform

if TYPE_CHECKING:
    from numpy.typing import NDArray


def prepare_page(image: NDArray[np.uint8], number: int, size: PageSize, settings: PageSettings) -> Page:
    """Prepare one upright page: scale it down to a width that is enough, make its lines level, unframe its tables.

    Args:
        image: Greyscale, uint8, (height, width); decoders may have scaled it down already.
        number: The page's number, from 1.
        size: The upright page as it came.
        settings: ``max_width`` is the width in pixels above which a page is scaled down;
            ``deskew`` whether its lines are made level.
    """
    image = _scale_down(image, settings.max_width)
    height, width = image.shape
    to_upright = np.diag([1.0 / width, 1.0 / height, 1.0])
    skew = find_skew(image) if settings.deskew else 0.0
    if skew:
        image, to_skewed = level_lines(image, skew)
        to_upright = to_upright @ to_skewed
    image = erase_grid(image)
    transform = Transform(*(float(value) for value in to_upright.flat))
    return Page(number, np.ascontiguousarray(image), size, transform)


def _scale_down(image: NDArray[np.uint8], max_width: int) -> NDArray[np.uint8]:
    height, width = image.shape
    if width <= max_width:
        return image
    import cv2

    # INTER_AREA averages all pixels under a new one: no aliasing, thin strokes stay
    target = (max_width, max(1, round(height * max_width / width)))
    return np.asarray(cv2.resize(image, target, interpolation=cv2.INTER_AREA), dtype=np.uint8)
