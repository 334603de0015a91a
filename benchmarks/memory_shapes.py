"""Documents of random shapes for ``memory.py``: no two have the same size, and few have much text."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

import numpy as np
from PIL import Image

from invoicewatch.samples.files.pdf import render_pdf, wrap_scans
from invoicewatch.samples.files.picture import render_picture
from invoicewatch.samples.files.sheet import Sheet
from invoicewatch.samples.invent.document import make_spec
from invoicewatch.samples.invent.invoice import InvoiceSpec, Kind
from invoicewatch.samples.layouts.catalogue import LAYOUTS, choose_layout

_A4_INCHES = (8.27, 11.69)
_PAPER = 255


def make_document(seed: int) -> tuple[str, bytes]:
    """A file's name and its bytes, the same for the same seed; what it shows was invented for this seed alone."""
    rng = Random(f"invoicewatch shape {seed}")
    shape = rng.choices(list(_SHAPES), [weight for weight, _ in _SHAPES.values()])[0]
    spec = make_spec(seed, Kind.RECEIPT if shape == "till" else Kind.INVOICE)
    sheets = LAYOUTS[choose_layout(spec)].draw(spec)
    draw = _SHAPES[shape][1]
    if draw is None:
        return f"{seed:06}-{shape}.pdf", render_pdf(sheets, spec.issue_date)
    count = rng.randint(2, 5) if shape == "several" else 1
    pages = [draw(sheets[number % len(sheets)], rng) for number in range(count)]
    ending, content = _encode(pages, spec, rng)
    return f"{seed:06}-{shape}.{ending}", content


def _draw_till(sheet: Sheet, rng: Random) -> Image.Image:
    """A till's roll, narrow, torn off anywhere, now and then printed several times below itself."""
    page = render_picture(sheet, rng.randint(110, 260))
    roll = _stack([page] * rng.choice((1, 1, 1, 1, 1, 2, 3)))
    return _pad(_crop(roll, rng, (0.9, 1.0), (0.2, 0.7)), rng, 60)


def _draw_piece(sheet: Sheet, rng: Random) -> Image.Image:
    """Some lines of a sheet on a paper of their own."""
    piece = _crop(render_picture(sheet, rng.randint(120, 220)), rng, (0.4, 1.0), (0.05, 0.2))
    return _pad(piece, rng, 120)


def _draw_sheet(sheet: Sheet, rng: Random) -> Image.Image:
    """A4 at some resolution; of most only a part is printed."""
    dpi = rng.randint(72, 320)
    page = render_picture(sheet, dpi)
    if rng.random() < _WHOLE_SHEETS:
        return page
    part = _crop(page, rng, (0.6, 1.0), (0.05, 0.2))
    return _put(part, (round(_A4_INCHES[0] * dpi), round(_A4_INCHES[1] * dpi)), rng)


def _draw_photograph(sheet: Sheet, rng: Random) -> Image.Image:
    """A square picture in colour of a piece of paper that lies askew on a table, under uneven light."""
    paper = _draw_piece(sheet, rng)
    side = round(max(paper.size) * rng.uniform(1.05, 1.3))
    turned = paper.rotate(rng.uniform(-7, 7), Image.Resampling.BILINEAR, expand=True, fillcolor=rng.randint(60, 150))
    table = Image.new("L", (side, side + rng.randint(0, 9)), rng.randint(60, 150))
    table.paste(turned, ((side - turned.width) // 2, (side - turned.height) // 2))
    light = np.linspace(rng.uniform(0.7, 1.0), 1.0, side)[None, :, None] * (1.0, 0.97, rng.uniform(0.85, 1.0))
    colours = np.asarray(table, np.float32)[:, :, None] * light
    return Image.fromarray(colours.astype(np.uint8))


def _draw_landscape(sheet: Sheet, rng: Random) -> Image.Image:
    """Wider than high; one in three is an upright page that lies on its side."""
    piece = _draw_piece(sheet, rng)
    width = round(max(piece.width, 1.1 * piece.height) * rng.uniform(1.0, 1.2))
    page = _put(piece, (width, round(width / rng.uniform(1.1, 2.2))), rng)
    return page.rotate(90, expand=True) if rng.random() < _ON_THEIR_SIDE else page


def _draw_long_lines(sheet: Sheet, rng: Random) -> Image.Image:
    """A few very long lines: what stands on a sheet, its bands side by side."""
    page = render_picture(sheet, rng.randint(90, 140))
    high = rng.randint(24, 48)
    strips = []
    for _ in range(rng.randint(1, 4)):
        tops = [rng.randrange(page.height - high) for _ in range(rng.randint(1, 4))]
        bands = [np.asarray(page.crop((0, top, page.width, top + high))) for top in tops]
        strips.append(Image.fromarray(np.hstack(bands)))
    return _pad(_stack(strips), rng, 80)


_WHOLE_SHEETS = 0.12
_ON_THEIR_SIDE = 1 / 3
_SHAPES: dict[str, tuple[int, Callable[[Sheet, Random], Image.Image] | None]] = {
    "till": (28, _draw_till),
    "piece": (22, _draw_piece),
    "sheet": (12, _draw_sheet),
    "photograph": (12, _draw_photograph),
    "landscape": (10, _draw_landscape),
    "long lines": (6, _draw_long_lines),
    "several": (4, _draw_piece),  # two to five pages
    "text": (6, None),  # a PDF whose text layer is read
}
"""How often each shape is drawn, and what draws one of its pages."""


def _crop(page: Image.Image, rng: Random, across: tuple[float, float], down: tuple[float, float]) -> Image.Image:
    """A part of the page, its width and height so large a share of the page's."""
    width, height = round(page.width * rng.uniform(*across)), round(page.height * rng.uniform(*down))
    x, y = rng.randint(0, page.width - width), rng.randint(0, page.height - height)
    return page.crop((x, y, x + width, y + height))


def _pad(image: Image.Image, rng: Random, most: int) -> Image.Image:
    """White paper around it, up to ``most`` pixels in each direction."""
    size = image.width + rng.randint(8, most), image.height + rng.randint(8, most)
    return _put(image, size, rng)


def _put(image: Image.Image, size: tuple[int, int], rng: Random) -> Image.Image:
    """It somewhere on a paper of a size, which is larger if it must."""
    width, height = max(size[0], image.width), max(size[1], image.height)
    paper = Image.new("L", (width, height), _PAPER)
    paper.paste(image, (rng.randint(0, width - image.width), rng.randint(0, height - image.height)))
    return paper


def _stack(images: list[Image.Image]) -> Image.Image:
    """Them one below the other."""
    paper = Image.new("L", (max(each.width for each in images), sum(each.height for each in images)), _PAPER)
    top = 0
    for each in images:
        paper.paste(each, (0, top))
        top += each.height
    return paper


def _encode(pages: list[Image.Image], spec: InvoiceSpec, rng: Random) -> tuple[str, bytes]:
    """A file's ending and its bytes; several pages go into a TIFF or a PDF."""
    kind = rng.choice(("tiff", "pdf") if len(pages) > 1 else ("jpg", "jpg", "png", "pdf"))
    dpi = rng.choice((72, 100, 150, 200, 300))
    if kind == "pdf":
        return kind, wrap_scans(pages, dpi, spec.issue_date)
    buffer = io.BytesIO()
    if kind == "tiff":
        pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="jpeg", dpi=(dpi, dpi))
    elif kind == "jpg":
        pages[0].save(buffer, "JPEG", quality=85, dpi=(dpi, dpi))
    else:
        pages[0].save(buffer, "PNG", compress_level=3, dpi=(dpi, dpi))
    return kind, buffer.getvalue()
