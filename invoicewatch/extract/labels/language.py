"""One language as its file states it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Tables = Mapping[str, Mapping[str, tuple[str, ...]]]

_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")


@dataclass(frozen=True, slots=True)
class Language:
    """A language and its words.

    ``code`` is its ISO 639 code, ``name`` its English name. Of two languages that hold one phrase, the one with the
    lower ``precedence`` keeps it. ``date_order`` is ``dmy`` or ``mdy`` where all its countries write so, else ``both``.
    ``decimal_sign`` is a comma or a point. ``tesseract`` is what Tesseract calls its data. ``currency`` is the one that
    most of its speakers pay in (ISO 4217), or empty where they pay in several. ``tables`` hold its entries by table and
    role.
    """

    code: str
    name: str
    precedence: int
    date_order: str
    decimal_sign: str
    tesseract: str
    currency: str
    tables: Tables


def expand_phrase(entry: str) -> list[str]:
    """All phrases that ``a (b|c) d`` stands for; a bracket may hold an empty choice.

    >>> expand_phrase("(grand|) total (due|payable)")
    ['grand total due', 'grand total payable', 'total due', 'total payable']
    """
    match = _CHOICE.search(entry)
    if match is None:
        return [" ".join(entry.split())]
    head, tail = entry[: match.start()], entry[match.end() :]
    return [phrase for choice in match.group(1).split("|") for phrase in expand_phrase(head + choice + tail)]
