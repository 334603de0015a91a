"""Load without Python's collector of cycles: it looks through all that was loaded, again and again, and finds nothing.

That takes a tenth of a start. What is loaded stays, so that it need not be looked through later either, which takes
two fifths of the time in which fields are found.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 5_000
"""So many new containers are looked through at a time, not 700: reading a page makes tens of thousands, and hardly a
cycle among them."""


@contextmanager
def load_quietly() -> Iterator[None]:
    """Collect nothing while the enclosed block loads; what is there at its end is never looked through again."""
    gc.disable()
    try:
        yield
    finally:
        _collect_from_here()


def keep_loaded() -> None:
    """As at the end of `load_quietly`, where documents were read meanwhile: what they left over is collected before."""
    gc.collect()
    _collect_from_here()


def _collect_from_here() -> None:
    gc.freeze()
    gc.set_threshold(_YOUNG)
    gc.enable()
