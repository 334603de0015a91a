"""Tell whether a TIFF is complete: every directory, and the image data that each points at, lies within the file."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple

Read = Callable[[int, int], bytes]

_MAX_DIRECTORIES = 10_000
_MAX_ENTRIES = 4096
_MAX_STRIPS = 1 << 20
_OFFSETS = {273: 279, 324: 325}  # StripOffsets: StripByteCounts, TileOffsets: TileByteCounts (TIFF 6.0, section 8, 15)
_TYPE_CODES = {1: "B", 3: "H", 4: "I", 16: "Q"}  # BYTE, SHORT, LONG, LONG8


class _Format(NamedTuple):
    """Where classic and big TIFF differ: byte order, and the widths of counts, offsets and entries."""

    order: str
    count_code: str
    offset_code: str
    entry_bytes: int
    first_at: int


class _Value(NamedTuple):
    kind: int
    length: int
    at: int


def find_tiff_gap(read: Read, size: int) -> str | None:
    """What is missing, in words, or None. ``read(offset, count)`` gives bytes, fewer past the end."""
    header = read(0, 16)
    order = "<" if header[:2] == b"II" else ">"
    big = header[2:4] in {b"+\0", b"\0+"}
    form = _Format(order, "Q", "Q", 20, 8) if big else _Format(order, "H", "I", 12, 4)
    next_at = _number(read, form.order + form.offset_code, form.first_at)
    if not next_at:
        return "the TIFF has no directory yet"
    for _ in range(_MAX_DIRECTORIES):
        entries, next_at = _read_directory(read, form, next_at)
        if entries is None:
            return "the TIFF breaks off before its last directory"
        if _data_end(read, form, entries) > size:
            return "the TIFF breaks off in its image data"
        if not next_at:
            return None
    return "the TIFF's directories do not end"


def _number(read: Read, code: str, at: int) -> int | None:
    raw = read(at, struct.calcsize(code))
    return struct.unpack(code, raw)[0] if len(raw) == struct.calcsize(code) else None


def _read_directory(read: Read, form: _Format, at: int) -> tuple[dict[int, _Value] | None, int]:
    """The entries by tag and where the next directory is; no entries if it does not lie within the file."""
    count = _number(read, form.order + form.count_code, at)
    if count is None or count > _MAX_ENTRIES:
        return None, 0
    first = at + struct.calcsize(form.count_code)
    raw = read(first, count * form.entry_bytes)
    following = _number(read, form.order + form.offset_code, first + len(raw))
    if len(raw) < count * form.entry_bytes or following is None:
        return None, 0
    return dict(_entry(read, form, first, n) for n in range(count)), following


def _entry(read: Read, form: _Format, first: int, number: int) -> tuple[int, _Value]:
    start = first + number * form.entry_bytes
    head = f"{form.order}HH{form.offset_code}"
    tag, kind, count = struct.unpack(head, read(start, struct.calcsize(head)))
    value_at = start + struct.calcsize(head)
    if count * struct.calcsize(_TYPE_CODES.get(kind, "B")) > struct.calcsize(form.offset_code):
        value_at = _number(read, form.order + form.offset_code, value_at) or 0
    return tag, _Value(kind, count, value_at)


def _data_end(read: Read, form: _Format, entries: dict[int, _Value]) -> int:
    """The offset after the last byte of image data that this directory names."""
    end = 0
    for offsets_tag, counts_tag in _OFFSETS.items():
        if offsets_tag in entries and counts_tag in entries:
            offsets = _numbers(read, form, entries[offsets_tag])
            counts = _numbers(read, form, entries[counts_tag])
            end = max([end, *(offset + count for offset, count in zip(offsets, counts, strict=False))])
    return end


def _numbers(read: Read, form: _Format, value: _Value) -> tuple[int, ...]:
    """The values of an entry; one that lies past the end of the file counts as data there."""
    code = _TYPE_CODES.get(value.kind)
    if code is None or value.length > _MAX_STRIPS:
        return ()
    layout = f"{form.order}{value.length}{code}"
    raw = read(value.at, struct.calcsize(layout))
    return struct.unpack(layout, raw) if len(raw) == struct.calcsize(layout) else (2**63,)
