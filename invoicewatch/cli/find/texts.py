"""The raw and the enhanced text side by side, what was changed in colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from invoicewatch.answers.safe import make_printable
from invoicewatch.records import Edit, Invoice

Spans = list[tuple[int, int]]


def make_text_table(invoice: Invoice) -> Table:
    """The texts as a table: two columns where something was corrected, one where nothing was."""
    corrected = invoice.enhanced_text not in (None, invoice.raw_text)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("As read", ratio=1, overflow="fold")
    if corrected:
        table.add_column(
            f"Corrected ({len(invoice.edits)} edit{'s' * (len(invoice.edits) != 1)})", ratio=1, overflow="fold"
        )
    numbers = invoice.page_numbers
    for position, (raw, enhanced) in enumerate(_pages(invoice)):
        page = numbers[position] if position < len(numbers) else position + 1
        if position:
            table.add_row(*[Text(f"— page {page} —", style="dim")] * (2 if corrected else 1))
        edits = _by_line([edit for edit in invoice.edits if edit.page == page])
        for line in range(max(len(raw), len(enhanced))):
            before, after = mark_spans(edits[line])
            row = [_mark(_line(raw, line), before, "red strike"), _mark(_line(enhanced, line), after, "green")]
            table.add_row(*row[: 2 if corrected else 1])
    return table


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


def _by_line(edits: Sequence[Edit]) -> dict[int, list[Edit]]:
    found: dict[int, list[Edit]] = defaultdict(list)
    for edit in edits:
        found[edit.line].append(edit)
    return found


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _mark(line: str, spans: Spans, style: str) -> Text:
    marked = Text()
    for number, word in enumerate(line.split(" ")):
        chosen = style if any(first <= number < last for first, last in spans) else ""
        marked.append(" " if number else "").append(make_printable(word), style=chosen)
    return marked
