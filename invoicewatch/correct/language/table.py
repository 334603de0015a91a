"""Tables of log-probabilities without their text: what is asked for is found by the checksum of its letters.

A stranger has the key of one of 40,000 words once in 100,000 times, which costs no more than a word listed by mistake.
A file begins with words on where it is from; after an empty line come the keys, ascending, of 32 bits each, and after
them as many bytes: steps of `STEP` nats below zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP = 0.08
"""Nats a step: a byte reaches down to -20.4."""

_ENTRY_BYTES = 5
_KEY_BYTES = 4
_HEAD_ENDS = b"\n\n"
_LAST = 255


@dataclass(frozen=True, slots=True)
class Table:
    """``keys`` (entries,) ascending, and ``steps`` (entries,) of each."""

    keys: NDArray[np.uint32]
    steps: NDArray[np.uint8]

    def find(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(texts,) natural log of each text's probability; NaN where it is not listed."""
        wanted = hash_texts(texts)
        if not len(self.keys):
            return np.full(len(wanted), np.nan, np.float32)
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        found = np.float32(-STEP) * self.steps[places].astype(np.float32)
        found[self.keys[places] != wanted] = np.nan
        return found


def load_table(file: Traversable) -> Table:
    """The table of a file. Raises OSError: it cannot be read."""
    raw = np.frombuffer(file.read_bytes().partition(_HEAD_ENDS)[2], np.uint8)
    cut = len(raw) // _ENTRY_BYTES * _KEY_BYTES
    return Table(raw[:cut].view("<u4").astype(np.uint32, copy=False), raw[cut:])


def pack_table(head: str, entries: Iterable[tuple[str, float]]) -> bytes:
    """The bytes of a file with these texts and their log-probabilities; of texts with one key the likelier is kept.

    Args:
        head: Where it is from, in lines of which none is empty.
        entries: The texts.
    """
    best: dict[int, int] = {}
    for text, log_probability in entries:
        key = crc32(text.encode())
        step = min(_LAST, max(0, round(-log_probability / STEP)))
        best[key] = min(step, best.get(key, _LAST))
    keys = sorted(best)
    return head.strip().encode() + _HEAD_ENDS + np.array(keys, "<u4").tobytes() + bytes(best[key] for key in keys)


def hash_texts(texts: Sequence[str]) -> NDArray[np.uint32]:
    """(texts,) their keys."""
    return np.fromiter((crc32(text.encode()) for text in texts), np.uint32, len(texts))
