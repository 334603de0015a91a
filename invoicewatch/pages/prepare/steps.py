"""Make an upright greyscale page easy to read, and remember the way back to the page as it came.

What is done here earns its place in benchmarks/RESULTS.md; what was tried and does not help is listed there too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.config.settings import PageSettings
from invoicewatch.pages.prepare.bars import lighten_bars
from invoicewatch.pages.prepare.deskew import find_skew, level_lines
from invoicewatch.pages.prepare.grid import erase_grid
from invoicewatch.pages.prepare.outline import find_outline
from invoicewatch.pages.prepare.perspective import lay_flat
from invoicewatch.pages.prepare.shadow import lift_shadow
from invoicewatch.pages.prepare.surroundings import fills_picture
from invoicewatch.records import Page, PageSize, Transform

if TYPE_CHECKING:
    from numpy.typing import NDArray


def prepare_page(image: NDArray[np.uint8], number: int, size: PageSize, settings: PageSettings) -> Page:
    """Prepare one upright page.

    A photographed sheet is laid flat, a wide page scaled down to a width that is enough; strong shadow is lifted, lines
    are made level, tables lose their frames.

    Args:
        image: Greyscale, uint8, (height, width); decoders may have scaled it down already.
        number: The page's number, from 1.
        size: The upright page as it came.
        settings: ``max_width`` is the width in pixels above which a page is scaled down; ``flatten_photos`` whether
            photographed sheets are laid flat and shadow is lifted; ``deskew`` whether lines are made level.
    """
    height, width = image.shape
    corners = find_outline(image) if settings.flatten_photos else None
    if corners is not None:
        image, to_image = lay_flat(image, corners, settings.max_width)
    else:
        image, to_image = _scale_down(image, settings.max_width)
    to_upright = np.diag([1.0 / width, 1.0 / height, 1.0]) @ to_image
    # a table around the sheet is darker than any shadow on it: evened out, it would be read
    on_table = corners is None and not fills_picture(image)
    if settings.flatten_photos and not on_table:
        image = lift_shadow(image)
    skew = find_skew(image) if settings.deskew else 0.0
    if skew:
        image, to_skewed = level_lines(image, skew)
        to_upright = to_upright @ to_skewed
    # before the grid goes: the edge of a bar around its words is as thin as a rule
    image = erase_grid(lighten_bars(image, on_table=on_table))
    to_upright = to_upright / to_upright[2, 2]
    transform = Transform(*(float(value) for value in to_upright.flat))
    return Page(number, np.ascontiguousarray(image), size, transform)


def leave_page(image: NDArray[np.uint8], number: int, size: PageSize, max_width: int) -> Page:
    """One upright page as it came, but for its size: within ``max_width``."""
    scaled, _ = _scale_down(image, max_width)
    return Page(number, np.ascontiguousarray(scaled), size, Transform.scale(scaled.shape[1], scaled.shape[0]))


def _scale_down(image: NDArray[np.uint8], max_width: int) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """``image`` within ``max_width``, and the (3, 3) map from its pixels to those it had."""
    height, width = image.shape
    if width <= max_width:
        return image, np.eye(3)
    import cv2

    # INTER_AREA averages all pixels under a new one: no aliasing, thin strokes stay
    target = (max_width, max(1, round(height * max_width / width)))
    scaled = np.asarray(cv2.resize(image, target, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return scaled, np.diag([width / target[0], height / target[1], 1.0])
