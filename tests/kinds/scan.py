"""Pages drawn as text and PDFs, printed and scanned."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.files.sheet import A4, Pen
from invoicewatch.samples.paper.degrade import degrade
from tests.kinds.placed import LINE, MARGIN, SIZE, place_runs

_DPI = 200
_LEAST_HEIGHT = 300.0
_LIGHT, _SHADE = 1.0, 0.75  # shares of the light at the left and at the right


def print_picture(picture: str) -> Image.Image:
    """The page as printed; what is parted by several blanks keeps its column."""
    width, height = A4
    pen = Pen(width, height, size=SIZE)
    for run in place_runs(picture, width):
        pen.write(*run)
    rows = len(picture.strip("\n").splitlines())
    return render_picture(pen.finish(max(_LEAST_HEIGHT, 2 * MARGIN + rows * LINE)), _DPI)


def scan_picture(picture: str, seed: int) -> Image.Image:
    """An office flatbed's scan of the page."""
    return degrade(print_picture(picture), (seed,), grade=1)


def scan_askew(picture: str, degrees: float, seed: int) -> Image.Image:
    """The same of a page that lay so many degrees askew, under light that fades to one side."""
    turned = print_picture(picture).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    light = np.linspace(_LIGHT, _SHADE, turned.width, dtype=np.float32)
    shaded = np.asarray(turned, np.float32) * light[None, :]
    return degrade(Image.fromarray(shaded.astype(np.uint8)), (seed,), grade=1)


def scan_pdf(content: bytes, seed: int) -> Image.Image:
    """The same of the first page of a PDF, with what was typed into its form."""
    document = pdfium.PdfDocument(content)
    document.init_forms()
    page = document[0].render(scale=_DPI / 72, grayscale=True, may_draw_forms=True).to_pil().convert("L")
    document.close()
    return degrade(page, (seed,), grade=1)
