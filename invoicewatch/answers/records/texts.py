"""The raw and the enhanced text line by line, with what was changed in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invoicewatch.records import Edit, Invoice

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that belong together; ``position`` is that of the edit which concerns them, None for none."""

    text: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page (as the file counts) as it was read and as it was corrected."""

    page: int
    raw: tuple[Piece, ...]
    enhanced: tuple[Piece, ...]


def list_text_lines(invoice: Invoice) -> Iterator[TextLine]:
    """All lines of a record's texts. Where nothing was corrected, the enhanced lines are empty."""
    numbers = invoice.page_numbers
    edits: dict[tuple[int, int], list[tuple[int, Edit]]] = defaultdict(list)
    for position, edit in enumerate(invoice.edits):
        edits[edit.page, edit.line].append((position, edit))
    for index, (raw, enhanced) in enumerate(_pages(invoice)):
        page = numbers[index] if index < len(numbers) else index + 1
        for line in range(max(len(raw), len(enhanced))):
            here = sorted(edits[page, line], key=lambda each: each[1].first)
            positions = [position for position, _ in here]
            before, after = mark_spans([edit for _, edit in here])
            yield TextLine(
                page,
                _cut(_line(raw, line), list(zip(before, positions, strict=True))),
                _cut(_line(enhanced, line), list(zip(after, positions, strict=True))),
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


def _cut(line: str, spans: Sequence[tuple[tuple[int, int], int]]) -> tuple[Piece, ...]:
    """The line in pieces; joined by single spaces they are the line again."""
    words = line.split(" ")
    pieces: list[Piece] = []
    end = 0
    for (first, last), position in spans:
        if end < first:
            pieces.append(Piece(" ".join(words[end:first])))
        pieces.append(Piece(" ".join(words[first:last]), position))
        end = last
    if end < len(words):
        pieces.append(Piece(" ".join(words[end:])))
    return tuple(pieces)
