"""Decide where the words of a line end: what the recogniser suspects, and how wide the gap in the ink is.

A recogniser that is not quite sure of a space swallows it: `TEL:03-123` for `TEL: 03-123`. Yet it leaves a trace of
probability there, and the paper shows a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from invoicewatch.ocr.rapid.ctc import Glyph, Run
from invoicewatch.ocr.rapid.line_images import LineImage

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUSPECTED = 0.2
"""A space of this probability is one, though something else was likelier at that step."""

TRACE = 0.02
"""Less than this is no trace of a space."""

GAP = 0.25
"""Of the line's height: a gap this wide with a trace of a space is one."""

WIDE_GAP = 0.45
"""Of the line's height: a gap this wide is a space by itself."""

_SHOWN, _SUSPECTED = 1.0, 0.7  # how sure a space is that the ink shows, and one that nothing but suspicion tells of
_DARK_PERCENT, _LIGHT_PERCENT = 5, 90
_RIM = 0.125  # of the line's height, above and below: neighbouring lines reach in there


def split_words(glyphs: Sequence[Glyph], spaces: NDArray[np.float32], line: LineImage, step_px: int) -> tuple[Run, ...]:
    """Split what was read into words.

    Args:
        glyphs: The line's glyphs with the spaces among them.
        spaces: (steps,) the probability of a space at each step.
        line: The image that was read.
        step_px: Columns of the image a step.
    """
    ink = _Ink(line)
    words: list[list[Glyph]] = [[]]
    gaps = [0.0]
    for before, glyph in pairwise((None, *glyphs)):
        assert glyph is not None
        gap = _find_gap(before, glyph, spaces, ink, step_px) if before is not None and words[-1] else 0.0
        if gap or glyph.text.isspace():
            words.append([])
            gaps.append(gap)
        if not glyph.text.isspace():
            words[-1].append(glyph)
    return tuple(Run(tuple(word), gap) for word, gap in zip(words, gaps, strict=True) if word)


def find_shades(image: NDArray[np.uint8], *percents: int) -> Iterator[float]:
    """Percentiles of the pixels as `numpy.percentile` gives them, by counting: there are few shades and many pixels."""
    below = np.bincount(image.ravel(), minlength=256).cumsum()
    for percent in percents:
        at = (image.size - 1) * percent / 100
        low, high = np.searchsorted(below, (int(at), int(np.ceil(at))), side="right")
        yield float(low + (high - low) * (at - int(at)))


def _find_gap(before: Glyph, after: Glyph, spaces: NDArray[np.float32], ink: _Ink, step_px: int) -> float:
    """How sure it is that a space stands between two glyphs that are none, 0 where none does."""
    if after.text.isspace():
        return 0.0
    suspicion = float(spaces[int(before.step) : int(np.ceil(after.step)) + 1].max())
    gap = ink.measure_gap((before.step + 0.5) * step_px, (after.step + 0.5) * step_px)
    if gap >= WIDE_GAP or (gap >= GAP and suspicion >= TRACE):
        return _SHOWN
    return _SUSPECTED if suspicion >= SUSPECTED else 0.0


class _Ink:
    """Which columns of a line show ink."""

    def __init__(self, line: LineImage) -> None:
        self._height = line.image.shape[0]
        rim = int(self._height * _RIM)
        seen = line.image[:, : line.used_px]
        dark, light = find_shades(seen, _DARK_PERCENT, _LIGHT_PERCENT)
        inked = seen[rim : self._height - rim] < (dark + light) / 2
        self._columns: NDArray[np.bool_] = np.any(inked, axis=0)

    def measure_gap(self, x0: float, x1: float) -> float:
        """The widest run of columns without ink from ``x0`` to ``x1``, as a fraction of the line's height."""
        inked = np.flatnonzero(self._columns[int(x0) : int(x1) + 1])
        length = len(self._columns[int(x0) : int(x1) + 1])
        edges = np.concatenate(([-1], inked, [length]))
        return float(np.diff(edges).max() - 1) / self._height if length else 0.0
