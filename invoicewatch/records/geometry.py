"""Boxes and the transforms between a prepared image and the page as it came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle as fractions 0-1 of the upright page before any preparation; (0, 0) is top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width as a fraction of the page's width."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height as a fraction of the page's height."""
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def holds(self, other: Box) -> bool:
        """Whether the centre of ``other`` lies in this box, edges included.

        >>> Box(0.0, 0.0, 0.5, 0.5).holds(Box(0.4, 0.4, 0.6, 0.6))
        True
        """
        x, y = other.middle
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of ``boxes``, of which there must be at least one."""
        x0s, y0s, x1s, y1s = zip(*boxes)  # noqa: B905 - each has four edges, and strictness costs a third
        return cls(min(x0s), min(y0s), max(x1s), max(y1s))


class Transform(NamedTuple):
    """A projective map of the plane, row-major 3x3: prepared-image pixels to fractions of the upright page.

    ``apply`` follows the usual homogeneous form: (x, y, 1) times the matrix, divided by the last coordinate.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float = 0.0
    h: float = 0.0
    i: float = 1.0

    @property
    def slope(self) -> float:
        """How far a level line of the prepared image falls on the upright page: y for each step of x, in fractions.

        In perspective it differs from place to place, and is that at the page's middle.
        """
        across, down = self.a - self.g / 2, self.d - self.g / 2
        return down / across if across else 0.0

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Map one point."""
        w = self.g * x + self.h * y + self.i
        return (self.a * x + self.b * y + self.c) / w, (self.d * x + self.e * y + self.f) / w

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Map a pixel rectangle to the box around its four mapped corners, clipped to the page."""
        corners = [self.apply(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = zip(*corners, strict=True)
        return Box(_clip(min(xs)), _clip(min(ys)), _clip(max(xs)), _clip(max(ys)))

    @classmethod
    def scale(cls, width_px: float, height_px: float) -> Transform:
        """The map of an unchanged image of ``width_px`` by ``height_px`` pixels."""
        return cls(1.0 / width_px, 0.0, 0.0, 0.0, 1.0 / height_px, 0.0)


def _clip(value: float) -> float:
    return min(1.0, max(0.0, value))
