"""Sketches, looks and readings as bytes: small, and read back as they were.

Boxes are kept in hundred-thousandths of the page, a tenth of a pixel of a large scan.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

import msgspec

from invoicewatch.records import Box, Candidate, Lattice, Line, Look, Path, Reading, Sketch, Source, Word

_FINE = 100_000
_FINE_LOG = 100  # a hundredth of a natural logarithm: one in a hundred
_LEVEL = 6
Kept = TypeVar("Kept", Sketch, Look)


def pack(value: Sketch | Look) -> bytes:
    """A sketch or a look as bytes; equal ones give equal bytes."""
    return zlib.compress(msgspec.msgpack.encode(value), _LEVEL)


def unpack(content: bytes, kind: type[Kept]) -> Kept:
    """What was packed."""
    return msgspec.msgpack.decode(zlib.decompress(content), type=kind)


def pack_readings(readings: Sequence[Reading]) -> bytes:
    """Readings as bytes."""
    return zlib.compress(msgspec.msgpack.encode([_list_reading(each) for each in readings]), _LEVEL)


def unpack_readings(content: bytes) -> tuple[Reading, ...]:
    """The readings that were packed."""
    return tuple(_make_reading(*each) for each in msgspec.msgpack.decode(zlib.decompress(content)))


def _list_reading(reading: Reading) -> list[Any]:
    lines = [[_list_word(word) for word in line.words] for line in reading.lines]
    lattices = [[_list_lattice(each) for each in line.lattices] for line in reading.lines]
    boxes = [_list_box(box) for box in reading.regions]
    return [reading.page, reading.engine, str(reading.source), boxes, lines, lattices]


def _list_word(word: Word) -> list[Any]:
    others = [[other.text, other.confidence, other.engine] for other in word.others]
    return [word.text, _list_box(word.box), word.confidence, word.engine, others, word.raw]


def _list_lattice(lattice: Lattice) -> list[Any]:
    paths = [[path.text, round(_FINE_LOG * path.log_probability)] for path in lattice.paths]
    return [lattice.first, lattice.last, lattice.engine, paths]


def _list_box(box: Box) -> list[int]:
    return [round(_FINE * side) for side in box]


def _make_reading(  # as they are listed
    page: int,
    engine: str,
    source: str,
    regions: list[list[int]],
    lines: list[list[Any]],
    lattices: Iterable[list[Any]] = (),
) -> Reading:
    made = tuple(
        Line(tuple(_make_word(*word) for word in words), tuple(_make_lattice(*each) for each in doubtful))
        for words, doubtful in zip_longest(lines, lattices, fillvalue=())
    )
    return Reading(page, made, engine, Source(source), tuple(map(_make_box, regions)))


def _make_word(
    text: str, box: list[int], confidence: float, engine: str, others: list[list[Any]], raw: str | None
) -> Word:
    return Word(text, _make_box(box), confidence, engine, tuple(Candidate(*other) for other in others), raw)


def _make_lattice(first: int, last: int, engine: str, paths: list[tuple[str, int]]) -> Lattice:
    return Lattice(first, last, engine, tuple(Path(text, log / _FINE_LOG) for text, log in paths))


def _make_box(sides: list[int]) -> Box:
    x0, y0, x1, y1 = (side / _FINE for side in sides)
    return Box(x0, y0, x1, y1)
