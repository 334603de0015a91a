"""The raw and the enhanced text side by side, what was changed in colour."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from invoicewatch.answers.records.texts import Piece, list_text_lines
from invoicewatch.answers.safe import make_printable
from invoicewatch.records import Invoice


def make_text_table(invoice: Invoice) -> Table:
    """The texts as a table: two columns where something was corrected, one where nothing was."""
    corrected = invoice.enhanced_text not in (None, invoice.raw_text)
    columns = 2 if corrected else 1
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("As read", ratio=1, overflow="fold")
    if corrected:
        table.add_column(
            f"Corrected ({len(invoice.edits)} edit{'s' * (len(invoice.edits) != 1)})", ratio=1, overflow="fold"
        )
    page = None
    for line in list_text_lines(invoice):
        if page not in (None, line.page):
            table.add_row(*[Text(f"— page {line.page} —", style="dim")] * columns)
        page = line.page
        table.add_row(*[_mark(line.raw, "red strike"), _mark(line.enhanced, "green")][:columns])
    return table


def _mark(pieces: Sequence[Piece], style: str) -> Text:
    marked = Text()
    for number, piece in enumerate(pieces):
        marked.append(" " if number else "")
        marked.append(make_printable(piece.text), style="" if piece.position is None else style)
    return marked
