"""A PDF page's own words, where they stand, and how they came onto the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

from invoicewatch.records import Box, Line, Word
from invoicewatch.records.rows import group_rows

ENGINE = "text-layer"

_LARGE = 0.5  # share of the page from which on an image may be a scan of the whole
_GRID = 1 << 20  # FPDF_PageToDevice gives whole numbers: ask for a grid far finer than any box
_BREAKS = frozenset({0, 0xFFFE, 0xFFFF})


@dataclass(frozen=True, slots=True)
class PageLook:
    """What is known of a page besides its words.

    ``hidden_share`` is the share of text objects that are invisible (an OCR program's layer), 0-1;
    ``image_share`` the area of the largest image over the page's, ``covered`` whether a large image is drawn after
    the first text; ``unmapped_share`` the share of characters whose font does not say what they mean.
    """

    hidden_share: float
    image_share: float
    covered: bool
    unmapped_share: float


def read_words(page: pdfium.PdfPage) -> tuple[tuple[Line, ...], PageLook]:
    """The lines of ``page`` in reading order, and its look; the caller holds pdfium's lock."""
    text_page = page.get_textpage()
    try:
        words, unmapped = _collect_words(page, text_page)
    finally:
        text_page.close()
    rows = group_rows(words)
    return tuple(Line(tuple(row)) for row in rows), _look(page, unmapped)


def find_image_sizes(page: pdfium.PdfPage) -> Iterator[tuple[int, int]]:
    """Width and height in pixels of each picture on ``page``, forms included; the caller holds pdfium's lock.

    pdfium unpacks a whole picture to draw it, however small the page.
    """
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
        if pdfium.raw.FPDFImageObj_GetImagePixelSize(item, width, height):
            yield max(1, width.value), max(1, height.value)


def _collect_words(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> tuple[list[Word], float]:
    raw = pdfium.raw
    words: list[Word] = []
    text: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    unmapped = 0
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    total = text_page.count_chars()
    for index in range(total):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _BREAKS or chr(code).isspace():
            _finish_word(page, text, boxes, words)
            continue
        unmapped += raw.FPDFText_HasUnicodeMapError(text_page, index) == 1
        text.append(code)
        if raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
            boxes.append((left.value, bottom.value, right.value, top.value))
    _finish_word(page, text, boxes, words)
    return words, unmapped / max(1, total)


def _finish_word(
    page: pdfium.PdfPage, text: list[int], boxes: list[tuple[float, float, float, float]], words: list[Word]
) -> None:
    if text and boxes:
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        corners = ((min(lefts), min(bottoms)), (max(rights), max(tops)))
        box = _to_upright(page, corners)
        if box is not None:
            words.append(Word(_join(text), box, 100.0, ENGINE))
    text.clear()
    boxes.clear()


def _join(codes: Iterable[int]) -> str:
    """Text from pdfium's UTF-16 units."""
    units = b"".join(chr(code).encode("utf-16-le", "surrogatepass") for code in codes)
    return units.decode("utf-16-le", "replace")


def _to_upright(page: pdfium.PdfPage, corners: Iterable[tuple[float, float]]) -> Box | None:
    """Page coordinates to fractions of the page as it is shown, whatever its /Rotate; None where it shows nothing."""
    x, y = ctypes.c_int(), ctypes.c_int()
    points = []
    for across, up in corners:
        if not pdfium.raw.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, across, up, x, y):
            return None
        points.append((min(1.0, max(0.0, x.value / _GRID)), min(1.0, max(0.0, y.value / _GRID))))
    (x0, y0), (x1, y1) = points
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box.width > 0 and box.height > 0 else None


def _look(page: pdfium.PdfPage, unmapped_share: float) -> PageLook:
    raw = pdfium.raw
    width, height = page.get_size()
    texts = hidden = 0
    image_share, covered = 0.0, False
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE]):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            texts += 1
            hidden += raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        elif item.container is None:  # an image inside a form has the form's coordinates
            x0, y0, x1, y1 = item.get_bounds()
            share = abs((x1 - x0) * (y1 - y0)) / max(1.0, width * height)
            image_share = max(image_share, min(1.0, share))
            covered = covered or (texts > 0 and share >= _LARGE)
    return PageLook(hidden / max(1, texts), image_share, covered, unmapped_share)
