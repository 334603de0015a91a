"""The line of a record that shows why it was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from invoicewatch.store.index.words import compose, find_words
from invoicewatch.store.search.summary import Summary

_MAX_LINE = 300
_UNSEEN = 3


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line, and the spans of it (characters, start up to end) that match."""

    line: str
    spans: tuple[tuple[int, int], ...]


def find_snippet(summary: Summary, text: str, words: AbstractSet[str]) -> Snippet | None:
    """The line that shows most of why a record was found; None if no line does.

    Words that seller and number show anyway count less than others. Where the text has none of the words, it is the
    seller, the number or the file name itself.
    """
    heads = [head for head in (summary.seller_name, summary.invoice_number, summary.file_name) if head]
    shown = {word.term for head in heads[:-1] for word in find_words(compose(head))}
    weights = {word: 1 if word in shown else _UNSEEN for word in words}
    lines = text.replace("\f", "\n").split("\n")
    return _best_line(lines, weights) or _best_line(heads, weights) or _best_joined(heads, words)


def _best_line(lines: list[str], weights: Mapping[str, int]) -> Snippet | None:
    best: Snippet | None = None
    most = 0
    for line in lines:
        if line.isascii() and not _may_hold(line, weights):
            continue
        shown = compose(line)[:_MAX_LINE]
        found = [word for word in find_words(shown) if word.term in weights]
        weight = sum(weights[term] for term in {word.term for word in found})
        if weight > most:
            best, most = Snippet(shown, tuple((word.start, word.end) for word in found)), weight
    return best


def _may_hold(line: str, words: Iterable[str]) -> bool:
    """A quick look that passes over most lines: cutting a line into words takes twenty times as long."""
    lowered = line.lower()
    return any(word in lowered for word in words)


def _best_joined(heads: list[str], words: AbstractSet[str]) -> Snippet | None:
    """An invoice number typed as one word matches its parts together."""
    for head in heads:
        shown = compose(head)[:_MAX_LINE]
        if "".join(word.term for word in find_words(shown)) in words:
            return Snippet(shown, ((0, len(shown)),))
    return None
