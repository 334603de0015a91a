"""Setting words as blocks in one typeface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from invoicewatch.samples.files.fonts import Face, measure_width
from invoicewatch.samples.files.sheet import Align, Text
from invoicewatch.samples.free.blocks.base import Block, place_blocks, stack

# The part of a line's height above its baseline that capitals with accents need, in type sizes.
_ABOVE = 0.98


@dataclass(frozen=True, slots=True)
class Hand:
    """A typeface in use: ``size`` in points, ``leading`` a line's height in sizes (1.25 or more), ``grey`` its ink."""

    face: Face
    bold: Face
    size: float
    leading: float = 1.3
    grey: int = 0

    def resize(self, factor: float) -> Hand:
        """The same hand, larger or smaller."""
        return replace(self, size=self.size * factor)

    def ink(self, grey: int) -> Hand:
        """The same hand in another ink."""
        return replace(self, grey=grey)

    def width_of(self, text: str, *, bold: bool = False) -> float:
        """How wide a line is, in points."""
        return measure_width(self.bold if bold else self.face, text) * self.size

    def line(self, text: str, *, bold: bool = False, room: float | None = None) -> Block:
        """One line; where it is wider than ``room``, its type gets smaller."""
        size, width = self.size, self.width_of(text, bold=bold)
        if room is not None and width > room:
            size, width = size * room / width, room
        baseline = self.size * (_ABOVE + (self.leading - 1.25) / 2)
        mark = Text(0.0, baseline, text, self.bold if bold else self.face, size, self.grey)
        return Block(width, self.size * self.leading, (mark,) if text.strip() else ())

    def lines(self, texts: Sequence[str], room: float, align: Align = "left", *, bold: bool = False) -> Block:
        """Lines below one another, none wrapped; empty ones are left out."""
        return stack([self.line(text, bold=bold, room=room) for text in texts if text.strip()], align=align)

    def paragraph(self, text: str, room: float, align: Align = "left", *, bold: bool = False) -> Block:
        """Running text, wrapped."""
        return self.lines(self.wrap(text, room, bold=bold), room, align, bold=bold)

    def pair(self, left: str, right: str, width: float, *, bold: bool = False, dots: bool = False) -> Block:
        """Words on the left edge and on the right one, by wish with dots between them.

        Long ones on the left are wrapped and end beside the right.
        """
        value = self.line(right, bold=bold, room=width * 0.6)
        label = self.paragraph(left, max(width * 0.38, width - value.width - self.size * 0.6), bold=bold)
        y = max(0.0, label.height - value.height)
        height = max(label.height, value.height)
        placed = [(label, 0.0, 0.0), (value, width - value.width, y)]
        free = width - label.width - value.width - 2 * self.size
        count = int(free / self.width_of("."))
        if dots and count > 3:
            placed.append((self.line("." * count), label.width + self.size, y))
        return place_blocks(width, height, placed)

    def wrap(self, text: str, room: float, *, bold: bool = False) -> list[str]:
        """Break text into lines no wider than ``room`` points (a single longer word stays whole)."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width_of(longer, bold=bold) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines
