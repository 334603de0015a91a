"""What clings to a label and is no part of it: a currency at its end, a time of day or stars before it."""

from __future__ import annotations

import re

_CODES = ("rm", "eur", "euro", "usd", "chf", "gbp", "myr", "sgd")
_EURO_SKELETON = "e"
# A time of day, a sign or code of a currency, a letter that a till repeats to draw attention.
_FILLER = re.compile(
    r"\W*(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[AP]\.?M\.?)?|[AP]\.?M\.?"
    rf"|{'|'.join(_CODES)}|([^\W\d_])\1{{2,}})\W*",
    re.IGNORECASE,
)


def is_filler(text: str) -> bool:
    """Whether ``text`` before a label says nothing: a time of day, a currency, ``***``, ``#`` or ``XXX``."""
    return not any(map(str.isalnum, text)) or bool(_FILLER.fullmatch(text))


def find_currency_end(word: str, following: str) -> str:
    """The skeleton of the currency that ends ``word``; empty where its letters may be the word's own.

    A sign is a currency always. A code is one by itself, in other letters than the word before it (``TotalEUR``), or
    if a figure is ``following`` (``TOTALRM 12.00``); the end of ``Amateur`` is none.
    """
    word = word.strip("()[].,:;*")
    if word.endswith("€"):
        return _EURO_SKELETON
    folded = word.casefold()
    if not folded.endswith(_CODES):  # of most words: asked of every word of a page
        return ""
    code = next(code for code in _CODES if folded.endswith(code))
    before = word[: -len(code)][-1:]
    apart = not before.isalpha() or (before.islower() and word[-len(code) :].isupper())
    return code if apart or following.lstrip("-+(:$€£")[:1].isdigit() else ""
