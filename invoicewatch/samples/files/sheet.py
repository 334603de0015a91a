"""A drawn page as a list of marks, in points (1/72 inch) from its top left corner.

Layouts draw onto a ``Sheet`` with a ``Pen``; what a sheet becomes (pixels, a PDF, a ``Reading``) is decided later,
so that all three say exactly the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from invoicewatch.samples.files.fonts import Face, measure_width

A4 = (595.0, 842.0)
Align = Literal["left", "right", "centre"]


class Text(NamedTuple):
    """A run of words on one baseline; ``x`` is its left end. ``grey`` is 0 for black, 255 for white."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    grey: int = 0


class Rule(NamedTuple):
    """A straight line, ``width`` points thick, with dashes of 2 points if ``dashed``."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.6
    dashed: bool = False


class Fill(NamedTuple):
    """A filled rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float
    grey: int


Mark = Text | Rule | Fill


@dataclass(frozen=True, slots=True)
class Sheet:
    """One finished page: its size in points and its marks, bottom-most first."""

    width: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Pen:
    """Draws one sheet. ``face`` and ``bold`` are the typeface in use, ``size`` its size in points."""

    width: float
    height: float
    face: Face = Face.SANS
    bold: Face = Face.SANS_BOLD
    size: float = 9.5
    marks: list[Mark] = field(default_factory=list)

    def write(  # noqa: PLR0913  (each is one property of a line of print)
        self,
        x: float,
        y: float,
        text: str,
        *,
        align: Align = "left",
        bold: bool = False,
        size: float | None = None,
        grey: int = 0,
        room: float | None = None,
    ) -> None:
        """Write words with their baseline at ``y``; ``x`` is the left end, the right end or the middle.

        Where the words are wider than ``room`` points, the type gets smaller.
        """
        if not text.strip():
            return
        face = self.bold if bold else self.face
        size = size or self.size
        width = measure_width(face, text) * size
        if room and width > room:
            size, width = size * room / width, room
        left = {"left": x, "right": x - width, "centre": x - width / 2}[align]
        self.marks.append(Text(left, y, text, face, size, grey))

    def width_of(self, text: str, *, bold: bool = False, size: float | None = None) -> float:
        """Width in points that ``write`` would take."""
        return measure_width(self.bold if bold else self.face, text) * (size or self.size)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6, *, dashed: bool = False) -> None:
        """Draw a line."""
        self.marks.append(Rule(x0, y0, x1, y1, width, dashed))

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: int) -> None:
        """Fill a rectangle; what is written later stands on top."""
        self.marks.append(Fill(x0, y0, x1, y1, grey))

    def wrap(self, text: str, width: float) -> list[str]:
        """Break text into lines no wider than ``width`` points (a single longer word stays whole)."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width_of(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def finish(self, height: float | None = None) -> Sheet:
        """The finished sheet, cut to ``height`` points if given (receipts end where their text does)."""
        return Sheet(self.width, height or self.height, tuple(self.marks))
