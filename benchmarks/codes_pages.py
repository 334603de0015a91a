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
from PIL import Image

from benchmarks.codes_payloads import Made
from invoicewatch.config.settings import PageSettings
from invoicewatch.pages.load import open_pages
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
_PIXELS_A_MODULE = 8
_MM_PER_INCH = 25.4
_MAX_BYTES = 50_000_000
_PAGE_SEEDS = 8
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


def print_page(made: Made, seed: int, dpi: int) -> NDArray[np.uint8]:
    """An invoice with the code at its foot."""
    page = _print_invoice(seed % _PAGE_SEEDS, dpi).copy()
    code = draw_code(made, dpi)
    rng = Random(f"place {seed}")
    bottom = round(page.shape[0] * _FOOT)
    left = rng.randrange(round(page.shape[1] * 0.05), round(page.shape[1] * 0.95) - code.shape[1])
    page[bottom - code.shape[0] : bottom, left : left + code.shape[1]] = code
    return page


def scan_page(made: Made, seed: int, dpi: int) -> Page:
    """The page as an office's scanner gives it, and as it is read."""
    rng = np.random.default_rng([seed, dpi])
    page = print_page(made, seed, dpi)
    height, width = page.shape
    turned = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-_MOST_DEGREES, _MOST_DEGREES), 0.97)
    page = cv2.warpAffine(page, turned, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
    pixels = cv2.GaussianBlur(page.astype(np.float32), (0, 0), rng.uniform(0.4, 0.8))
    pixels = pixels * rng.uniform(0.85, 1.0) + rng.uniform(3.0, 10.0) * rng.standard_normal(pixels.shape, np.float32)
    return _read(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)), int(rng.integers(50, 86)))


def photograph_page(made: Made, seed: int) -> Page:
    """The page as a phone sees it: in perspective, blurred, under a shadow; and as it is read."""
    page = Image.fromarray(print_page(made, seed, PRINT_DPI))
    return _read(photograph(page, (seed,)).image, 85)


def show_page(image: NDArray[np.uint8]) -> Page:
    """A page without a code as it is read."""
    return _read(Image.fromarray(image), 90)


@lru_cache(maxsize=2 * _PAGE_SEEDS)
def _print_invoice(seed: int, dpi: int) -> NDArray[np.uint8]:
    spec = make_spec(seed, Kind.INVOICE)
    sheet = LAYOUTS[choose_layout(spec)].draw(spec)[0]
    return np.asarray(render_picture(sheet, dpi), dtype=np.uint8)


def _read(image: Image.Image, quality: int) -> Page:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    document = Document("page.jpg", buffer.getvalue(), "", "image/jpeg", datetime.now(UTC))
    pages = open_pages(document, PageSettings(), max_bytes=_MAX_BYTES)
    try:
        return pages.load(1)
    finally:
        pages.close()
