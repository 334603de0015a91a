"""What two texts of the same ink have in common, and which paths language may choose at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from invoicewatch.correct.numbers import digits_of, has_digit

_RUN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 - both apostrophes
_MOST_CHANGED = 0.5
_FEWEST = 2
_ADDRESS = "@"
_USUAL = frozenset(".,:;-'/&()#%")


class Change(NamedTuple):
    """Words ``first`` up to but not including ``last`` of what was read become others; the rest is alike."""

    first: int
    last: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def find_change(read: Sequence[str], path: Sequence[str]) -> Change | None:
    """What a path changes of the words as read; None where language has no say in it.

    No language makes one figure likelier than another: words with digits stay, unless one of more letters loses them
    all. Marks and capitals alone are not language's either, nor are mail addresses, unusual marks and letters of
    another script. What changes more than half is another text.
    """
    shared = _count_shared(read, path)
    behind = _count_shared(read[shared:][::-1], path[shared:][::-1])
    before, after = tuple(read[shared : len(read) - behind]), tuple(path[shared : len(path) - behind])
    if not before or not after or any(map(has_digit, after)) or any(map(_is_figure, before)):
        return None
    change = Change(shared, len(read) - behind, before, after)
    return change if _is_of_letters(change) and _is_spelt_usually(change) else None


def _is_of_letters(change: Change) -> bool:
    """Whether it changes letters or where words end, by no more than half, and puts no mark into a word."""
    old, new = find_runs(change.before), find_runs(change.after)
    if list(map(_even_out, old)) == list(map(_even_out, new)) or len("".join(new)) < _FEWEST:
        return False
    left, right = " ".join(change.before), " ".join(change.after)
    near = Levenshtein.distance(left, right) <= max(1.0, _MOST_CHANGED * min(len(left), len(right)))
    return near and len(new) - len(old) <= max(0, len(change.after) - len(change.before))


def _is_spelt_usually(change: Change) -> bool:
    """Whether it is no mail address, and has Latin letters and no marks but the usual and those that were read."""
    left, right = "".join(change.before), "".join(change.after)
    marks = {char for char in right if not char.isalpha()} - set(left)
    return _ADDRESS not in left and all(map(_is_latin, right)) and marks <= _USUAL


def find_runs(words: Sequence[str]) -> tuple[str, ...]:
    """The words between marks: ``Tax(RM)`` are two."""
    return tuple(run for word in words for run in _RUN.findall(word))


def strip_accents(text: str) -> str:
    """Without the marks above and below its letters."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _even_out(run: str) -> str:
    """In small letters, with one kind of apostrophe."""
    return run.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _count_shared(one: Sequence[str], other: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_figure(word: str) -> bool:
    """Whether at least as many digits as letters are in a word that has digits."""
    digits = len(digits_of(word))
    return digits > 0 and digits >= sum(map(str.isalpha, word))


def _is_latin(char: str) -> bool:
    return not char.isalpha() or unicodedata.name(char, "").startswith("LATIN")
