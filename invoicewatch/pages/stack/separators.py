"""Tell a separator sheet by its words: ``PATCH T``, ``Separator``, ``Trennblatt`` and nothing else to speak of.

The bars of a patch code or a barcode are not decoded; sheets whose bars come without any such word do not separate.
"""

from __future__ import annotations

import re
import unicodedata

from invoicewatch.records import Reading

_MOST_WORDS = 8
_NAMES = re.compile(
    r"patch(?:code)?t|separator|separat(?:eur|ore)|separador|separadora|trenn(?:blatt|seite)|scheidings(?:blad|pagina)"
)


def is_separator(reading: Reading) -> bool:
    """Whether a page is a separator sheet: few words, and one of the names such sheets have."""
    words = [folded for word in reading.words if (folded := _fold(word.text))]
    return len(words) <= _MOST_WORDS and _NAMES.search("".join(words)) is not None


def _fold(text: str) -> str:
    """Letters only, without case or accents; empty for numbers, rules and the bars of a code."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalpha())
