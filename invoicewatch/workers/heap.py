"""Keep the C library's heap small: a worker lives for years, and its pictures and networks come in all sizes."""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # malloc.h
_LARGE = 1 << 20  # bytes
_SPARE = 8 << 20


def return_large_blocks() -> None:
    """Have every large block given back to the system when it is freed.

    By itself glibc takes blocks of up to 32 MB from its heap once such a one was freed. There they lie between others
    and cannot be given back: a quarter of the memory of a worker that has met pages of many shapes.
    """
    change = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have no such switch, nor the need
    if change is not None:
        change(_MMAP_THRESHOLD, _LARGE)
        change(_TRIM_THRESHOLD, _SPARE)
