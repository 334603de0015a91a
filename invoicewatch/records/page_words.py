"""The words of a page and where they stand, packed small enough to be kept with every record.

A word costs some ten bytes: four columns of numbers (how far from the word before, how wide, how high, in
ten-thousandths of the page), then the lines of text, all deflated.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from invoicewatch.records.geometry import Box
from invoicewatch.records.reading import Reading, Word

_FINE = 10_000
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, from 1 as the file counts; ``turns`` quarter turns clockwise made the file's page upright.

    Boxes are fractions of the page so turned. ``packed`` is what :func:`pack_words` made.
    """

    page: int
    turns: int
    packed: bytes

    def list_lines(self) -> list[list[tuple[str, Box]]]:
        """The words with their boxes, line by line in reading order."""
        content = zlib.decompress(self.packed)
        (count,) = struct.unpack_from("<I", content)
        text = content[4 + 8 * count :].decode("utf-8")
        if not count:
            return []
        boxes = iter(_read_boxes(content[4 : 4 + 8 * count], count))
        return [[(word, next(boxes)) for word in line.split(" ")] for line in text.split("\n")]


def keep_words(reading: Reading, turns: int) -> PageWords:
    """What is kept of a page that was read."""
    return PageWords(reading.page, turns % 4, pack_words(line.words for line in reading.lines))


def pack_words(lines: Iterable[Iterable[Word]]) -> bytes:
    """Lines of words as bytes; what has no text is left out."""
    kept = [[(clean, word.box) for word in line if (clean := _clean(word.text))] for line in lines]
    kept = [line for line in kept if line]
    text = "\n".join(" ".join(word for word, _ in line) for line in kept)
    boxes = [box for line in kept for _, box in line]
    return zlib.compress(struct.pack("<I", len(boxes)) + _write_boxes(boxes) + text.encode(), _LEVEL)


def _clean(text: str) -> str:
    """The word without white space, which parts words here, and without bytes that are no UTF-8."""
    return "".join(text.split()).encode("utf-8", errors="replace").decode()


def _write_boxes(boxes: list[Box]) -> bytes:
    """Four columns; all low bytes of one before its high bytes, which are nearly all the same."""
    rows = []
    left, above = 0, 0
    for box in boxes:
        x0, y0, x1, y1 = (round(_FINE * min(1.0, max(0.0, side))) for side in box)
        rows.append((x0 - left, y0 - above, x1 - x0, y1 - y0))
        left, above = x1, y0
    columns = (struct.pack(f"<{len(rows)}h", *column) for column in zip(*rows, strict=True))
    return b"".join(column[half::2] for column in columns for half in (0, 1))


def _read_boxes(content: bytes, count: int) -> list[Box]:
    columns = []
    for start in range(0, 8 * count, 2 * count):
        column = bytearray(2 * count)
        column[0::2], column[1::2] = content[start : start + count], content[start + count : start + 2 * count]
        columns.append(struct.unpack(f"<{count}h", column))
    boxes = []
    left, above = 0, 0
    for across, down, width, height in zip(*columns, strict=True):
        x0, y0 = left + across, above + down
        left, above = x0 + width, y0
        boxes.append(Box(x0 / _FINE, y0 / _FINE, left / _FINE, (y0 + height) / _FINE))
    return boxes
