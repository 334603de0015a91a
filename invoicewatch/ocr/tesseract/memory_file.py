"""Hand an image to another program without touching a disk or a compressor."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MEMORY = Path("/dev/shm")  # noqa: S108 - the files in it have random names and mode 0600
_PREFIX = "invoicewatch-"
_SUFFIX = ".pgm"


@contextmanager
def write_pgm(image: NDArray[np.uint8], folder: Path | None = None) -> Iterator[Path]:
    """A file in memory that holds ``image`` as a binary PGM while the context lasts.

    PGM (netpbm's P5) has no compression: writing it costs a copy, where a PNG costs as much as a third of the reading.
    The file is locked, so that `remove_leftovers` can tell it from one whose writer was killed.

    Args:
        image: Greyscale, uint8, (height, width).
        folder: Where to write, ``/dev/shm`` or else the temporary folder if None.
    """
    height, width = image.shape
    descriptor, name = tempfile.mkstemp(_SUFFIX, _PREFIX, folder or find_memory_folder())
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(b"P5 %d %d 255\n" % (width, height))
            file.write(image.tobytes())
            file.flush()
            yield path
    finally:
        path.unlink(missing_ok=True)


def find_memory_folder() -> Path:
    """``/dev/shm`` where it can be written to, else the temporary folder."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())


def remove_leftovers(folder: Path | None = None) -> int:
    """Remove the files of writers that were killed; returns how many there were."""
    removed = 0
    for path in (folder or find_memory_folder()).glob(f"{_PREFIX}*{_SUFFIX}"):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink(missing_ok=True)
                removed += 1
        except OSError:  # in use, another user's, or just gone: not ours to remove
            continue
    return removed
