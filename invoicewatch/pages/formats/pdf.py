"""PDF documents through pdfium."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium

from invoicewatch.config.settings import PageSettings
from invoicewatch.errors import DocumentError
from invoicewatch.pages.formats.attachments import EmbeddedFile, describe_files, name_apart, read_attachments
from invoicewatch.pages.formats.code_area import find_code_area
from invoicewatch.pages.formats.forms import Annotations, merge_annotations, open_form
from invoicewatch.pages.formats.media_type import detect_media_type
from invoicewatch.pages.formats.structure import is_portfolio, read_associated_files, unpack_dictionaries
from invoicewatch.pages.formats.text_doubt import find_odd_words
from invoicewatch.pages.formats.text_layer import find_image_sizes, read_words
from invoicewatch.pages.formats.text_trust import is_trustworthy
from invoicewatch.pages.limits import check_pixels, limit_pages
from invoicewatch.pages.prepare.steps import prepare_page
from invoicewatch.records import Attachment, Box, Enclosed, Page, PageSize, Reading, Signature, Source, Transform, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINTS_PER_INCH = 72
MAX_DPI = 300
"""Small pages (receipts) are drawn at this resolution, wide ones at what fills ``max_width``."""

_MOST_AREA_PIXELS = 3_200_000  # as many as A4 has at the size that is read
_PASSWORD = pdfium.raw.FPDF_ERR_PASSWORD
_TRAILER_WITHIN = 2048  # ISO 32000-1, annex H asks for %%EOF in the last 1,024 bytes; some writers pad more

_EMBEDDED = b"/EmbeddedFile"  # on every stream that is a file; a stream's entries are never packed
_PINNED = b"/FileAttachment"

# pdfium keeps state of its own between calls and is not safe for threads, whatever document they work on
_PDFIUM = threading.Lock()


class PdfPages:
    """A `PageSource` over a PDF; one page is drawn at a time."""

    enclosed: tuple[Enclosed, ...] = ()
    signature: Signature | None = None

    def __init__(self, content: bytes, name: str, settings: PageSettings) -> None:
        self._name = name
        self._settings = settings
        self._odd: dict[int, tuple[Word, ...]] = {}
        self._annotations: dict[int, Annotations] = {}
        self._content = content
        with _PDFIUM:
            self._pdf = _open(content, name)
            kept, left_out = limit_pages(len(self._pdf), settings.max_pages)
            self.notes = (*left_out, *open_form(self._pdf))
            points = self._measure(kept)
        if not points:
            self.close()
            raise DocumentError(f"{name} has no pages", remedy="Save it anew from where it came.", code="corrupt")
        self.sizes = tuple(self._choose_size(width, height) for width, height in points)

    @cached_property
    def attachments(self) -> Mapping[str, bytes]:
        """The embedded files by name, as far as their content can be read."""
        return MappingProxyType({name: file.content for name, file in self._files.items() if file.content})

    @cached_property
    def attached(self) -> tuple[Attachment, ...]:
        """All embedded files, from the name tree, pinned to pages or associated with them."""
        return describe_files(self._files)

    @cached_property
    def is_portfolio(self) -> bool:
        """Whether the pages are the cover of what is embedded."""
        with _PDFIUM:
            empty = self._pdf.count_attachments() == 0
        return not empty and is_portfolio(self._dictionaries)

    def read_text_layer(self, number: int) -> Reading | None:
        """The words that the PDF itself holds for page ``number``, or None if they cannot be trusted."""
        with self._page(number) as page:
            lines, look = read_words(page, self._annotations[number].values)
        self._odd[number] = find_odd_words(look.fonts)
        if not is_trustworthy(lines, look):
            return None
        return Reading(number, lines, f"pdfium {pdfium.PDFIUM_INFO.build}", Source.TEXT_LAYER)

    def find_odd_words(self, number: int) -> tuple[Word, ...]:
        """Words of the text layer, once it was read, that may be a cipher of what the page shows."""
        return self._odd.get(number, ())

    def load(self, number: int) -> Page:
        """Draw and prepare page ``number``.

        Raises:
            DocumentError: With code ``corrupt``, or ``too_many_pixels`` where a picture on it has too many.
        """
        size = self.sizes[number - 1]
        with self._page(number) as page:
            self._check_pictures(page)
            image = _draw(page, size)
        return prepare_page(image, number, size, self._settings)

    def draw_codes(self, number: int) -> Page | None:
        """The part of page ``number`` round its pictures and drawings, if there are any, at up to 300 dpi.

        Raises:
            DocumentError: As ``load``.
        """
        with self._page(number) as page:
            area = find_code_area(page)
            if area is None:
                return None
            self._check_pictures(page)
            return _draw_area(page, area, number, self.sizes[number - 1])

    def view(self, number: int, max_width: int) -> NDArray[np.uint8]:
        """Page ``number`` in colour, (height, width, 3).

        Raises:
            DocumentError: As ``load``.
        """
        size = self.sizes[number - 1]
        with self._page(number) as page:
            self._check_pictures(page)
            bitmap = page.render(
                scale=size.dpi / POINTS_PER_INCH * min(1.0, max_width / size.width_px), rev_byteorder=True
            )
            try:
                return np.array(bitmap.to_numpy()[..., :3], dtype=np.uint8)
            finally:
                bitmap.close()

    def _check_pictures(self, page: pdfium.PdfPage) -> None:
        for width, height in find_image_sizes(page):
            check_pixels(width, height, self._name, self._settings.max_pixels)

    def close(self) -> None:
        """Close the document."""
        with _PDFIUM:
            self._pdf.close()

    def _measure(self, count: int) -> list[tuple[float, float]]:
        """The pages' sizes in points; a page tree that promises more pages than it has, or bites its tail, fails."""
        sizes: list[tuple[float, float]] = []
        try:
            sizes.extend(self._pdf.get_page_size(index) for index in range(count))
        except pdfium.PdfiumError as exc:
            self._pdf.close()
            raise self._damaged(len(sizes) + 1, exc) from exc
        return sizes

    def _choose_size(self, width_pt: float, height_pt: float) -> PageSize:
        width_in, height_in = width_pt / POINTS_PER_INCH, height_pt / POINTS_PER_INCH
        dpi = max(1, min(MAX_DPI, int(self._settings.max_width / width_in))) if width_in > 0 else 0
        width, height = round(width_in * dpi), round(height_in * dpi)
        check_pixels(width, height, self._name, self._settings.max_pixels)
        return PageSize(width, height, dpi)

    @contextmanager
    def _page(self, number: int) -> Iterator[pdfium.PdfPage]:
        """Page ``number`` with pdfium locked; closed afterwards, so that memory holds one page at a time."""
        with _PDFIUM:
            try:
                page = self._open_page(number)
            except pdfium.PdfiumError as exc:
                raise self._damaged(number, exc) from exc
            try:
                yield page
            except pdfium.PdfiumError as exc:
                raise self._damaged(number, exc) from exc
            finally:
                page.close()

    def _open_page(self, number: int) -> pdfium.PdfPage:
        """Page ``number`` with its annotations drawn into it, which is done once a document."""
        page = self._pdf[number - 1]
        if number in self._annotations:
            return page
        try:
            self._annotations[number], changed = merge_annotations(self._pdf, page)
        except pdfium.PdfiumError:
            page.close()
            raise
        if not changed:
            return page
        page.close()
        return self._pdf[number - 1]

    @cached_property
    def _dictionaries(self) -> bytes:
        return unpack_dictionaries(self._content)

    @cached_property
    def _files(self) -> Mapping[str, EmbeddedFile]:
        if _EMBEDDED not in self._content and not self._has_tree():
            return {}
        if _PINNED in self._dictionaries:
            self._open_all()
        with _PDFIUM:
            pinned = (file for _, found in sorted(self._annotations.items()) for file in found.files)
            files = [*read_attachments(self._pdf), *pinned]
            if not any(detect_media_type(file.content) == "application/xml" for file in files):
                files += read_associated_files(self._content, self._dictionaries)
        return name_apart(files)

    def _has_tree(self) -> bool:
        with _PDFIUM:
            return bool(self._pdf.count_attachments() > 0)

    def _open_all(self) -> None:
        """Look at the annotations of every page; a damaged page is told of when it is read."""
        for number in range(1, len(self.sizes) + 1):
            if number not in self._annotations:
                with suppress(DocumentError), self._page(number):
                    pass

    def _damaged(self, number: int, exc: Exception) -> DocumentError:
        return DocumentError(
            f"page {number} of {self._name} is damaged: {exc}",
            remedy="Save it anew from where it came.",
            code="corrupt",
        )


