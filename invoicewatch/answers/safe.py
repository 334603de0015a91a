"""Make text from a document harmless before it is shown.

A scan can hold anything, and a text layer is written by whoever made the PDF: terminal escape sequences, characters
that reverse the direction of a line, formulas for a spreadsheet.
"""

from __future__ import annotations

import unicodedata

# Cc: control; Cf: invisible format characters, among them the bidirectional overrides; Cs: lone surrogates;
# Co, Cn: private use and unassigned; Zl, Zp: separators that break a line.
_HARMFUL = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def make_printable(text: str, *, keep: str = "") -> str:
    """The text with every character that a terminal might obey replaced by U+FFFD, except those in ``keep``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in keep or unicodedata.category(c) not in _HARMFUL else REPLACEMENT for c in text)


def escape_formula(text: str) -> str:
    """The text as a spreadsheet takes it for text: OWASP's apostrophe before what would start a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
