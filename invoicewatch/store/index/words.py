"""Cut text into the words of the index, and fold what people type differently.

A word is a run of letters and digits; scripts written without spaces give one word a character. Case, accents and
width fold away (``Müller`` is ``muller``); the German way to write an umlaut without one (``Mueller``) is found through
:func:`fold_sound`, which both spellings share.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

MAX_WORD_LENGTH = 40

# Thai, Lao, Burmese, Khmer; kana, bopomofo, hangul; Han with its extensions.
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
_SPACELESS += "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+")
# Letters that Unicode does not decompose, as people type them without the key.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "þ": "th"})


class WordSpan(NamedTuple):
    """A word of the index, and where it stands in the text (characters ``start`` up to ``end``)."""

    term: str
    start: int
    end: int


def find_words(text: str) -> Iterator[WordSpan]:
    """The words of a text in order. The text must be composed (:func:`compose`), or accents cut words in two."""
    for match in _WORD.finditer(text):
        term = fold_word(match.group())
        if term:
            yield WordSpan(term, match.start(), match.end())


def cut_words(text: str) -> list[str]:
    """The folded words of a text in order."""
    if text.isascii():  # as most texts are, and much quicker
        return [word[:MAX_WORD_LENGTH] for word in _WORD.findall(text.lower())]
    words = _WORD.findall(compose(text))
    return [term for word in words if (term := word[:MAX_WORD_LENGTH].lower() if word.isascii() else fold_word(word))]


def compose(text: str) -> str:
    """The text with letter and accent as one character, where there is one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold_word(word: str) -> str:
    """One word without case, accents and width; at most MAX_WORD_LENGTH characters."""
    if word.isascii():
        return word[:MAX_WORD_LENGTH].lower()
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold()).translate(_PLAIN)
    bare = "".join(c for c in spread if c.isalnum() and not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)[:MAX_WORD_LENGTH]


def fold_sound(term: str) -> str:
    """What the spellings of an umlaut have in common: ``muller`` for ``muller`` and ``mueller``."""
    return term.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def is_spaceless(term: str) -> bool:
    """Whether a term is one character of a script that is indexed by character."""
    return len(term) == 1 and not term.isascii() and _WORD.fullmatch(term) is not None