def _open(content: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as exc:
        if exc.err_code == _PASSWORD:
            raise DocumentError(f"{name} is encrypted", remedy="Save it without a password.", code="encrypted") from exc
        if b"%%EOF" not in content[-_TRAILER_WITHIN:]:
            raise DocumentError(f"{name} is cut off", remedy="Scan or copy it again.", code="truncated") from exc
        raise DocumentError(
            f"{name} is damaged: {exc}", remedy="Save it anew from where it came.", code="corrupt"
        ) from exc


def _draw(page: pdfium.PdfPage, size: PageSize) -> NDArray[np.uint8]:
    """Draw ``page`` in grey on white, (height, width) uint8 close to ``size``."""
    return _render(page, size.dpi / POINTS_PER_INCH, (0, 0, 0, 0))


def _draw_area(page: pdfium.PdfPage, area: Box, number: int, size: PageSize) -> Page:
    """Draw a part of ``page`` as finely as its size allows, with the way back to the whole."""
    width, height = page.get_size()
    scale = min(MAX_DPI / POINTS_PER_INCH, (_MOST_AREA_PIXELS / (area.width * width * area.height * height)) ** 0.5)
    cut = (area.x0 * width, (1 - area.y1) * height, (1 - area.x1) * width, area.y0 * height)
    image = _render(page, scale, cut)
    rows, columns = image.shape
    across, down = area.width / columns, area.height / rows
    return Page(number, image, size, Transform(across, 0.0, area.x0, 0.0, down, area.y0))


def _render(page: pdfium.PdfPage, scale: float, cut: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """``page`` in grey on white without ``cut`` points left, below, right and above."""
    bitmap = page.render(scale=scale, crop=cut, grayscale=True)
    try:
        return np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
    finally:
        bitmap.close()
