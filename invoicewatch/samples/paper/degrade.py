"""Printing and scanning badly, in degrees.

Grade 0 is the page as printed, 1 an office flatbed, 2 a bad copy or a worn receipt, 3 a careless photograph of one,
4 a phone's photograph of a good print on a table (`photograph`).
Everything is greyscale; pixels are float32 0-255 between the steps.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.float32]
PHOTO = 4
GRADES = (0, 1, 2, 3, PHOTO)


@dataclass(frozen=True, slots=True)
class Wear:
    """How much of everything: angles in degrees, blur in pixels, the others in grey levels or chances 0-1."""

    skew: float
    blur: float
    noise: float
    shade: float
    shadow: float
    fading: float
    stain_chance: float
    crease_chance: float
    turn_chance: float
    keystone: float
    desk: bool
    quality: int


_WEAR = {
    1: Wear(0.6, 0.5, 4, 12, 0, 35, 0.05, 0.1, 0.0, 0.0, desk=False, quality=75),
    2: Wear(1.8, 0.9, 8, 35, 25, 80, 0.25, 0.4, 0.25, 0.0, desk=False, quality=50),
    3: Wear(3.0, 1.3, 12, 50, 60, 105, 0.5, 0.6, 0.4, 0.02, desk=True, quality=35),
}


def degrade(page: Image.Image, seed: tuple[int, ...], grade: int, *, thermal: bool = False) -> Image.Image:
    """Scan a clean page badly.

    Args:
        page: Greyscale ("L").
        seed: The same seed, grade and page give the same pixels.
        grade: One of ``GRADES``; at 0 the page comes back as it is.
        thermal: Whether it is thermal paper, whose print fades.
    """
    if grade == 0:
        return page
    if grade == PHOTO:
        from invoicewatch.samples.paper.photograph import photograph

        return photograph(page, seed).image
    wear = _WEAR[grade]
    rng = np.random.default_rng([*seed, grade])
    pixels = np.asarray(page, dtype=np.float32)
    if thermal:
        pixels = _fade(pixels, rng, wear.fading)
    if rng.random() < wear.stain_chance:
        pixels = _stain(pixels, rng)
    if rng.random() < wear.crease_chance:
        pixels = _crease(pixels, rng)
    image = _to_image(pixels)
    if wear.desk:
        image = _lay_on_desk(image, rng)
    image = _skew(image, rng, wear).filter(ImageFilter.GaussianBlur(wear.blur * rng.uniform(0.6, 1.0)))
    pixels = _light(np.asarray(image, dtype=np.float32), rng, wear)
    pixels += wear.noise * rng.standard_normal(pixels.shape, dtype=np.float32)
    if rng.random() < wear.turn_chance:
        pixels = np.rot90(pixels, int(rng.integers(1, 4)))
    return _compress(_to_image(pixels), wear.quality)


def _fade(pixels: Pixels, rng: np.random.Generator, amount: float) -> Pixels:
    """Lighten the print in bands along the paper, as warm thermal paper does, and drop a column of a worn head."""
    height, width = pixels.shape
    rows = np.arange(height, dtype=np.float32)[:, None] / height
    band = 0.6 + 0.4 * np.sin(2 * np.pi * (rows * rng.uniform(0.7, 2.5) + rng.random()))
    faded = 255 - (255 - pixels) * (1 - amount / 255 * rng.uniform(0.6, 1.0) * band)
    if rng.random() < amount / 400:
        at = int(rng.integers(width // 10, width - width // 10))
        faded[:, at : at + 2] = 245
    return np.asarray(faded, dtype=np.float32)


def _stain(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Leave the ring of a cup, or a blot; print stays legible through it."""
    height, width = pixels.shape
    centre_x, centre_y = rng.uniform(0, width), rng.uniform(0, height)
    radius = rng.uniform(0.12, 0.3) * min(width, height)
    y, x = np.ogrid[:height, :width]
    distance = np.hypot(x - centre_x, y - centre_y) / radius
    ring = rng.random() < 0.6
    depth = np.exp(-(((distance - 1) / 0.06) ** 2)) if ring else np.clip(1.15 - distance, 0, 1)
    return np.asarray(pixels * (1 - 0.3 * depth), dtype=np.float32)


def _crease(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Fold the page across once: a line that is darker on one side and lighter on the other."""
    height, width = pixels.shape
    slope = rng.uniform(-0.02, 0.02)
    at = rng.uniform(0.25, 0.75) * height + slope * np.arange(width)[None, :]
    distance = np.arange(height)[:, None] - at
    reach = max(2.0, height / 500)
    depth = -40 * np.exp(-((distance / reach) ** 2)) + 15 * np.exp(-(((distance - 3 * reach) / reach) ** 2))
    return np.asarray(pixels + depth, dtype=np.float32)


def _lay_on_desk(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Put the page on a darker table with a grain, as a photograph shows it."""
    margin_x, margin_y = (int(side * rng.uniform(0.03, 0.08)) for side in image.size)
    width, height = image.width + 2 * margin_x, image.height + 2 * margin_y
    grain = rng.normal(rng.uniform(60, 130), 8, (height, 1)).astype(np.float32)
    desk = _to_image(np.broadcast_to(grain, (height, width)))
    desk.paste(image, (margin_x, margin_y))
    return desk


def _skew(image: Image.Image, rng: np.random.Generator, wear: Wear) -> Image.Image:
    """Turn by a small angle, and for a photograph look at the page from one side."""
    background = 90 if wear.desk else 250
    if wear.keystone:
        width, height = image.size
        shifts = rng.uniform(-wear.keystone, wear.keystone, 8) * np.tile([width, height], 4)
        corners = np.array([0, 0, 0, height, width, height, width, 0]) + shifts
        image = image.transform(image.size, Image.Transform.QUAD, list(corners), Image.Resampling.BILINEAR)
    angle = rng.uniform(-wear.skew, wear.skew)
    return image.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=background)


def _light(pixels: Pixels, rng: np.random.Generator, wear: Wear) -> Pixels:
    """Light it unevenly from one side, with the soft shadow of a hand or a lid, on paper that is not quite white."""
    height, width = pixels.shape
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    towards = rng.uniform(-1, 1, 2).astype(np.float32)
    slope = towards[0] * x + towards[1] * y
    dark = wear.shade * (slope - slope.min()) / max(1e-6, float(np.ptp(slope)))
    if wear.shadow and rng.random() < 0.6:
        angle = rng.uniform(0, 2 * np.pi)
        edge = np.cos(angle) * x + np.sin(angle) * y - rng.uniform(0.1, 0.7)
        dark = dark + wear.shadow / (1 + np.exp(-12 * edge))
    lit = pixels * (1 - dark / 255) * 0.94 + 8
    return np.asarray(lit, dtype=np.float32)


def _to_image(pixels: NDArray[np.floating]) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _compress(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    compressed = Image.open(buffer)
    compressed.load()
    return compressed.convert("L")
