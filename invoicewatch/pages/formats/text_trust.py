"""Judge whether a PDF's text layer says what the page shows.

A text layer counts as proof of a reading later on, so the bar is high: what an OCR program hid behind a scan, and what
comes out of a font without a character map, is read from the picture instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from invoicewatch.pages.formats.text_layer import PageLook
from invoicewatch.records import Line

_MAX_HIDDEN = 0.1
_MAX_UNMAPPED = 0.02
_MAX_RUN = 3  # a sign here and there is guessed right (a euro, a letter with an accent), an amount is not
_MAX_STRANGE = 0.02
_SCAN_SHARE = 0.5
_WORDS_OVER_A_SCAN = 30  # a stamp or a fax header over a scan is not the page's text
_MIN_VOICED = 0.7  # of lower-case Latin words of four letters and more; codes shifted by one lose their vowels
_LONGER = 4
_ENOUGH = 5
_VOWELS = frozenset("aeiouy")


def is_trustworthy(lines: Sequence[Line], look: PageLook) -> bool:
    """Whether the words are what a reader of the page sees."""
    texts = [word.text for line in lines for word in line.words]
    if not any(character.isalnum() for text in texts for character in text):
        return False
    if look.unmapped_run > _MAX_RUN:
        return False
    if look.hidden_share > _MAX_HIDDEN or look.unmapped_share > _MAX_UNMAPPED or look.covered:
        return False
    if look.image_share >= _SCAN_SHARE and len(texts) < _WORDS_OVER_A_SCAN:
        return False
    return _find_strange_share(texts) <= _MAX_STRANGE and _find_voiced_share(texts) >= _MIN_VOICED


def _find_strange_share(texts: Sequence[str]) -> float:
    """The share of characters that no text has: private use, unassigned, control, the replacement character."""
    characters = "".join(texts)
    strange = sum(
        character == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(character) in {"Co", "Cn", "Cc", "Cs"}
        for character in characters
    )
    return strange / max(1, len(characters))


def _find_voiced_share(texts: Sequence[str]) -> float:
    """The share of longer lower-case Latin words with a vowel; 1 where there are too few to tell."""
    longer = [
        text
        for text in map(_fold, texts)
        if len(text) >= _LONGER and text.isascii() and text.islower() and text.isalpha()
    ]
    if len(longer) < _ENOUGH:
        return 1.0
    return sum(bool(_VOWELS.intersection(text)) for text in longer) / len(longer)


def _fold(text: str) -> str:
    """Without accents and the punctuation around."""
    plain = unicodedata.normalize("NFKD", text.strip(".,:;!?()[]\"'"))
    return "".join(character for character in plain if not unicodedata.combining(character))
