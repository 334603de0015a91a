"""Turns words on a page into a field of text with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from invoicewatch.extract.page.layout import PageView, Row
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import ConfidenceWeights
from invoicewatch.records import Alternative, Box, Field, Source, Word

_MAX_ALTERNATIVES = 4
_LEAST_SCORE = 0.005  # what is less likely than one in two hundred is no choice to offer


@dataclass(frozen=True)
class Finding:
    """A text that may be a field's value: words ``first`` up to but not including ``last`` of ``row`` hold it.

    ``more`` are words on the rows below, where it goes on.

    ``score`` is the probability that it is the value, were it read right. ``role_proved`` says that a label of its
    own, and nothing else, makes it the field; ``reading_proved`` that more than the engine's word speaks for the
    reading (a check digit that OCR would break). ``method`` names how it was found.
    """

    value: str
    page: PageView
    row: Row
    first: int
    last: int
    score: float
    method: str
    role_proved: bool = False
    reading_proved: bool = False
    more: tuple[Word, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that hold it."""
        return self.row.words[self.first : self.last] + self.more

    @property
    def box(self) -> Box:
        """The box around its words."""
        return Box.around(word.box for word in self.words)


def make_text_field(name: str, findings: Sequence[Finding]) -> Field | None:
    """The field of the likeliest finding, other values as alternatives; None if there is no finding.

    Of findings with equal scores the first wins: pass them in reading order.
    """
    if not findings:
        return None
    best = max(findings, key=lambda finding: finding.score)
    read = 1.0 if best.reading_proved or is_reading_proved(best.words, best.page.source) else _rate_reading(best.words)
    return Field(
        name=name,
        value=best.value,
        confidence=round(best.score * read, 3),
        verified=best.role_proved and read == 1.0 and not _has_rival(best, findings),
        page=best.page.page,
        box=best.box,
        source=_find_source(best),
        method=str(best.method),
        text=best.row.text,
        alternatives=tuple(_list_alternatives(best, findings)),
    )


def is_reading_proved(words: Sequence[Word], source: Source) -> bool:
    """Whether a text layer holds these words, or another engine read every one of them the same."""
    if source is Source.TEXT_LAYER:
        return True
    return bool(words) and all(
        any(other.engine != word.engine and other.text == word.text for other in word.others)
        for word in words
        if any(char.isalnum() for char in word.text)
    )


def _rate_reading(words: Sequence[Word]) -> float:
    """How likely one engine read all of a short text right; its words' confidence says little, so it counts little."""
    clear = fmean(word.confidence for word in words) / 100
    weights = load_weights(ConfidenceWeights)
    return weights.read_at_least + weights.read_clearly * clear


def _has_rival(best: Finding, findings: Sequence[Finding]) -> bool:
    return any(other.role_proved and fold(other.value) != fold(best.value) for other in findings)


def _find_source(best: Finding) -> Source:
    return Source.CORRECTED if any(word.raw is not None for word in best.words) else best.page.source


def _list_alternatives(best: Finding, findings: Sequence[Finding]) -> list[Alternative]:
    seen = {fold(best.value)}
    others = []
    for finding in sorted(findings, key=lambda finding: -finding.score):
        if fold(finding.value) not in seen:
            seen.add(fold(finding.value))
            score = round(min(finding.score, 1 - best.score), 3)
            if score < _LEAST_SCORE:
                break
            others.append(Alternative(finding.value, score, finding.page.page, finding.box, finding.row.text))
    return others[:_MAX_ALTERNATIVES]


@lru_cache(maxsize=50_000)  # the same words are compared again and again
def fold(text: str) -> str:
    """Letters and digits only, without case: what counts when two identifiers are compared."""
    return "".join(char for char in text.casefold() if char.isalnum())
