"""By how much the lines of a page fall from left to right, measured from the words that were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple, Protocol

from invoicewatch.records.geometry import Box

_SHORTEST = 0.06  # of the page's width: the middles of two words nearer than this tell more of tails than of the line
_STEEPEST = 1.0  # lines that fall more are none: an engine that reads noise strings together what lies anywhere
_ENOUGH_LINES = 8  # to tell how the fall changes down the page
_ENOUGH_HEIGHT = 0.25  # of the page's height that these lines must cover
_MOST_GROWTH = 0.15  # a sheet that was seen from so far aside is not read anyway
_TALL = 1.7  # times the usual height of a line's words: a stroke or a stain, not print
_OUTLIER = 3.0  # times the median distance from the median


class _Boxed(Protocol):
    @property
    def box(self) -> Box: ...


class Slant(NamedTuple):
    """How lines run on a page that lies askew, or was seen from aside.

    ``fall`` is y for each step of x, in fractions of the page, at half its height; ``growth`` by how much it is more
    for each page height further down: lines that are parallel on paper meet far away in a photograph.
    """

    fall: float = 0.0
    growth: float = 0.0

    def at(self, y: float) -> float:
        """The fall of a line at height ``y``."""
        return self.fall + self.growth * (y - 0.5)

    def level(self, x: float, y: float) -> float:
        """The height at which the line through (x, y) crosses the middle of the page."""
        return y + self.at(y) * (0.5 - x)


LEVEL = Slant()


class _Fall(NamedTuple):
    """One line's fall, how much it counts, and the height it lies at."""

    fall: float
    weight: float
    height: float


def measure_slant(lines: Iterable[Sequence[_Boxed]]) -> Slant:
    """The slant on which most lines agree, a long line counting for many short ones; level where there are none.

    Args:
        lines: Words that an engine read as one line; a wrong one among them does no harm, nor do several.
    """
    falls = [fall for line in lines if (fall := _measure_line(line)) is not None]
    if not falls:
        return LEVEL
    middle = _find_median([(each.fall, each.weight) for each in falls])
    return _fit_growth(falls, middle) or Slant(middle)


def _measure_line(words: Sequence[_Boxed]) -> _Fall | None:
    """The line through the middles of ``words`` that leaves the least squares; a stroke among them is no word."""
    usual = median(word.box.height for word in words) if words else 0.0
    printed = [word.box.middle for word in words if word.box.height <= _TALL * usual]
    if len(printed) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    xs, ys = zip(*printed, strict=True)
    if max(xs) - min(xs) < _SHORTEST:
        return None
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((each - x) ** 2 for each in xs)
    fall = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / spread
    return _Fall(fall, spread, y) if abs(fall) <= _STEEPEST else None


def _find_median(values: Iterable[tuple[float, float]]) -> float:
    """The value with half of all weight on either side."""
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    passed = 0.0
    for value, weight in ordered:
        passed += weight
        if passed >= half:
            return value
    return ordered[-1][0]


def _fit_growth(falls: Sequence[_Fall], middle: float) -> Slant | None:
    """The fall as it changes down the page, from the lines near the median; None where they are too few to tell."""
    limit = _OUTLIER * _find_median([(abs(each.fall - middle), each.weight) for each in falls])
    near = [each for each in falls if abs(each.fall - middle) <= limit]
    heights = [each.height for each in near]
    if len(near) < _ENOUGH_LINES or max(heights) - min(heights) < _ENOUGH_HEIGHT:
        return None
    total = sum(each.weight for each in near)
    height = sum(each.weight * each.height for each in near) / total
    fall = sum(each.weight * each.fall for each in near) / total
    spread = sum(each.weight * (each.height - height) ** 2 for each in near)
    if spread <= 0.0:
        return None
    growth = sum(each.weight * (each.height - height) * (each.fall - fall) for each in near) / spread
    return Slant(fall + growth * (0.5 - height), growth) if abs(growth) <= _MOST_GROWTH else None
