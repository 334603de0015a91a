"""Where on a PDF page a code may be: told from its pictures and paths, before anything is drawn."""

from __future__ import annotations

import pypdfium2 as pdfium

from invoicewatch.pages.formats.text_layer import to_upright
from invoicewatch.records import Box

_MM_PER_POINT = 25.4 / 72
_SMALLEST_MM, _LARGEST_MM = 8.0, 95.0  # the sides of a code: a receipt's smallest QR, a broad PDF417
_MODULE_MM = 4.0  # a path no larger may be one module, or a row of a few
_FEWEST_MODULES = 60  # as paths of their own; the smallest QR code has some hundred dark modules
_FEWEST_SEGMENTS = 200  # in one path: four or five a module
_WHOLE = Box(0.0, 0.0, 1.0, 1.0)
_MARGIN_MM = 5.0


def find_code_area(page: pdfium.PdfPage) -> Box | None:
    """The part of ``page`` (upright fractions) round all that may be a code; None where nothing is.

    A code is a picture of its size, or of the whole page; one path of very many corners; or very many small paths. What
    stands in a form has coordinates of its own: then it is the whole page. The caller holds pdfium's lock.
    """
    boxes: list[Box] = []
    modules: list[Box] = []
    width, height = (side * _MM_PER_POINT for side in page.get_size())
    raw = pdfium.raw
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]):
        if item.container is not None:
            if item.type == raw.FPDF_PAGEOBJ_IMAGE or _has_many_corners(item):
                return _WHOLE
            modules.append(_WHOLE)
            continue
        box = _find_box(page, item)
        if box is None:
            continue
        across, down = box.width * width, box.height * height
        if item.type == raw.FPDF_PAGEOBJ_PATH and max(across, down) <= _MODULE_MM:
            modules.append(box)
        elif min(across, down) >= _SMALLEST_MM and _may_be_code(item, across, down):
            boxes.append(box)
    if len(modules) >= _FEWEST_MODULES:
        boxes.append(Box.around(modules))
    return _widen(Box.around(boxes), _MARGIN_MM / width, _MARGIN_MM / height) if boxes else None


def _may_be_code(item: pdfium.PdfObject, across: float, down: float) -> bool:
    """Whether a large object is a path of many corners, or a picture: a scan of a page may hold a code."""
    if item.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE:
        return True
    return max(across, down) <= _LARGEST_MM and _has_many_corners(item)


def _has_many_corners(item: pdfium.PdfObject) -> bool:
    is_path = item.type == pdfium.raw.FPDF_PAGEOBJ_PATH
    return is_path and int(pdfium.raw.FPDFPath_CountSegments(item)) >= _FEWEST_SEGMENTS


def _find_box(page: pdfium.PdfPage, item: pdfium.PdfObject) -> Box | None:
    left, bottom, right, top = item.get_bounds()
    return to_upright(page, ((left, bottom), (right, top)))


def _widen(box: Box, across: float, down: float) -> Box:
    x0, y0, x1, y1 = box
    return Box(max(0.0, x0 - across), max(0.0, y0 - down), min(1.0, x1 + across), min(1.0, y1 + down))
