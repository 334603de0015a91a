"""A sheet on a table as a phone sees it: in perspective, unevenly lit, with the table around it.

The camera is a pinhole (Hartley and Zisserman, Multiple View Geometry, 2nd ed., section 8.1.1: a plane seen by it is
mapped by a homography), so that lengths and angles are those of a real photograph.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from invoicewatch.records import Line, Reading, Transform, Word

Pixels = NDArray[np.float32]
Matrix = NDArray[np.float64]

_FRAME = (1800, 2400)  # a phone held upright; real ones have more pixels, and no more detail on paper
_FOCAL = 0.75  # of the longer side: the main camera of a phone, 26 mm on film
_PAPER = 235.0
_JPEG_QUALITY = 80
_SHADOWS = 0.6  # of the photographs have one
_FITTING = 8  # rounds until the sheet fills the frame: each comes an order closer
_STREAM = 4  # apart from what the scanner's grades draw with the same seed


@dataclass(frozen=True, slots=True)
class Photograph:
    """``image`` is greyscale ("L"); ``to_photo`` maps fractions of the sheet to fractions of the photograph."""

    image: Image.Image
    to_photo: Transform

    def place(self, reading: Reading) -> Reading:
        """What is read off the clean sheet with its boxes where the photograph shows the words."""
        lines = (Line(tuple(self._place_word(word) for word in line.words)) for line in reading.lines)
        return Reading(reading.page, tuple(lines), reading.engine, reading.source)

    def _place_word(self, word: Word) -> Word:
        return Word(word.text, self.to_photo.box(*word.box), word.confidence, word.engine)


def photograph(page: Image.Image, seed: tuple[int, ...], *, tilt: float = 14.0) -> Photograph:
    """Lay a printed page on a table and photograph it by hand.

    Args:
        page: Greyscale ("L"), as printed.
        seed: The same seed and page give the same pixels.
        tilt: Up to how many degrees the camera looks at the table from the side, about each axis.
    """
    rng = np.random.default_rng([*seed, _STREAM])
    width, height = _FRAME
    to_photo = _look(page.size, rng, tilt)
    table = _make_table(rng)
    sheet = cv2.warpPerspective(np.asarray(page), to_photo, _FRAME, flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.full((page.height, page.width), 255, np.uint8), to_photo, _FRAME) / np.float32(255)
    shade = cv2.GaussianBlur(cover, (0, 0), 12) * (1 - cover)  # the sheet's own shadow on the table around it
    pixels = cover * (sheet * np.float32(_PAPER / 255)) + (1 - cover) * table * (1 - np.float32(0.5) * shade)
    pixels = _light(pixels, rng)
    pixels = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.5, 0.9))
    pixels += rng.uniform(3.0, 6.0) * rng.standard_normal(pixels.shape, dtype=np.float32)
    fractions = np.diag([1 / width, 1 / height, 1.0]) @ to_photo @ np.diag([page.width, page.height, 1.0])
    fractions /= fractions[2, 2]
    return Photograph(_compress(pixels), Transform(*(float(value) for value in fractions.flat)))


def _look(size: tuple[int, int], rng: np.random.Generator, tilt: float) -> Matrix:
    """From the page's pixels to the photograph's: turned about three axes, as large as fits with a margin of table."""
    width, height = _FRAME
    camera = np.array([[_FOCAL * height, 0, width / 2], [0, _FOCAL * height, height / 2], [0, 0, 1.0]])
    about_x, about_y = np.radians(rng.uniform(-tilt, tilt, 2))
    about_z = np.radians(rng.uniform(-6.0, 6.0))
    turned = _rotate(0, about_x) @ _rotate(1, about_y) @ _rotate(2, about_z)
    middle = np.array([[1, 0, -size[0] / 2], [0, 1, -size[1] / 2], [0, 0, 1.0]])
    corners = np.array([[0, 0, 1], [size[0], 0, 1], [size[0], size[1], 1], [0, size[1], 1.0]]).T
    room = 1 - 2 * rng.uniform(0.04, 0.12)
    place = np.array([0, 0, 2.0 * max(size)])
    for _ in range(_FITTING):
        matrix: Matrix = camera @ np.column_stack([turned[:, 0], turned[:, 1], place]) @ middle
        points = matrix @ corners
        low, high = (points[:2] / points[2]).min(axis=1), (points[:2] / points[2]).max(axis=1)
        aside = ((low + high - _FRAME) / 2) / camera[0, 0]
        place = np.append(place[:2] - place[2] * aside, place[2] * float(((high - low) / _FRAME).max()) / room)
    return matrix


def _rotate(axis: int, angle: float) -> Matrix:
    turned = np.eye(3)
    first, second = ((1, 2), (0, 2), (0, 1))[axis]
    turned[first, first] = turned[second, second] = np.cos(angle)
    turned[first, second], turned[second, first] = -np.sin(angle), np.sin(angle)
    return turned


def _make_table(rng: np.random.Generator) -> Pixels:
    """A table darker than paper with a grain: noise drawn out along one direction, and coarser blotches."""
    width, height = _FRAME
    level = rng.uniform(45, 125)
    grain = rng.standard_normal((height // 4, width // 4), dtype=np.float32)
    along, across = rng.uniform(12, 40), rng.uniform(0.8, 2.0)
    grain = cv2.GaussianBlur(grain, (0, 0), sigmaX=along, sigmaY=across)
    blotches = cv2.GaussianBlur(rng.standard_normal((height // 4, width // 4), dtype=np.float32), (0, 0), 25)
    texture = grain / grain.std() * rng.uniform(3, 11) + blotches / blotches.std() * rng.uniform(2, 8)
    return np.asarray(cv2.resize(level + texture, _FRAME, interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _light(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """A lamp to one side, and often the soft shadow of the phone or of the hand that holds it."""
    height, width = pixels.shape
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    angle = rng.uniform(0, 2 * np.pi)
    slope = np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y
    light = 1 - np.float32(rng.uniform(0.05, 0.22)) * (1 + slope) / 2
    if rng.random() < _SHADOWS:
        turn = rng.uniform(0, 2 * np.pi)
        edge = np.float32(np.cos(turn)) * x + np.float32(np.sin(turn)) * y - np.float32(rng.uniform(-0.3, 0.5))
        light = light * (1 - np.float32(rng.uniform(0.25, 0.55)) / (1 + np.exp(-np.float32(rng.uniform(6, 20)) * edge)))
    return np.asarray(pixels * light, dtype=np.float32)


def _compress(pixels: Pixels) -> Image.Image:
    buffer = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=_JPEG_QUALITY)
    compressed = Image.open(buffer)
    compressed.load()
    return compressed
