"""Group words that stand side by side."""

from __future__ import annotations

from collections.abc import Iterable

from invoicewatch.records import Word

_SAME_ROW = 0.5  # of the smaller height: two words overlap by this much if they stand on one row


def group_rows(words: Iterable[Word]) -> list[list[Word]]:
    """The rows of a page from top to bottom, each from left to right.

    A word joins the row whose last words it overlaps in height by half of the smaller height or more.
    """
    rows: list[_Row] = []
    for word in sorted(words, key=lambda each: (each.box.middle[1], each.box.x0)):
        row = next((row for row in reversed(rows[-3:]) if row.takes(word)), None)
        if row is None:
            rows.append(_Row(word))
        else:
            row.add(word)
    rows.sort(key=lambda row: (row.top + row.bottom) / 2)
    return [sorted(row.words, key=lambda word: (word.box.x0, word.box.x1)) for row in rows]


class _Row:
    """A growing row; its height is that of its tallest word."""

    def __init__(self, word: Word) -> None:
        self.words = [word]
        self.top, self.bottom = word.box.y0, word.box.y1

    def takes(self, word: Word) -> bool:
        overlap = min(self.bottom, word.box.y1) - max(self.top, word.box.y0)
        smaller = min(self.bottom - self.top, word.box.height)
        return overlap >= _SAME_ROW * smaller

    def add(self, word: Word) -> None:
        self.words.append(word)
