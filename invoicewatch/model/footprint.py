"""How much memory a model needs and how much there is: one too large is refused, what it needs once is given back."""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from invoicewatch.errors import DependencyError
from invoicewatch.model.branches import MICRO_BATCH_TOKENS
from invoicewatch.model.gguf import GgufHeader, read_header

_MIB = 1 << 20
# The library itself, its scratch graph and the allocator's slack, as measured on models of 135M and 270M parameters.
_OVERHEAD = 64 * _MIB
_HALF_FLOAT = 2
_FLOAT = 4
_MAPS = Path("/proc/self/maps")
_DONT_NEED = 4  # MADV_DONTNEED of madvise(2)


def estimate_bytes(header: GgufHeader, file_bytes: int, context_size: int) -> int:
    """Bytes needed: the weights, the keys and values of the context in half floats, and a micro-batch of logits."""
    cells = min(context_size, header.context_length) if header.context_length else context_size
    cache = 2 * header.layers * header.kv_heads * header.head_size * cells * _HALF_FLOAT
    logits = MICRO_BATCH_TOKENS * header.vocabulary * _FLOAT
    return file_bytes + cache + logits + _OVERHEAD


def find_free_bytes() -> int | None:
    """The least of what the machine, the control group and the process's own limit leave; None if nobody says."""
    known = [free for free in (_machine_free(), _group_free(), _limit_free()) if free is not None]
    return min(known) if known else None


def check_fits(path: Path, context_size: int) -> None:
    """Refuse a model that does not fit.

    Raises:
        DependencyError: It needs more memory than is free, or is no GGUF file.
    """
    needed = estimate_bytes(read_header(path), _file_bytes(path), context_size)
    free = find_free_bytes()
    if free is not None and needed > free:
        raise DependencyError(
            f"{path.name} needs about {needed // _MIB} MiB and {free // _MIB} MiB are free",
            remedy="Choose a smaller model, lower [model] context_size, or raise [workers] memory_mb.",
            code="model_too_large",
        )


def let_go_of_pages(file: Path) -> None:
    """Take every page of ``file`` out of this process's memory, as far as it is mapped; the next use brings it back.

    llama.cpp orders the weights of some quantizations anew for the CPU, in memory of its own, and keeps the file mapped
    for the rest: two thirds of it would count for nothing. Nothing is read from disk again while the system has the
    file in its cache. On a system without ``/proc`` nothing is done.
    """
    advise = getattr(ctypes.CDLL(None), "madvise", None)
    if advise is None:
        return
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for start, end in _find_mappings(os.fsencode(file.resolve())):
        advise(start, end - start, _DONT_NEED)  # what is locked in memory stays, which is as well


def _find_mappings(path: bytes) -> Iterator[tuple[int, int]]:
    """The first address and the one after the last of each part of the file that is mapped and shared, not changed."""
    with suppress(OSError):
        for line in _MAPS.read_bytes().splitlines():
            addresses, rights, *rest = line.split(maxsplit=5)
            if rest[3:] == [path] and rights == b"r--s":
                start, _, end = addresses.partition(b"-")
                yield int(start, 16), int(end, 16)


def _file_bytes(path: Path) -> int:
    """The size of the model; a split model (``…-00001-of-00003.gguf``) counts with all its parts."""
    stem, marker, rest = path.name.partition("-00001-of-")
    parts = path.parent.glob(f"{stem}-*-of-{rest}") if marker else [path]
    return sum(part.stat().st_size for part in parts)


def _machine_free() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _group_free() -> int | None:
    """What the control group (version 2) of this process still allows."""
    try:
        group = Path("/proc/self/cgroup").read_text(encoding="utf-8").split("::", 1)[-1].strip()
        folder = Path("/sys/fs/cgroup") / group.lstrip("/")
        limit = (folder / "memory.max").read_text(encoding="ascii").strip()
        used = int((folder / "memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return None if limit == "max" else max(0, int(limit) - used)


def _limit_free() -> int | None:
    """What RLIMIT_AS still allows; the worker pool sets it from ``[workers] memory_mb``."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY:
        return None
    try:
        used_pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return None
    return max(0, soft - used_pages * resource.getpagesize())
