"""What a correction is worth: how many words it mended, broke and made up, against what is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from invoicewatch.correct.numbers import digits_of


@dataclass(frozen=True, slots=True)
class WordScore:
    """Counts of words; add two scores to have that of both texts together.

    ``wrong`` and ``right`` are how many of the printed words the raw text misses and has; ``fixed`` are those of the
    wrong that the enhanced text has, ``broken`` those of the right that it has no more. ``invented`` are words whose
    digits stand neither in the raw text nor on paper.
    """

    wrong: int = 0
    right: int = 0
    fixed: int = 0
    broken: int = 0
    invented: int = 0

    def __add__(self, other: WordScore) -> WordScore:
        """Both together."""
        return WordScore(
            self.wrong + other.wrong,
            self.right + other.right,
            self.fixed + other.fixed,
            self.broken + other.broken,
            self.invented + other.invented,
        )

    @property
    def fixed_share(self) -> float:
        """Of the words that were wrong, 0-1."""
        return self.fixed / max(1, self.wrong)

    @property
    def broken_share(self) -> float:
        """Of the words that were right, 0-1."""
        return self.broken / max(1, self.right)


def score_words(truth: Iterable[str], raw: str, enhanced: str) -> WordScore:
    """Compare as bags of words, whatever their order and case: free writing keeps no places to compare by.

    Args:
        truth: The words on paper.
        raw: The text as OCR gave it.
        enhanced: The text after correction.
    """
    printed = Counter(word.casefold() for word in truth)
    before, after = _count_words(raw), _count_words(enhanced)
    changes = [min(after[word], count) - min(before[word], count) for word, count in printed.items()]
    right = (printed & before).total()
    known = {digits_of(word) for word in (*before, *printed)} | {""}
    return WordScore(
        wrong=printed.total() - right,
        right=right,
        fixed=sum(change for change in changes if change > 0),
        broken=-sum(change for change in changes if change < 0),
        invented=sum(count for word, count in (after - before).items() if digits_of(word) not in known),
    )


def _count_words(text: str) -> Counter[str]:
    return Counter(text.casefold().split())
