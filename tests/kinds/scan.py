"""Pages drawn as text, printed and scanned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.files.sheet import A4, Pen
from invoicewatch.samples.paper.degrade import degrade

if TYPE_CHECKING:
    from PIL import Image

_DPI = 200
_MARGIN = 48.0  # points
_LINE = 17.0
_LEAST_HEIGHT = 300.0


def scan_picture(picture: str, seed: int) -> Image.Image:
    """An office flatbed's scan of the page; what is parted by several blanks keeps its column."""
    width, height = A4
    pen = Pen(width, height, size=9.5)
    rows = picture.strip("\n").splitlines()
    step = (width - 2 * _MARGIN) / max(map(len, rows))
    for number, text in enumerate(rows):
        for run in re.finditer(r"\S+(?: \S+)*", text):
            pen.write(_MARGIN + run.start() * step, _MARGIN + number * _LINE, run.group())
    sheet = pen.finish(max(_LEAST_HEIGHT, 2 * _MARGIN + len(rows) * _LINE))
    return degrade(render_picture(sheet, _DPI), (seed,), grade=1)
