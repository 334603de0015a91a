"""The line of a record that shows why it was found."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from invoicewatch.store.summary import Summary
from invoicewatch.store.words import compose, find_words

_MAX_LINE = 300


@dataclass(frozen=True, slots=True)
class Snippet:
    """A line, and the spans of it (characters, start up to end) that match."""

    line: str
    spans: tuple[tuple[int, int], ...]


def find_snippet(summary: Summary, text: str, words: AbstractSet[str]) -> Snippet | None:
    """The line with the most of the words, of the text or else of seller, number and file name; None if none has."""
    lines = text.replace("\f", "\n").split("\n")
    heads = [head for head in (summary.seller_name, summary.invoice_number, summary.file_name) if head]
    return _best_line(lines, words) or _best_line(heads, words) or _best_joined(heads, words)


def _best_line(lines: list[str], words: AbstractSet[str]) -> Snippet | None:
    best: Snippet | None = None
    most = 0
    for line in lines:
        shown = compose(line)[:_MAX_LINE]
        found = [word for word in find_words(shown) if word.term in words]
        distinct = len({word.term for word in found})
        if distinct > most:
            best, most = Snippet(shown, tuple((word.start, word.end) for word in found)), distinct
    return best


def _best_joined(heads: list[str], words: AbstractSet[str]) -> Snippet | None:
    """An invoice number typed as one word matches its parts together."""
    for head in heads:
        shown = compose(head)[:_MAX_LINE]
        if "".join(word.term for word in find_words(shown)) in words:
            return Snippet(shown, ((0, len(shown)),))
    return None
