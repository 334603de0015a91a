"""Names of brands that the public knows, as marks of four bytes: a hint that a line is a shop's name, never a proof.

``benchmarks/learn/brands.py`` makes the data from OpenStreetMap's name-suggestion-index (BSD-3-Clause), whose notice
stands at its head.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from zlib import crc32

import numpy as np

from invoicewatch.extract.page.evidence import fold

# Shorter ones are words or abbreviations of something else.
MIN_CHARS = 3


def mark_of(name: str) -> int | None:
    """The mark of a name's letters and digits; None where they are too few."""
    folded = fold(name)
    return crc32(folded.encode()) if len(folded) >= MIN_CHARS else None


def is_brand(folded: str) -> bool:
    """Whether ``folded``, letters and digits without case, is the whole name of a brand."""
    return len(folded) >= MIN_CHARS and crc32(folded.encode()) in _load_marks()


@cache
def _load_marks() -> frozenset[int]:
    content = resources.files("invoicewatch.extract").joinpath("parties", "names", "brands.bin").read_bytes()
    _, _, marks = content.partition(b"\n\n")
    return frozenset(np.frombuffer(marks, dtype="<u4").tolist())
