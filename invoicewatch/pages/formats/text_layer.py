"""A PDF page's own words, where they stand, and how they came onto the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pypdfium2 as pdfium

from invoicewatch.pages.formats.forms import TypedValue, place_values
from invoicewatch.records import Box, Line, Word
from invoicewatch.records.rows import group_rows

ENGINE = "text-layer"

_LARGE = 0.5  # share of the page from which on an image may be a scan of the whole
_GRID = 1 << 20  # FPDF_PageToDevice gives whole numbers: ask for a grid far finer than any box
_MAX_FONT_NAME = 128  # bytes; a PDF name has 127 at most
_BREAKS = frozenset({0, 0xFFFE, 0xFFFF})


@dataclass(frozen=True, slots=True)
class PageLook:
    """What is known of a page besides its words.

    ``hidden_share`` is the share of text objects that are invisible (an OCR program's layer), 0-1;
    ``image_share`` the area of the largest image over the page's, ``covered`` whether a large image is drawn after
    the first text; ``unmapped_share`` the share of characters whose font does not say what they mean, and
    ``unmapped_run`` how many of them stand side by side; ``fonts`` are the words by the font they begin in.
    """

    hidden_share: float
    image_share: float
    covered: bool
    unmapped_share: float
    unmapped_run: int
    fonts: Mapping[str, Sequence[Word]] = field(default_factory=dict)


def read_words(page: pdfium.PdfPage, typed: Sequence[TypedValue] = ()) -> tuple[tuple[Line, ...], PageLook]:
    """The lines of ``page`` in reading order, and its look; the caller holds pdfium's lock.

    ``typed`` is what the fields of a form on it hold.
    """
    text_page = page.get_textpage()
    try:
        total = text_page.count_chars()
        found = _collect_words(page, text_page, total)
    finally:
        text_page.close()
    words = place_values(found.words, typed, partial(to_upright, page), ENGINE) if typed else found.words
    return tuple(Line(tuple(row)) for row in group_rows(words)), _look(page, found, total)


def find_image_sizes(page: pdfium.PdfPage) -> Iterator[tuple[int, int]]:
    """Width and height in pixels of each picture on ``page``, forms included; the caller holds pdfium's lock.

    pdfium unpacks a whole picture to draw it, however small the page.
    """
    width, height = ctypes.c_uint(), ctypes.c_uint()
    for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
        if pdfium.raw.FPDFImageObj_GetImagePixelSize(item, width, height):
            yield max(1, width.value), max(1, height.value)


@dataclass(slots=True)
class _Print:
    """What was read so far: finished words, and the codes and boxes of the one that is being read."""

    words: list[Word] = field(default_factory=list)
    fonts: dict[str, list[Word]] = field(default_factory=dict)
    codes: list[int] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    font: str = ""
    unmapped: int = 0
    run: int = 0
    longest_run: int = 0

    def count_unmapped(self, is_unmapped: bool) -> None:
        """Count the character that is being read, if its font does not say what it means."""
        self.unmapped += is_unmapped
        self.run = self.run + 1 if is_unmapped else 0
        self.longest_run = max(self.longest_run, self.run)

    def finish_word(self, page: pdfium.PdfPage) -> None:
        if self.codes and self.boxes:
            lefts, bottoms, rights, tops = zip(*self.boxes, strict=True)
            box = to_upright(page, ((min(lefts), min(bottoms)), (max(rights), max(tops))))
            if box is not None:
                word = Word(_join(self.codes), box, 100.0, ENGINE)
                self.words.append(word)
                self.fonts.setdefault(self.font, []).append(word)
        self.codes.clear()
        self.boxes.clear()


def _collect_words(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, total: int) -> _Print:
    """What the ``total`` characters of a page say."""
    raw = pdfium.raw
    found = _Print()
    name = ctypes.create_string_buffer(_MAX_FONT_NAME)
    flags = ctypes.c_int()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(total):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _BREAKS or chr(code).isspace():
            # a glyph without any meaning has the code 0, like the breaks that pdfium puts between lines
            found.count_unmapped(code == 0 and raw.FPDFText_IsGenerated(text_page, index) == 0)
            found.finish_word(page)
            continue
        found.count_unmapped(raw.FPDFText_HasUnicodeMapError(text_page, index) == 1)
        if not found.codes:
            raw.FPDFText_GetFontInfo(text_page, index, name, _MAX_FONT_NAME, flags)
            found.font = name.value.decode("utf-8", "replace")
        found.codes.append(code)
        if raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top):
            found.boxes.append((left.value, bottom.value, right.value, top.value))
    found.finish_word(page)
    return found


def _join(codes: Iterable[int]) -> str:
    """Text from pdfium's UTF-16 units."""
    units = b"".join(chr(code).encode("utf-16-le", "surrogatepass") for code in codes)
    return units.decode("utf-16-le", "replace")


def to_upright(page: pdfium.PdfPage, corners: Iterable[tuple[float, float]]) -> Box | None:
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


def _look(page: pdfium.PdfPage, found: _Print, total: int) -> PageLook:
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
    unmapped_share = found.unmapped / max(1, total)
    return PageLook(hidden / max(1, texts), image_share, covered, unmapped_share, found.longest_run, found.fonts)
