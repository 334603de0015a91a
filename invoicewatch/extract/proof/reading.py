"""What proves that a value was read right: the document's own text, or two engines that read alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from invoicewatch.extract.amounts.parse import parse_amount
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.page.layout import Row
from invoicewatch.records import Source, Word

# By judgement: an engine less sure (0-100) may have misread a digit, and then no sum proves that it did not.
CLEAR_CONFIDENCE = 80.0
# By judgement: an engine as sure (0-100) speaks for itself; how much that counts was fitted (``sure_engine``).
SURE_CONFIDENCE = 95.0


class ReadBy(StrEnum):
    """What proves a reading, in words; NOTHING is false."""

    NOTHING = ""
    TEXT_LAYER = "text layer"
    TWO_ENGINES = "two engines agree"


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves the reading and what the role, each a phrase or empty; ``complete`` if both are proved.

    ``found`` says how the value was found where its role is not proved.
    """

    reading: str
    role: str
    found: str

    @property
    def complete(self) -> bool:
        """Whether both are proved."""
        return bool(self.reading and self.role)

    @property
    def method(self) -> str:
        """The proofs in words."""
        return "; ".join(part for part in (self.role or self.found, self.reading) if part)


def prove_amount_reading(amount: Amount) -> ReadBy:
    """That an amount was read right, by the text layer or by two engines; empty if it may be cut or was mended."""
    if amount.cut or amount.prior == FoundBy.SIGN_MENDED:
        return ReadBy.NOTHING
    return prove_by_text_layer(amount.row, amount.words) or prove_by_two_engines(amount)


def prove_by_text_layer(row: Row, words: Sequence[Word]) -> ReadBy:
    """The document's own text has no misreadings."""
    own = row.source is Source.TEXT_LAYER and all(word.raw is None for word in words)
    return ReadBy.TEXT_LAYER if own else ReadBy.NOTHING


def prove_by_two_engines(amount: Amount) -> ReadBy:
    """Another engine read the same value in every word, and nothing had to be mended."""
    if amount.parsed.repaired or any(word.raw is not None for word in amount.words):
        return ReadBy.NOTHING
    figures = [word for word in amount.words if any(char.isdigit() for char in word.text)]
    return ReadBy.TWO_ENGINES if figures and all(_agrees(word) for word in figures) else ReadBy.NOTHING


def prove_words_by_two_engines(words: Sequence[Word]) -> ReadBy:
    """Another engine read the very same text in every word that holds a digit, and correction changed none."""
    figures = [word for word in words if any(char.isdigit() for char in word.text)]
    agreed = bool(figures) and all(word.agreed and word.raw is None for word in figures)
    return ReadBy.TWO_ENGINES if agreed else ReadBy.NOTHING


def prove_words_by_text(words: Sequence[Word]) -> ReadBy:
    """Another engine read the very same text in every word, and correction changed none."""
    agreed = bool(words) and all(word.agreed and word.raw is None for word in words)
    return ReadBy.TWO_ENGINES if agreed else ReadBy.NOTHING


def _agrees(word: Word) -> bool:
    if word.agreed:
        return True
    try:
        value = parse_amount(word.text).value
    except ValueError:
        return False
    for other in word.others:
        try:
            parsed = parse_amount(other.text)
        except ValueError:
            continue
        if other.engine != word.engine and parsed.value == value and not parsed.repaired:
            return True
    return False


def find_lowest_confidence(words: Sequence[Word]) -> float:
    """The engine's confidence (0-100) in the least sure of the words that hold a digit."""
    figures = [word for word in words if any(char.isdigit() for char in word.text)]
    return min((word.confidence for word in figures or words), default=0.0)


def measure_repeats(words: Sequence[Word]) -> float | None:
    """The part of the other ways in which the figures were read alike (0-1), the least of the words that hold a digit.

    None where none was read in other ways (``Word.again``).
    """
    looked = [word for word in words if word.again and any(char.isdigit() for char in word.text)]
    return min((_measure_repeats(word) for word in looked), default=None)


def _measure_repeats(word: Word) -> float:
    """Signs are left out, which come and go with the picture's edge; a further digit makes another figure."""
    own = re.compile(rf"(?<!\d){_keep_alphanumeric(word.text)}(?!\d)")
    return sum(own.search(_keep_alphanumeric(text)) is not None for text in word.again) / len(word.again)


def _keep_alphanumeric(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def has_other_reading(words: Sequence[Word]) -> bool:
    """Whether another engine read other digits in one of the words."""
    others = ((word, other) for word in words for other in word.others if other.engine != word.engine)
    return any(_keep_digits(other.text) != _keep_digits(word.text) for word, other in others)


def _keep_digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
