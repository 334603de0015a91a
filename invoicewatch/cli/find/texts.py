"""The raw and the enhanced text side by side, what was changed in colour."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from invoicewatch.answers.records.doubts import Doubt, list_doubts
from invoicewatch.answers.records.texts import Piece, list_text_lines
from invoicewatch.answers.safe import make_printable
from invoicewatch.records import Invoice, PageWords

_MOST_DOUBTS = 12


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
    doubts = sorted(list_doubts(words), key=lambda each: each.lattice.sureness)
    shown = sorted(doubts[:_MOST_DOUBTS], key=lambda each: (each.page, each.line, each.lattice.first))
    lines = [_describe_doubt(doubt) for doubt in shown]
    more = len(doubts) - len(shown)
    return [*lines, f"{more} more, marked in the text"] if more else lines


def _describe_doubt(doubt: Doubt) -> str:
    read, *others = [f"“{path.text}” ({path.probability:.0%})" for path in (doubt.read, *doubt.told)]
    else_it_may_be = f" or {', '.join(others)}" if others else ""
    return f"{read}{else_it_may_be}, page {doubt.page}, seen by {' and '.join(doubt.engines)}"


def _mark(pieces: Sequence[Piece], style: str) -> Text:
    marked = Text()
    for number, piece in enumerate(pieces):
        marked.append(" " if number else "")
        if piece.doubt is not None:
            marked.append_text(_mark_doubt(piece.doubt))
        else:
            marked.append(make_printable(piece.text), style="" if piece.position is None else style)
    return marked


def _mark_doubt(doubt: Doubt) -> Text:
    """What was read, with the characters that are in doubt in bold."""
    marked = Text(style="yellow")
    for run, doubtful in doubt.cut():
        marked.append(make_printable(run), style="bold" if doubtful else "")
    return marked
