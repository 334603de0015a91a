"""Image files: PNG, JPEG, TIFF with all its pages, BMP, WebP, HEIC."""

from __future__ import annotations

import struct
import threading
from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from invoicewatch.config.settings import PageSettings
from invoicewatch.errors import DocumentError
from invoicewatch.pages.formats.media_type import IMAGE_FORMATS
from invoicewatch.pages.formats.tiff import count_directories, find_tile
from invoicewatch.pages.limits import check_pixels, limit_pages
from invoicewatch.pages.prepare.grey import to_colour, to_grey
from invoicewatch.pages.prepare.steps import leave_page, prepare_page
from invoicewatch.records import Attachment, Enclosed, Page, PageSize, Reading, Signature, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ORIENTATION = 0x0112  # EXIF 2.3, tag Orientation
_SIDEWAYS = frozenset({5, 6, 7, 8})  # the orientations that swap width and height
_FINEST_WIDTH = 3000  # pixels: A4 at 300 dpi and more; codes need no finer
_PLAUSIBLE_DPI = range(100, 2401)  # 72 and 96 are what programs write that know nothing
# what Pillow's readers let out on damaged files; the last three where a tag is missing or of another type
_DECODER_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    struct.error,
    EOFError,
    RuntimeError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
)


class ImagePages:
    """A `PageSource` over an image file; one page is decoded at a time."""

    attachments: Mapping[str, bytes] = MappingProxyType({})
    attached: tuple[Attachment, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    signature: Signature | None = None

    def __init__(self, content: bytes, name: str, media_type: str, settings: PageSettings) -> None:
        self._name = name
        self._settings = settings
        self._lock = threading.Lock()  # Pillow's images hold a file position
        self._image = self._open(content, media_type)
        frames = self._count_frames(content, media_type)
        kept, self.notes = limit_pages(frames, settings.max_pages)
        self.sizes = tuple(self._measure(number) for number in range(1, kept + 1))

    def read_text_layer(self, number: int) -> Reading | None:
        """None: images have no text layer, on page ``number`` or any other."""
        assert 1 <= number <= len(self.sizes)
        return None

    def find_odd_words(self, number: int) -> tuple[Word, ...]:
        """None: without a text layer nothing in it is odd."""
        assert 1 <= number <= len(self.sizes)
        return ()

    def load(self, number: int) -> Page:
        """Decode, turn upright and prepare page ``number``.

        Raises:
            DocumentError: With code ``truncated`` or ``corrupt``.
        """
        with self._lock:
            grey = self._decode(number)
        return prepare_page(grey, number, self.sizes[number - 1], self._settings)

    def draw_codes(self, number: int) -> Page:
        """The whole of page ``number`` as fine as it came, within reason.

        Raises:
            DocumentError: With code ``truncated`` or ``corrupt``.
        """
        with self._lock:
            grey = self._decode(number)
        return leave_page(grey, number, self.sizes[number - 1], _FINEST_WIDTH)

    def view(self, number: int, max_width: int) -> NDArray[np.uint8]:
        """Page ``number`` in colour, upright, (height, width, 3).

        Raises:
            DocumentError: With code ``truncated`` or ``corrupt``.
        """
        with self._lock:
            try:
                self._seek(number)
                return to_colour(_turn_upright(self._image), max_width)
            except _DECODER_ERRORS as exc:
                raise self._damaged(exc) from exc

    def close(self) -> None:
        """Close the image."""
        self._image.close()

    def _open(self, content: bytes, media_type: str) -> Image.Image:
        if media_type == "image/heic":
            from pillow_heif import register_heif_opener

            register_heif_opener()
        # Our own limit, checked before anything is decoded, replaces Pillow's warning
        Image.MAX_IMAGE_PIXELS = None
        try:
            return Image.open(BytesIO(content), formats=IMAGE_FORMATS[media_type])
        except UnidentifiedImageError as exc:
            raise self._damaged(exc) from exc
        except _DECODER_ERRORS as exc:
            raise self._damaged(exc) from exc

    def _count_frames(self, content: bytes, media_type: str) -> int:
        """The pages: TIFF alone means pages by its frames; elsewhere they are thumbnails, bursts or animation."""
        if media_type != "image/tiff":
            return 1
        try:
            return count_directories(content)
        except _DECODER_ERRORS as exc:
            raise self._damaged(exc) from exc

    def _measure(self, number: int) -> PageSize:
        """The upright size of a page from its header alone."""
        try:
            self._seek(number)
            width, height = self._image.size
            # before anything else is asked: to find the orientation, Pillow decodes a PNG
            for size in ((width, height), find_tile(self._image)):
                check_pixels(*size, self._name, self._settings.max_pixels)
            # Pillow turns a TIFF while it reads it, and states the size that it will have
            sideways = self._image.format != "TIFF" and self._image.getexif().get(_ORIENTATION) in _SIDEWAYS
            dpi = _find_dpi(self._image)
        except _DECODER_ERRORS as exc:
            raise self._damaged(exc) from exc
        return PageSize(height, width, dpi) if sideways else PageSize(width, height, dpi)

    def _decode(self, number: int) -> NDArray[np.uint8]:
        try:
            self._seek(number)
            return to_grey(_turn_upright(self._image))
        except _DECODER_ERRORS as exc:
            raise self._damaged(exc) from exc

    def _seek(self, number: int) -> None:
        if number != self._image.tell() + 1:
            self._image.seek(number - 1)

    def _damaged(self, exc: BaseException) -> DocumentError:
        # Pillow has one exception type for all; the word is in its message in every decoder that can tell
        if "truncated" in str(exc).lower():
            return DocumentError(f"{self._name} is cut off", remedy="Scan or copy it again.", code="truncated")
        # What Pillow says of an image that it cannot identify is the address of our buffer.
        detail = "" if isinstance(exc, UnidentifiedImageError) else f": {exc}"
        return DocumentError(
            f"{self._name} is damaged{detail}",
            remedy="Open it elsewhere and save it anew, or scan again.",
            code="corrupt",
        )


def _turn_upright(image: Image.Image) -> Image.Image:
    """The image as its EXIF data turn it: itself where they do not, which Pillow would copy."""
    image.load()
    return image if image.getexif().get(_ORIENTATION, 1) == 1 else ImageOps.exif_transpose(image)


def _find_dpi(image: Image.Image) -> int:
    """The scan's dots per inch as the file states them, 0 where it does not or nobody can believe it."""
    stated = image.info.get("dpi")
    try:
        dpi = round(float(stated[0])) if stated else 0
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return 0
    return dpi if dpi in _PLAUSIBLE_DPI else 0
