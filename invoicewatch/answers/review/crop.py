"""Cut the place of a field out of its page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray  # noqa: TC002 - the signatures show what they work on

from invoicewatch.answers.records.find import find_original
from invoicewatch.config.settings import PageSettings
from invoicewatch.errors import InvoicewatchError
from invoicewatch.pages.load import open_pages
from invoicewatch.pages.prepare.upright import turn
from invoicewatch.records import Box, Document, Field, Page
from invoicewatch.store.records.query import StoredInvoice

# Around the place, in heights of it: enough to see the label beside an amount, and the lines above and below.
_SIDE = 6.0
_ABOVE = 0.6


def crop_field(stored: StoredInvoice, field: Field, settings: PageSettings, turns: int = 0) -> NDArray[np.uint8] | None:
    """The place that a field was read from; None where it has none or the record's file is gone.

    ``turns`` quarter turns clockwise make the field's page upright.
    """
    path = find_original(stored)
    if path is None or field.page is None or field.box is None:
        return None
    machine = stored.machine
    document = Document(machine.path, path.read_bytes(), machine.sha256, machine.media_type, stored.arrived)
    return find_crop(document, field.page, field.box, settings, turns)


def find_crop(document: Document, page: int, box: Box, settings: PageSettings, turns: int) -> NDArray[np.uint8] | None:
    """The place with a little around it, greyscale, or None where the document can no longer be opened."""
    try:
        source = open_pages(document, settings, max_bytes=len(document.content))
    except InvoicewatchError:
        return None
    try:
        return crop_page(turn(source.load(page), turns), box) if page <= len(source.sizes) else None
    except InvoicewatchError:
        return None
    finally:
        source.close()


def crop_page(page: Page, box: Box) -> NDArray[np.uint8] | None:
    """The part of a page's image that shows ``box``; None where that is outside of it."""
    height, width = page.image.shape
    left, top, right, bottom = _to_pixels(page, box)
    tall = max(bottom - top, 1.0)
    x0, x1 = max(0, round(left - _SIDE * tall)), min(width, round(right + tall))
    y0, y1 = max(0, round(top - _ABOVE * tall)), min(height, round(bottom + _ABOVE * tall))
    return page.image[y0:y1, x0:x1] if x0 < x1 and y0 < y1 else None


def _to_pixels(page: Page, box: Box) -> tuple[float, float, float, float]:
    """The rectangle around the box in the prepared image: the page's own transform, backwards."""
    back = np.linalg.inv(np.array(page.to_upright, dtype=float).reshape(3, 3))
    corners = np.array([(x, y, 1.0) for x in (box.x0, box.x1) for y in (box.y0, box.y1)])
    mapped = corners @ back.T
    points = mapped[:, :2] / mapped[:, 2:]
    return (*points.min(axis=0), *points.max(axis=0))
