"""Whether a page shows the words that its text layer has."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from invoicewatch.errors import DependencyError, TransientError
from invoicewatch.records import Box, OcrEngine, Page, Reading, Word

_ALIKE = 0.7  # an engine misreads a sign of a word here and there, a cipher leaves none in its place
_SHARE = 0.6  # of the words


def shows_words(page: Page, words: Sequence[Word], engine: OcrEngine) -> bool:
    """Whether ``engine`` reads most of ``words`` where they should stand; an engine that fails proves nothing.

    Words with digits are judged apart from the others: a font's digits may be ciphered where its letters are not.
    """
    try:
        seen = engine.read_regions(page, [word.box for word in words])
    except (DependencyError, TransientError):
        return False
    kinds = ([w for w in words if not _has_digit(w)], [w for w in words if _has_digit(w)])
    return all(_count_shown(seen, kind) >= _SHARE * len(kind) for kind in kinds)


def _has_digit(word: Word) -> bool:
    return any(map(str.isdigit, word.text))


def _count_shown(seen: Reading, words: Sequence[Word]) -> int:
    return sum(_is_alike(word.text, _read_at(seen, word.box)) for word in words)


def _read_at(seen: Reading, box: Box) -> str:
    """What was read with its middle in ``box``."""
    return "".join(word.text for word in seen.words if box.holds(word.box))


def _is_alike(text: str, read: str) -> bool:
    one, other = (_keep_alphanumeric(each) for each in (text, read))
    return Levenshtein.normalized_similarity(one, other) >= _ALIKE


def _keep_alphanumeric(text: str) -> str:
    """Without punctuation, which a cipher of letters and digits leaves as it is."""
    return "".join(filter(str.isalnum, text.casefold()))
