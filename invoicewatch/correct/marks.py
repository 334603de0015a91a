"""Marks and blanks that OCR adds, loses or confuses: what follows from the token alone, with no model asked.

Each rule is one that print itself does not break: no word begins with an unclosed quotation mark, no label ends in a
semicolon.
"""

from __future__ import annotations

import re

from invoicewatch.correct.vocabulary import Vocabulary
from invoicewatch.records import Line

# Specks, folds and dotted rules come out as these.
_STRAY = "“”‘’~_|«»—"  # noqa: RUF001 - as OCR writes them
_APOSTROPHES = str.maketrans("‘’", "''")  # noqa: RUF001 - to the one on every keyboard
_INNER_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[‘’](?=[^\W\d_])")  # noqa: RUF001
_LABEL_END = re.compile(r"[^\W\d_]{2}\)?;$")
_TAX_CODE = re.compile(r"\*?§")
# Two words that each weigh this much in our own lists may be told apart where no blank was read.
_COMMON = 15.0
_SHORTEST_PART = 3


def strip_stray(token: str) -> str:
    """The token without stray marks at its ends; quotation marks that open and close are none.

    A token of nothing else is left as it is, since no edit takes a word away.
    """
    first, last = token[:1], token[-1:]
    if len(token) > 1 and (first, last) in {("“", "”"), ("‘", "’"), ("«", "»"), ("|", "|")}:  # noqa: RUF001
        return token
    return token.strip(_STRAY) or token


def mend_marks(token: str) -> str:
    """The token with stray marks gone, the keyboard's apostrophe within words, and a label's colon."""
    mended = _INNER_APOSTROPHE.sub(lambda match: match[0].translate(_APOSTROPHES), strip_stray(token))
    return mended[:-1] + ":" if _LABEL_END.search(mended) else mended


def mend_tax_code(line: Line, position: int) -> str | None:
    """``S`` where a tax code's S was read as a section sign: alone, and with no number of a section after it."""
    token = line.words[position].text
    following = line.words[position + 1].text if position + 1 < len(line.words) else ""
    if _TAX_CODE.fullmatch(token) is None or following.isdigit():
        return None
    return token.replace("§", "S")


def split_words(token: str, vocabulary: Vocabulary) -> str | None:
    """Two common words that were read without the blank between them (``TaxCode``, ``GSTSUMMARY``); else None."""
    core = token.rstrip(":.")
    if not core.isalpha() or vocabulary.knows(core):
        return None
    cuts = range(_SHORTEST_PART, len(core) - _SHORTEST_PART + 1)
    found = [cut for cut in cuts if _are_words(core[:cut], core[cut:], vocabulary)]
    return f"{token[: found[0]]} {token[found[0] :]}" if len(found) == 1 else None


def _are_words(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Both common, and the second beginning as the first did: both in capitals, or each with one."""
    alike = (left + right).isupper() or (left.istitle() and right[:1].isupper())
    weights = vocabulary.weights
    return alike and all(weights.get(part.casefold(), 0.0) >= _COMMON for part in (left, right))
