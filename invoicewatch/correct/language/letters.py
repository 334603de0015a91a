"""How likely a word's letters are in this order, whatever the word: what tells a name from a misreading."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from invoicewatch.correct.language.table import Table

ORDER = 6
"""The most letters in a row that are counted, the one that is asked about among them."""

BEGIN, END = "\x02", "\x03"
_DIGIT = "0"
# A letter that never followed so many before it is this much less likely than after fewer of them.
_BACK_OFF = math.log(0.4)
_STRANGE = -14.0


def fold(word: str) -> str:
    """A word as the tables know it: small letters, and every digit the same: no figure is likelier than another."""
    return "".join(_DIGIT if char.isdigit() else char for char in word.casefold())


def list_grams(word: str) -> Iterator[tuple[str, ...]]:
    """For each letter of a folded word and its end: the letter with as many before it as are counted, then fewer."""
    text = f"{BEGIN}{word}{END}"
    for end in range(2, len(text) + 1):
        yield tuple(text[start:end] for start in range(max(0, end - ORDER), end))


def rate_letters(words: Sequence[str], table: Table) -> list[float]:
    """Natural log of the chance of each folded word's letters, its end among them (Brants et al. 2007, back-off).

    Args:
        words: Folded.
        table: Log-probability of the last letter of each gram after the others.
    """
    steps = [tuple(list_grams(word)) for word in words]
    found = iter(table.find([gram for grams in steps for letter in grams for gram in letter]).tolist())
    return [sum(_rate([next(found) for _ in letter]) for letter in grams) for grams in steps]


def _rate(found: list[float]) -> float:
    """The first that is listed, less for each longer one that is not."""
    for missed, log_probability in enumerate(found):
        if not math.isnan(log_probability):
            return log_probability + missed * _BACK_OFF
    return _STRANGE
