"""What a TIFF's directories say before Pillow follows them (TIFF 6.0, section 2; BigTIFF has wider numbers)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MAX_DIRECTORIES = 100_000
"""No stack of paper is higher; a chain of a million fits in a few megabytes."""

_BIG = 43  # the version number of BigTIFF
_TILE_WIDTH, _TILE_LENGTH = 322, 323


def count_directories(content: bytes) -> int:
    """The pages of a TIFF, thumbnails and all, in linear time (Pillow compares each place with all before it).

    Raises:
        ValueError: The chain leaves the file (``truncated``) or does not end.
        struct.error: The header is cut off.
    """
    order = "<" if content.startswith(b"II") else ">"
    if struct.unpack_from(order + "H", content, 2)[0] == _BIG:
        number, word, entry, first = order + "Q", order + "Q", 20, 8
    else:
        number, word, entry, first = order + "H", order + "I", 12, 4
    place = struct.unpack_from(word, content, first)[0]
    seen: set[int] = set()
    while place and place not in seen:
        if len(seen) >= MAX_DIRECTORIES:
            raise ValueError(f"it has more than {MAX_DIRECTORIES:,} pages")
        seen.add(place)
        place = _read_next(content, place, number, word, entry)
    return len(seen)


def _read_next(content: bytes, place: int, number: str, word: str, entry: int) -> int:
    """Where the directory after the one at ``place`` begins, 0 after the last."""
    try:
        entries = struct.unpack_from(number, content, place)[0]
        following: int = struct.unpack_from(word, content, place + struct.calcsize(number) + entry * entries)[0]
    except (struct.error, OverflowError) as exc:
        raise ValueError(f"truncated: no whole directory at byte {place:,}") from exc
    return following


def find_tile(image: Image.Image) -> tuple[int, int]:
    """Width and height of the tiles of the current page, (1, 1) where it has none; the decoder makes room for one."""
    tags = getattr(image, "tag_v2", {})
    sides = (tags.get(_TILE_WIDTH), tags.get(_TILE_LENGTH))
    width, height = (side if isinstance(side, int) and side > 0 else 1 for side in sides)
    return width, height
