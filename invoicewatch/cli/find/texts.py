"""The raw and the enhanced text side by side, what was changed in colour."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from invoicewatch.answers.records.texts import Piece, list_doubts, list_text_lines, rate_characters
from invoicewatch.answers.safe import make_printable
from invoicewatch.records import Invoice, Lattice, PageWords
from invoicewatch.records.page_words import DOUBTFUL

_MOST_DOUBTS = 12
_MOST_OTHERS = 4  # texts that words in doubt may be, with what was read


def make_text_table(invoice: Invoice, words: Sequence[PageWords] = ()) -> Table:
    """The texts as a table: two columns where something was corrected, one where nothing was.

    What stayed in doubt by the ``words`` of its pages is marked, too.
    """
    corrected = invoice.enhanced_text not in (None, invoice.raw_text)
    columns = 2 if corrected else 1
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("As read", ratio=1, overflow="fold")
    if corrected:
        table.add_column(
            f"Corrected ({len(invoice.edits)} edit{'s' * (len(invoice.edits) != 1)})", ratio=1, overflow="fold"
        )
    page = None
    for line in list_text_lines(invoice, words):
        if page not in (None, line.page):
            table.add_row(*[Text(f"— page {line.page} —", style="dim")] * columns)
        page = line.page
        table.add_row(*[_mark(line.raw, "red strike"), _mark(line.enhanced, "green")][:columns])
    return table


def describe_doubts(words: Sequence[PageWords]) -> list[str]:
    """What was left as it was read though the engines are in doubt, a line each, the doubtfullest of many."""
    doubts = sorted(list_doubts(words), key=lambda each: each[2].sureness)
    shown = sorted(doubts[:_MOST_DOUBTS], key=lambda each: (*each[:2], each[2].first))
    lines = [f"{_describe_doubt(lattice)}, page {page}" for page, _, lattice in shown]
    more = len(doubts) - len(shown)
    return [*lines, f"{more} more, marked in the text"] if more else lines


def _describe_doubt(lattice: Lattice) -> str:
    read, *others = [f"“{path.text}” ({math.exp(path.log_probability):.0%})" for path in lattice.paths[:_MOST_OTHERS]]
    return f"{read} or {', '.join(others)}"


def _mark(pieces: Sequence[Piece], style: str) -> Text:
    marked = Text()
    for number, piece in enumerate(pieces):
        marked.append(" " if number else "")
        if piece.doubt is not None and piece.doubt.paths[0].text == piece.text:
            marked.append_text(_mark_doubt(piece.doubt))
        else:
            marked.append(make_printable(piece.text), style="" if piece.position is None else style)
    return marked


def _mark_doubt(doubt: Lattice) -> Text:
    """What was read, with the characters that are in doubt in bold."""
    marked = Text(style="yellow")
    for sign, rate in zip(doubt.paths[0].text, rate_characters(doubt), strict=True):
        marked.append(make_printable(sign), style="bold" if rate < DOUBTFUL else "")
    return marked
