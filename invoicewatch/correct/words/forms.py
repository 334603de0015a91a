"""One word in other forms: its grammatical endings, its case, and the marks around it."""

from __future__ import annotations

from invoicewatch.correct.numbers import DIGIT_TO_LETTERS
from invoicewatch.correct.words.vocabulary import EDGES

_LETTER_LIKE = "[](){}|!"
_ENDINGS = frozenset({"", "e", "en", "er", "em", "es", "s", "n", "r", "t", "te", "ten", "d", "ed", "ing"})
_SHORTEST_STEM = 3


def is_inflection(one: str, other: str) -> bool:
    """Whether two words differ in nothing but a grammatical ending (``einen``, ``einer``)."""
    left, right = one.casefold().strip(EDGES), other.casefold().strip(EDGES)
    stem = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return stem >= _SHORTEST_STEM and left[stem:] in _ENDINGS and right[stem:] in _ENDINGS


def match_case(word: str, model: str) -> str:
    """``word`` in lower case, written as ``model`` is: all capitals, first capital, or small."""
    letters = [char for char in model if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    if 2 * upper > len(letters) and len(word) > 1:
        return word.upper()
    # a first letter that was read as a digit or mark says nothing: the second letter's case cannot tell either
    first_big = bool(model) and (model[0].isupper() or (model[0] in DIGIT_TO_LETTERS and bool(upper)))
    return word[:1].upper() + word[1:] if first_big else word


def find_cores(token: str) -> list[tuple[str, str, str]]:
    """Cut into the marks before a word, the word, and the marks after it.

    Then the same with a bracket or bar next to the word taken for a letter of it (``[tem``, ``Cashie!``).
    """
    core = token.strip(EDGES)
    start = token.find(core) if core else len(token)
    lead, tail = token[:start], token[start + len(core) :]
    cuts = [(lead, core, tail)]
    if lead and lead[-1] in _LETTER_LIKE:
        cuts.append((lead[:-1], lead[-1] + core, tail))
    if tail and tail[0] in _LETTER_LIKE:
        cuts.append((lead, core + tail[0], tail[1:]))
    return cuts
