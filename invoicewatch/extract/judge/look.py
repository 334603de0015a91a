"""Which accepted documents are drawn for a look, so that the promise is checked on the office's own paper."""

from __future__ import annotations

_DIGITS = 8
_ALL: int = 1 << 4 * _DIGITS


def is_drawn(sha256: str, part: int, share: float) -> bool:
    """Whether a document belongs to the ``share`` (0 to 1) that is looked at; the same one always or never does.

    Args:
        sha256: Of its file, in hexadecimal: as good as a number drawn by lot.
        part: The part of the file, 0 for the whole.
        share: Of all documents.
    """
    lot = (int(sha256[:_DIGITS], 16) + part * 0x9E3779B1) % _ALL  # parts apart by the golden ratio (Knuth, TAOCP 6.4)
    return lot < share * _ALL
