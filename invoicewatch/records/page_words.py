"""The words of a page and where they stand, packed small enough to be kept with every record.

A word costs some ten bytes: four columns of numbers (how far from the word before, how wide, how high, in
ten-thousandths of the page), then the lines of text, then what stayed in doubt of them, all deflated.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from invoicewatch.records.geometry import Box
from invoicewatch.records.reading import Lattice, Line, Path, Reading, Word

_FINE = 10_000
_FINE_LOG = 100  # a hundredth of a natural logarithm: one in a hundred
_LEAST_LOG = -3.5  # three in a hundred: less likely texts are not kept with a record
_LEVEL = 6
_PART = "\f"  # no word has white space inside

DOUBTFUL = 0.7
"""Less sure words stay in doubt, whatever was read."""


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, from 1 as the file counts; ``turns`` quarter turns clockwise made the file's page upright.

    Boxes are fractions of the page so turned. ``packed`` is what :func:`pack_lines` made.
    """

    page: int
    turns: int
    packed: bytes

    def list_lines(self) -> list[list[tuple[str, Box]]]:
        """The words with their boxes, line by line in reading order."""
        content = zlib.decompress(self.packed)
        (count,) = struct.unpack_from("<I", content)
        text, _, _ = content[4 + 8 * count :].decode("utf-8").partition(_PART)
        if not count:
            return []
        boxes = iter(_read_boxes(content[4 : 4 + 8 * count], count))
        return [[(word, next(boxes)) for word in line.split(" ")] for line in text.split("\n")]

    def list_doubts(self) -> list[tuple[int, Lattice]]:
        """What was in doubt and was left as it was read: lines of the text, from 0, with lattices of their words."""
        content = zlib.decompress(self.packed)
        (count,) = struct.unpack_from("<I", content)
        _, _, doubts = content[4 + 8 * count :].decode("utf-8").partition(_PART)
        return [_read_doubt(each) for each in doubts.split("\n") if each]


def keep_words(reading: Reading, turns: int) -> PageWords:
    """What is kept of a page that was read."""
    return PageWords(reading.page, turns % 4, pack_lines(reading.lines))


def pack_lines(lines: Sequence[Line]) -> bytes:
    """Lines as bytes; words without text are left out, and of lattices all but those of words that stay in doubt."""
    doubts = [
        _write_doubt(number, lattice)
        for number, line in enumerate(lines)
        for lattice in line.lattices
        if lattice.sureness < DOUBTFUL and all(word.raw is None for word in line.words[lattice.first : lattice.last])
    ]
    return zlib.compress(_write_words(line.words for line in lines) + "\n".join(doubts).encode(), _LEVEL)


def _write_words(lines: Iterable[Iterable[Word]]) -> bytes:
    kept = [[(clean, word.box) for word in line if (clean := _clean(word.text))] for line in lines]
    kept = [line for line in kept if line]
    text = "\n".join(" ".join(word for word, _ in line) for line in kept)
    boxes = [box for line in kept for _, box in line]
    return struct.pack("<I", len(boxes)) + _write_boxes(boxes) + f"{text}{_PART}".encode()


def _write_doubt(line: int, lattice: Lattice) -> str:
    kept = (path for n, path in enumerate(lattice.paths) if n == 0 or path.log_probability >= _LEAST_LOG)
    paths = (f"{round(_FINE_LOG * path.log_probability)} {_clean_line(path.text)}" for path in kept)
    return "\t".join((str(line), str(lattice.first), str(lattice.last), _clean_line(lattice.engine), *paths))


def _read_doubt(text: str) -> tuple[int, Lattice]:
    line, first, last, engine, *paths = text.split("\t")
    parts = (path.partition(" ") for path in paths)
    kept = tuple(Path(each, int(log) / _FINE_LOG) for log, _, each in parts)
    return int(line), Lattice(int(first), int(last), engine, kept)


def _clean_line(text: str) -> str:
    return " ".join(map(_clean, text.split()))


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
