"""A drawn page as pixels."""

from __future__ import annotations

from PIL import Image, ImageDraw

from invoicewatch.samples.files.fonts import load_font, measure_width
from invoicewatch.samples.files.sheet import Fill, Rule, Sheet, Text

POINTS_PER_INCH = 72
_DASH_POINTS = 2.0
# Drawn this many times larger, then averaged: fonts round the width of every sign to whole pixels, which at the size
# of print would push words into one another.
_OVERSAMPLING = 3


def render_picture(sheet: Sheet, dpi: int) -> Image.Image:
    """Print a page: greyscale ("L"), black on white, ``dpi`` pixels an inch."""
    scale = _OVERSAMPLING * dpi / POINTS_PER_INCH
    size = (_whole(sheet.width * scale), _whole(sheet.height * scale))
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for mark in sheet.marks:
        if isinstance(mark, Text):
            _draw_text(draw, mark, scale)
        elif isinstance(mark, Rule):
            _draw_rule(draw, mark, scale)
        else:
            _draw_fill(draw, mark, scale)
    return image.reduce(_OVERSAMPLING)


def _whole(pixels: float) -> int:
    return round(pixels / _OVERSAMPLING) * _OVERSAMPLING


def _draw_text(draw: ImageDraw.ImageDraw, run: Text, scale: float) -> None:
    """Draw word by word, each where the font's exact widths put it: whole runs drift by rounded advances."""
    font = load_font(run.face, run.size * scale)
    at = 0
    for word in run.text.split():
        start = run.text.index(word, at)
        at = start + len(word)
        x = run.x + measure_width(run.face, run.text[:start]) * run.size
        draw.text((x * scale, run.y * scale), word, fill=run.grey, font=font, anchor="ls")


def _draw_rule(draw: ImageDraw.ImageDraw, rule: Rule, scale: float) -> None:
    width = max(1, round(rule.width * scale))
    if not rule.dashed:
        draw.line((rule.x0 * scale, rule.y0 * scale, rule.x1 * scale, rule.y1 * scale), fill=0, width=width)
        return
    x = rule.x0
    while x < rule.x1:
        end = min(rule.x1, x + _DASH_POINTS)
        draw.line((x * scale, rule.y0 * scale, end * scale, rule.y0 * scale), fill=0, width=width)
        x += 2 * _DASH_POINTS


def _draw_fill(draw: ImageDraw.ImageDraw, fill: Fill, scale: float) -> None:
    draw.rectangle((fill.x0 * scale, fill.y0 * scale, fill.x1 * scale, fill.y1 * scale), fill=fill.grey)
