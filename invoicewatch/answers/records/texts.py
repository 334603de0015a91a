"""The raw and the enhanced text line by line, with what was changed in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from invoicewatch.answers.records.doubts import Doubt, list_doubts
from invoicewatch.records import Edit, Invoice, PageWords

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that belong together.

    ``position`` is that of the edit which concerns them, None for none. ``doubt`` says what else they may be where they
    were left as they were read.
    """

    text: str
    position: int | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page (as the file counts) as it was read and as it was corrected."""

    page: int
    raw: tuple[Piece, ...]
    enhanced: tuple[Piece, ...]


def list_text_lines(invoice: Invoice, words: Sequence[PageWords] = ()) -> Iterator[TextLine]:
    """All lines of a record's texts. Where nothing was corrected, the enhanced lines are empty.

    Args:
        invoice: The record.
        words: Those of its pages, which tell what stayed in doubt.
    """
    numbers = invoice.page_numbers
    edits: dict[tuple[int, int], list[tuple[int, Edit]]] = defaultdict(list)
    for position, edit in enumerate(invoice.edits):
        edits[edit.page, edit.line].append((position, edit))
    doubts: dict[tuple[int, int], list[_Mark]] = defaultdict(list)
    for doubt in list_doubts(words):
        mark = _Mark(doubt.lattice.first, doubt.lattice.last, doubt=doubt)
        doubts[doubt.page, doubt.line].append(mark)
    for index, (raw, enhanced) in enumerate(_pages(invoice)):
        page = numbers[index] if index < len(numbers) else index + 1
        for line in range(max(len(raw), len(enhanced))):
            here = sorted(edits[page, line], key=lambda each: each[1].first)
            positions = [position for position, _ in here]
            before, after = mark_spans([edit for _, edit in here])
            left = doubts[page, line]
            yield TextLine(
                page,
                _cut(_line(raw, line), [*_mark_edits(before, positions), *(() if here else left)]),
                _cut(_line(enhanced, line), [*_mark_edits(after, positions), *left]),
            )


def mark_spans(edits: Sequence[Edit]) -> tuple[Spans, Spans]:
    """Which words (first up to last, from 0) of a raw line were replaced, and which of the enhanced line are new."""
    before: Spans = []
    after: Spans = []
    shift = 0
    for edit in sorted(edits, key=lambda each: each.first):
        count = len(edit.after.split())
        before.append((edit.first, edit.last))
        after.append((edit.first + shift, edit.first + shift + count))
        shift += count - (edit.last - edit.first)
    return before, after


def _pages(invoice: Invoice) -> list[tuple[list[str], list[str]]]:
    raw = invoice.raw_text.split("\f")
    enhanced = (invoice.enhanced_text or "").split("\f")
    count = max(len(raw), len(enhanced)) if invoice.enhanced_text is not None else len(raw)
    return [(_line(raw, n).split("\n"), _line(enhanced, n).split("\n")) for n in range(count)]


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


class _Mark(NamedTuple):
    """Words of a line that concern an edit or are in doubt."""

    first: int
    last: int
    position: int | None = None
    doubt: Doubt | None = None


def _mark_edits(spans: Spans, positions: Sequence[int]) -> list[_Mark]:
    return [_Mark(first, last, position) for (first, last), position in zip(spans, positions, strict=True)]


def _cut(line: str, marks: Sequence[_Mark]) -> tuple[Piece, ...]:
    """The line in pieces; joined by single spaces they are the line again."""
    words = line.split(" ")
    pieces: list[Piece] = []
    end = 0
    for mark in sorted(marks, key=lambda each: each.first):
        if end < mark.first:
            pieces.append(Piece(" ".join(words[end : mark.first])))
        text = " ".join(words[mark.first : mark.last])
        doubt = mark.doubt if mark.doubt and mark.doubt.read.text == text else None
        pieces.append(Piece(text, mark.position, doubt))
        end = mark.last
    if end < len(words):
        pieces.append(Piece(" ".join(words[end:])))
    return tuple(pieces)
