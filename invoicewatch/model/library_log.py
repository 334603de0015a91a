"""What llama.cpp says while it loads: kept off the terminal, and read for what it really did."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_OFFLOADED = re.compile(r"offloaded (\d+)/\d+ layers to GPU")
_ERROR = re.compile(r"\berror\b|\bfailed\b|\binvalid\b|\bunknown\b", re.IGNORECASE)


@contextmanager
def capture_log(library: Any) -> Iterator[list[str]]:
    """Collect llama.cpp's messages in a list instead of printing them; afterwards it stays silent.

    Args:
        library: The ``llama_cpp`` module.
    """
    # The bindings' own callback prints what is at or above this logger's level; nothing is above this.
    logging.getLogger("llama-cpp-python").setLevel(logging.CRITICAL + 1)
    lines: list[str] = []

    @library.llama_log_callback  # type: ignore[untyped-decorator]
    def keep(_level: int, text: bytes, _user_data: Any) -> None:
        lines.append(text.decode("utf-8", errors="replace"))

    library.llama_log_set(keep, None)
    try:
        yield lines
    finally:
        library.llama_log_set(library._logger.llama_log_callback, None)  # noqa: SLF001 - the callback that outlives us


def find_offloaded(lines: list[str]) -> int:
    """How many layers llama.cpp says it put on a GPU; 0 where it says nothing, as builds without a GPU do."""
    match = _OFFLOADED.search("".join(lines))
    return int(match[1]) if match else 0


def find_cause(lines: list[str]) -> str:
    """The first message that names what went wrong, on one line."""
    for line in "".join(lines).splitlines():
        if _ERROR.search(line):
            return line.strip().rstrip(".")
    return "it gives no reason"
