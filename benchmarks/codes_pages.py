"""Pages with a code on them: printed, scanned askew with noise, or photographed; segno and pdf417gen write it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pdf417gen
import segno
from PIL import Image, ImageFilter

from benchmarks.codes_payloads import Made
from invoicewatch.config.settings import PageSettings
from invoicewatch.pages.formats.images import ImagePages
from invoicewatch.records import Document, Page
from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout
from invoicewatch.samples.paper.photograph import photograph

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCAN_DPI = (150, 200, 300)
PRINT_DPI = 300  # what is photographed
_MOST_DEGREES = 5.0
_MOST_TILT = 20.0  # degrees about each axis
_MOST_BLUR = 0.8  # pixels, beside that of the camera
_PIXELS_A_MODULE = 8
_MM_PER_INCH = 25.4
_PAGE_SEEDS = 8
_MODULE = 4  # pixels at 200 dpi
_FOOT = 0.985  # of the page's height: where a code's lower edge lies


def draw_code(made: Made, dpi: int) -> NDArray[np.uint8]:
    """The code with its quiet zone as it is printed: grey where a pixel lies over two modules."""
    buffer = io.BytesIO()
    if made.kind == "hub3":
        codes = pdf417gen.encode(made.text, columns=9, security_level=4)
        drawn = pdf417gen.render_image(codes, scale=_PIXELS_A_MODULE, ratio=3, padding=2 * _PIXELS_A_MODULE)
    else:
        code = segno.make_qr(made.text, error=made.error, boost_error=False, encoding="utf-8", eci=False)
        code.save(buffer, kind="png", scale=_PIXELS_A_MODULE, border=4)
        drawn = Image.open(buffer)
    pixels = np.asarray(drawn.convert("L"), dtype=np.uint8)
    width = round(made.side_mm / _MM_PER_INCH * dpi)
    height = round(width * pixels.shape[0] / pixels.shape[1])
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def print_page(made: Made, seed: int, dpi: int, *, flipped: float = 0.0) -> NDArray[np.uint8]:
    """An invoice with the code at its foot, of whose area a share is turned from black to white or back."""
    page = _print_invoice(seed % _PAGE_SEEDS, dpi).copy()
    code = draw_code(made, dpi)
    code = _flip(code, seed, flipped) if flipped else code
    rng = Random(f"place {seed}")
    bottom = round(page.shape[0] * _FOOT)
    left = rng.randrange(round(page.shape[1] * 0.05), round(page.shape[1] * 0.95) - code.shape[1])
    page[bottom - code.shape[0] : bottom, left : left + code.shape[1]] = code
    return page


def scan_page(made: Made, seed: int, dpi: int, *, flipped: float = 0.0) -> Page:
    """The page as an office's scanner gives it, and as it is read."""
    rng = np.random.default_rng([seed, dpi])
    page = print_page(made, seed, dpi, flipped=flipped)
    height, width = page.shape
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-_MOST_DEGREES, _MOST_DEGREES), 0.97)
    page = cv2.warpAffine(page, turned, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    pixels = cv2.GaussianBlur(page.astype(np.float32), (0, 0), rng.uniform(0.4, 0.8))
    pixels = pixels * rng.uniform(0.85, 1.0) + rng.uniform(3.0, 10.0) * rng.standard_normal(pixels.shape, np.float32)
    return _read(
        Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)), int(rng.integers(50, 86)), fine=made.kind == "hub3"
    )


def photograph_page(made: Made, seed: int, *, flipped: float = 0.0) -> Page:
    """The page as a phone sees it: in perspective, blurred, under a shadow; and as it is read."""
    rng = np.random.default_rng([seed, PRINT_DPI])
    page = Image.fromarray(print_page(made, seed, PRINT_DPI, flipped=flipped))
    taken = photograph(page, (seed,), tilt=_MOST_TILT).image
    return _read(taken.filter(ImageFilter.GaussianBlur(rng.uniform(0.0, _MOST_BLUR))), 85, fine=made.kind == "hub3")


def _flip(code: NDArray[np.uint8], seed: int, share: float) -> NDArray[np.uint8]:
    """Turn squares of four pixels, about a module each."""
    rng = np.random.default_rng([seed, 7])
    rows, columns = (side // _MODULE + 1 for side in code.shape)
    spots = np.kron(rng.random((rows, columns)) < share, np.ones((_MODULE, _MODULE), bool))
    return np.where(spots[: code.shape[0], : code.shape[1]], 255 - code, code).astype(np.uint8)


@lru_cache(maxsize=2 * _PAGE_SEEDS)
def _print_invoice(seed: int, dpi: int) -> NDArray[np.uint8]:
    spec = make_spec(seed, Kind.INVOICE)
    sheet = LAYOUTS[choose_layout(spec)].draw(spec)[0]
    return np.asarray(render_picture(sheet, dpi), dtype=np.uint8)


def _read(image: Image.Image, quality: int, *, fine: bool) -> Page:
    """The page as it is read, or as it is drawn where a PDF417 is looked for."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    document = Document("page.jpg", buffer.getvalue(), "", "image/jpeg", datetime.now(UTC))
    pages = ImagePages(document.content, document.path, document.media_type, PageSettings())
    try:
        return pages.draw_codes(1) if fine else pages.load(1)
    finally:
        pages.close()
