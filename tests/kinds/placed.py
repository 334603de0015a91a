"""Where the words of a page drawn as text stand on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MARGIN = 48.0  # points
LINE = 17.0
SIZE = 9.5  # of the print, in points


class Run(NamedTuple):
    """Words parted by single blanks, which keep their column; ``x`` and ``y`` are points from the top left corner."""

    x: float
    y: float
    text: str


def place_runs(picture: str, width: float) -> Iterator[Run]:
    """The runs of words of a page ``width`` points wide, line by line."""
    rows = picture.strip("\n").splitlines()
    step = (width - 2 * MARGIN) / max(map(len, rows))
    for number, text in enumerate(rows):
        for run in re.finditer(r"\S+(?: \S+)*", text):
            yield Run(MARGIN + run.start() * step, MARGIN + number * LINE, run.group())
