"""Cells in rows and columns, with lines between them."""

from __future__ import annotations

from collections.abc import Sequence

from invoicewatch.samples.files.sheet import Align, Rule
from invoicewatch.samples.free.blocks.base import Block, beside, pad, stack


def draw_grid(
    rows: Sequence[Sequence[Block]], widths: Sequence[float], align: Sequence[Align], inset: float = 3.0
) -> Block:
    """A table with every cell framed."""
    return rule_cells(stack([lay_row(row, widths, align, inset) for row in rows]), rows, widths, inset)


def lay_row(row: Sequence[Block], widths: Sequence[float], align: Sequence[Align], inset: float = 3.0) -> Block:
    """One row without lines: each block in its cell, ``inset`` points from the cell's edges."""
    return beside([pad(block, inset, inset * 0.6) for block in row], widths, align)


def rule_cells(table: Block, rows: Sequence[Sequence[Block]], widths: Sequence[float], inset: float) -> Block:
    """Draw the lines around the cells of a table."""
    marks = list(table.marks)
    y = 0.0
    for row in rows:
        marks.append(Rule(0.0, y, table.width, y, 0.5))
        y += max(block.height for block in row) + inset * 1.2
    marks.append(Rule(0.0, y, table.width, y, 0.5))
    x = 0.0
    for width in (0.0, *widths):
        x += width
        marks.append(Rule(x, 0.0, x, y, 0.5))
    return Block(table.width, table.height, tuple(marks), table.parts)
