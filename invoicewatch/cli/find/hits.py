"""Search results and lists: a table that fits the terminal, JSON lines, or CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from invoicewatch.answers.find.as_json import hit_to_json
from invoicewatch.answers.find.as_rows import COLUMNS, make_rows
from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.render import make_console, money_text, plain, status_text
from invoicewatch.records.as_json import dump_json
from invoicewatch.store.search.find import Found, Hit

if TYPE_CHECKING:
    from rich.console import JustifyMethod

    from invoicewatch.store.search.snippet import Snippet

_TITLES = ("ID", "Date", "Seller, number, match", "Total", "Status")
_WIDE = 2
_NARROWEST = 16
_GAP = 2
_BEFORE_MATCH = 24
GUESS = "?"
"""Behind a value that is a guess."""


def print_table(found: Found, *, first: int) -> None:
    """A table for people; ``first`` is the number of the first row among all results."""
    console = make_console()
    if found.hits:
        console.print(_make_table(found.hits, console.width))
    console.print(Text(describe(found, first=first), style="dim"))


def _make_table(hits: Sequence[Hit], width: int) -> Table:
    """The widest column takes what the others leave, and its lines are cut rather than wrapped."""
    rows = [_cells(hit) for hit in hits]
    others = [max(cell_len(title), *(row[n].cell_len for row in rows)) for n, title in enumerate(_TITLES) if n != _WIDE]
    left = max(_NARROWEST, width - sum(others) - _GAP * len(others))
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    for number, title in enumerate(_TITLES):
        justify: JustifyMethod = "right" if title in {"ID", "Total"} else "left"
        table.add_column(title, justify=justify, no_wrap=number != _WIDE)
    for row in rows:
        row[_WIDE] = Text("\n").join(_cut(line, left) for line in row[_WIDE].split("\n"))
        table.add_row(*row)
    return table


def _cut(line: Text, width: int) -> Text:
    line.truncate(width, overflow="ellipsis")
    return line


def _cells(hit: Hit) -> list[Text]:
    one = hit.summary
    return [
        Text(str(one.id), style="cyan"),
        _describe_date(hit),
        _describe_hit(hit),
        _describe_total(hit),
        status_text(one.status),
    ]


def _describe_date(hit: Hit) -> Text:
    day = hit.summary.issue_date
    text = plain(day.isoformat() if day else None)
    return text.append(GUESS, style="yellow") if day and "issue_date" in hit.summary.doubtful_fields else text


def _describe_total(hit: Hit) -> Text:
    one = hit.summary
    text = money_text(one.total, one.currency, verified=one.verified)
    if one.total is not None and not one.verified and {"total", "currency"} & {*one.doubtful_fields}:
        text.right_crop(1)
        text.append(GUESS, style="yellow")
    return text


def _describe_hit(hit: Hit) -> Text:
    """Seller and number, or the file's name where neither was found; the matching line below."""
    one = hit.summary
    text = Text(make_printable(one.seller_name or one.file_name), style="bold" if one.seller_name else "italic")
    if one.seller_name and "seller_name" in one.doubtful_fields:
        text.append(GUESS, style="yellow not bold")
    if one.invoice_number:
        text.append(f"  {make_printable(one.invoice_number)}", style="not bold")
        if "invoice_number" in one.doubtful_fields:
            text.append(GUESS, style="yellow not bold")
    if one.part is not None:
        text.append(f"  part {one.part.number} of {one.part.count}", style="dim not bold not italic")
    if hit.snippet is not None:
        text.append("\n").append_text(_mark(hit.snippet))
    return text


def _mark(snippet: Snippet) -> Text:
    """The line with its matches marked, cut so that the first one is in sight."""
    start = snippet.spans[0][0] if snippet.spans else 0
    cut = start - _BEFORE_MATCH if start > 2 * _BEFORE_MATCH else 0
    line = Text(("…" if cut else "") + make_printable(snippet.line[cut:]), style="dim not bold")
    shift = (1 if cut else 0) - cut
    for begin, end in snippet.spans:
        line.stylize("not dim yellow", begin + shift, end + shift)
    return line


def describe(found: Found, *, first: int) -> str:
    """What the table shows of how much."""
    if not found.hits:
        text = "nothing found" if first == 1 else "no more results"
    else:
        text = f"{first} to {first + len(found.hits) - 1}" + (", more with --page" if found.more else "")
    if not found.complete:
        text += "; only the newest matches of a very common word were looked at: add a word or a filter"
    return text


def print_json(found: Found) -> None:
    """One object a line."""
    for hit in found.hits:
        sys.stdout.write(dump_json(hit_to_json(hit)) + "\n")


def print_csv(found: Found) -> None:
    """A header, then one row a record; texts cannot become formulas."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(make_rows(found.hits))
