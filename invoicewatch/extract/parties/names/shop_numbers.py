"""The number of a shop behind its name: ``Acme Market #4711``, ``ACME 0017``; it belongs to the name as printed."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from invoicewatch.extract.labels.words import write_pattern
from invoicewatch.extract.page.legal_forms import find_legal_form

_MIN_LETTERS = 3
_MARKED = re.compile(r"[\s,.]*#\s?\d[\d-]{0,8}$|\s+0\d{1,7}$")
_BARE = re.compile(r"\s+\d{2,7}$")


@lru_cache(maxsize=20_000)
def drop_shop_number(text: str, *, at_top: bool = False) -> str:
    """``text`` without the number of a shop at its end; the same text where none stands there.

    A marked one (``#``, noughts before it, ``No.`` behind two words) counts everywhere, a bare one only ``at_top`` of
    a page: below a name it is a postcode or a house number. Companies have numbers in a register instead.
    """
    if not any(map(str.isdigit, text)):
        return text
    end = _find_end(text, at_top=at_top)
    name = text if end is None else text[:end].rstrip()
    return name if sum(map(str.isalpha, name)) >= _MIN_LETTERS and find_legal_form(name) is None else text


def _find_end(text: str, *, at_top: bool) -> int | None:
    """Where the name ends that a number follows."""
    found = _MARKED.search(text) or (_BARE.search(text) if at_top else None)
    if found is not None:
        return found.start()
    signed = _load_signed().fullmatch(text)
    return signed.end(1) if signed else None


@cache
def _load_signed() -> re.Pattern[str]:
    """``No. 12`` behind two words or more: behind one it counts tables and bills."""
    sign = write_pattern("number_words", "glued_sign")
    return re.compile(rf"(\S+\s+\S.*?)\s+{sign}\s?\d{{1,7}}", re.IGNORECASE)
