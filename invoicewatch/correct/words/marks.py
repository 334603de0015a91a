"""Marks and blanks that OCR adds, loses or confuses: what follows from the token alone, with no model asked.

Each rule is one that print itself does not break: no word begins with an unclosed quotation mark, no label ends in a
semicolon.
"""

from __future__ import annotations

import re

from invoicewatch.correct.words.vocabulary import Vocabulary
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
_LABEL_TAILS = frozenset({"no", "nr", "id"})


def strip_stray(token: str) -> str:
    """The token without stray marks at its ends; quotation marks that open and close are none.

    A token of nothing else is left as it is, since no edit takes a word away.
    """
    first, last = token[:1], token[-1:]
    if len(token) > 1 and (first, last) in {("“", "”"), ("‘", "’"), ("«", "»"), ("|", "|")}:  # noqa: RUF001
        return token
    return token.strip(_STRAY) or token


def mend_marks(line: Line, position: int) -> str:
    """The word with stray marks gone, the keyboard's apostrophe, and a label's colon (running text has ``;``)."""
    mended = strip_stray(line.words[position].text)
    mended = _INNER_APOSTROPHE.sub(lambda match: match[0].translate(_APOSTROPHES), mended)
    is_label = _LABEL_END.search(mended) and not _text_after(line, position)[:1].isalpha()
    return mended[:-1] + ":" if is_label else mended


def mend_tax_code(line: Line, position: int) -> str | None:
    """``S`` where a tax code's S was read as a section sign: alone, and with no number of a section after it."""
    token = line.words[position].text
    if _TAX_CODE.fullmatch(token) is None or _text_after(line, position).isdigit():
        return None
    return token.replace("§", "S")


def split_words(token: str, vocabulary: Vocabulary) -> str | None:
    """Two common words that were read without the blank between them (``TaxCode``, ``GSTSUMMARY``); else None."""
    core = token.rstrip(":.")
    one_word = vocabulary.knows(core) if core.isupper() or core[1:].islower() else core.casefold() in vocabulary.weights
    if not core.isalpha() or one_word:
        return None
    cuts = range(_SHORTEST_PART, len(core) - 1)
    found = [cut for cut in cuts if _are_words(core[:cut], core[cut:], vocabulary)]
    return f"{token[: found[0]]} {token[found[0] :]}" if len(found) == 1 else None


def _are_words(left: str, right: str, vocabulary: Vocabulary) -> bool:
    """Both common, or a common one and the end of a label, and the case of neither speaking against it."""
    if len(right) < _SHORTEST_PART and right.casefold() not in _LABEL_TAILS:
        return False
    alike = (left + right).isupper() or (right[:1].isupper() and (left.istitle() or left.isupper()))
    weights = vocabulary.weights
    return alike and all(weights.get(part.casefold(), 0.0) >= _COMMON for part in (left, right))


def _text_after(line: Line, position: int) -> str:
    return line.words[position + 1].text if position + 1 < len(line.words) else ""
