"""Setting a paper's pieces on pages: the head first, the rows after it, the rest below, the foot at the bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from invoicewatch.samples.files.sheet import Sheet
from invoicewatch.samples.free.blocks.base import Block, Part, place_blocks, set_in
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.blocks.table import Table, make_carry


class Frame(NamedTuple):
    """What stays the same on every page: the paper, its margins, the column for text, the foot and a side panel."""

    width: float
    height: float
    left: float
    top: float
    column: float
    bottom: float  # where text ends
    foot: Block
    panel: Block
    panel_x: float


class Page(NamedTuple):
    """One finished page with the named pieces on it."""

    sheet: Sheet
    parts: tuple[Part, ...]


@dataclass(slots=True)
class Flow:
    """Pages being filled from top to bottom."""

    frame: Frame
    draft: Draft
    placed: list[list[tuple[Block, float, float]]] = field(default_factory=lambda: [[]])
    y: float = 0.0

    def __post_init__(self) -> None:
        self.y = self.frame.top

    def add(self, block: Block, gap: float = 0.0, *, keep: float = 0.0) -> None:
        """Set a block below what is there, on a new page where it and ``keep`` more points do not fit."""
        if self.y + gap + block.height + keep > self.frame.bottom and self.placed[-1]:
            self._turn()
        elif self.placed[-1]:
            self.y += gap
        self.placed[-1].append((block, self.frame.left, self.y))
        self.y += block.height

    def add_table(self, table: Table, gap: float, *, carries: bool) -> None:
        """Set the rows; the head stands again on every page, and sums are carried over if ``carries``."""
        first = table.rows[0].height if table.rows else 0.0
        self.add(table.head, gap, keep=first + 30)
        for number, row in enumerate(table.rows):
            if self.y + row.height + 24 > self.frame.bottom:
                self._break_table(table, number, carries=carries)
            self.add(row)
        self.add(table.foot)

    def push_down(self, height: float) -> None:
        """Go down so that ``height`` points remain, if there is room for it."""
        self.y = max(self.y, self.frame.bottom - height)

    def finish(self, number_at: str) -> tuple[Page, ...]:
        """All pages, numbered at the ``top`` or ``bottom`` where there are several, or not at all if empty."""
        frame = self.frame
        pages = []
        for number, placed in enumerate(self.placed, 1):
            whole = list(placed)
            if frame.foot.height:
                whole.append((frame.foot, frame.left, frame.bottom + 6))
            if frame.panel.width and number == 1:
                whole.insert(0, (frame.panel, frame.panel_x, 0.0))
            if number_at and (len(self.placed) > 1 or number_at == "bottom"):
                whole.append(self._number(number, number_at))
            block = place_blocks(frame.width, frame.height, whole)
            pages.append(Page(Sheet(frame.width, frame.height, block.marks), block.parts))
        return tuple(pages)

    def _break_table(self, table: Table, number: int, *, carries: bool) -> None:
        width = self.frame.column
        if carries and number:
            self.add(make_carry(self.draft, "carried", table.sums[number - 1], width))
        self._turn()
        self.placed[-1].append((table.head, self.frame.left, self.y))
        self.y += table.head.height
        if carries and number:
            self.add(make_carry(self.draft, "brought", table.sums[number - 1], width))

    def _turn(self) -> None:
        self.placed.append([])
        self.y = self.frame.top + 12

    def _number(self, number: int, at: str) -> tuple[Block, float, float]:
        frame = self.frame
        text = self.draft.say("page", page=str(number), pages=str(len(self.placed)))
        line = set_in(self.draft.hand.resize(0.85).line(text, room=frame.column), frame.column, "right").named("page")
        return (line, frame.left, frame.top - line.height - 4 if at == "top" else frame.height - line.height - 8)
