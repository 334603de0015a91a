"""Rectangles of print: a block knows its size, so that whatever is made of blocks overlaps nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from invoicewatch.samples.files.sheet import Align, Fill, Mark, Rule, Text


class Part(NamedTuple):
    """A named piece and where it stands, in points from the top left corner."""

    name: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of print, in points; its marks lie within it, counted from its top left corner."""

    width: float
    height: float
    marks: tuple[Mark, ...] = ()
    parts: tuple[Part, ...] = ()

    def named(self, name: str) -> Block:
        """The same block as one named piece; pieces within it keep their names unless they have none."""
        return Block(self.width, self.height, self.marks, (Part(name, 0, 0, self.width, self.height),))


def place_blocks(width: float, height: float, placed: Iterable[tuple[Block, float, float]]) -> Block:
    """A block of that size with others at their places."""
    marks: list[Mark] = []
    parts: list[Part] = []
    for block, x, y in placed:
        marks += (_shift(mark, x, y) for mark in block.marks)
        parts += (Part(part.name, part.x0 + x, part.y0 + y, part.x1 + x, part.y1 + y) for part in block.parts)
    return Block(width, height, tuple(marks), tuple(parts))


def stack(blocks: Sequence[Block], gap: float = 0.0, align: Align = "left", width: float | None = None) -> Block:
    """Blocks below one another."""
    full = max([width or 0.0, *(block.width for block in blocks)])
    y = 0.0
    placed = []
    for block in blocks:
        placed.append((block, _offset(full - block.width, align), y))
        y += block.height + gap
    return place_blocks(full, max(0.0, y - gap), placed)


def beside(blocks: Sequence[Block], widths: Sequence[float], align: Sequence[Align], gap: float = 0.0) -> Block:
    """Blocks next to one another with their tops on one line, each in a cell of its width."""
    x = 0.0
    placed = []
    for block, width, side in zip(blocks, widths, align, strict=True):
        placed.append((block, x + _offset(width - block.width, side), 0.0))
        x += width + gap
    return place_blocks(x - gap, max(block.height for block in blocks), placed)


def pad(block: Block, x: float, y: float) -> Block:
    """Room around a block: ``x`` on either side, ``y`` above and below."""
    return place_blocks(block.width + 2 * x, block.height + 2 * y, ((block, x, y),))


def set_in(block: Block, width: float, align: Align) -> Block:
    """A block within a wider cell."""
    return place_blocks(width, block.height, ((block, _offset(width - block.width, align), 0.0),))


def shade(block: Block, grey: int) -> Block:
    """A block on a ground of that grey (0 black, 255 white)."""
    ground = Fill(0.0, 0.0, block.width, block.height, grey)
    return Block(block.width, block.height, (ground, *block.marks), block.parts)


def frame(block: Block, width: float = 0.6) -> Block:
    """A block with a line around it."""
    right, bottom = block.width, block.height
    lines = (
        Rule(0.0, 0.0, right, 0.0, width),
        Rule(0.0, bottom, right, bottom, width),
        Rule(0.0, 0.0, 0.0, bottom, width),
        Rule(right, 0.0, right, bottom, width),
    )
    return Block(right, bottom, (*block.marks, *lines), block.parts)


def rule_off(width: float, thick: float = 0.6, room: float = 4.0, *, dashed: bool = False) -> Block:
    """A line across, with room above and below."""
    return Block(width, room, (Rule(0.0, room / 2, width, room / 2, thick, dashed),))


def space(height: float) -> Block:
    """Nothing, that high."""
    return Block(0.0, height)


def _offset(rest: float, align: Align) -> float:
    return {"left": 0.0, "right": rest, "centre": rest / 2}[align]


def _shift(mark: Mark, x: float, y: float) -> Mark:
    if isinstance(mark, Text):
        return mark._replace(x=mark.x + x, y=mark.y + y)
    return mark._replace(x0=mark.x0 + x, y0=mark.y0 + y, x1=mark.x1 + x, y1=mark.y1 + y)
