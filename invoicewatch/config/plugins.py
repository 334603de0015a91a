"""What installed packages offer, by entry points."""

from __future__ import annotations

import sys
from functools import cache
from importlib import metadata
from typing import Any


def entry_points(**wanted: str) -> metadata.EntryPoints:
    """As importlib's, which looks through all installed packages each time it is asked, for a hundredth of a second.

    A package that is installed meanwhile is found by the next process.
    """
    found: metadata.EntryPoints = _look(tuple(sys.path)).select(**wanted)
    return found


@cache
def _look(_path: tuple[str, ...]) -> Any:
    return metadata.entry_points()
