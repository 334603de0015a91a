"""One record for people: head, fields with their evidence, texts side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from invoicewatch.answers.safe import make_printable
from invoicewatch.cli.find.items import list_item_tables
from invoicewatch.cli.find.texts import describe_doubts, make_text_table
from invoicewatch.cli.render import make_console, plain, status_text
from invoicewatch.records import Alternative, Box, Code, Field, Invoice, PageWords, Source, Status, format_value
from invoicewatch.store.records.query import HumanEntry, StoredInvoice
from invoicewatch.store.records.refused import KeptRefusal

if TYPE_CHECKING:
    from rich.console import Console

_SURE = 0.9
_ROUNDING = 1e-6  # 0.29 times 100 is a little less than 29
_DOUBTFUL = 0.6
_CODE_CHARS = 60  # of an unknown code's text


def print_invoice(
    stored: StoredInvoice,
    twins: Sequence[int],
    refusals: Sequence[KeptRefusal],
    *,
    with_text: bool,
    words: Sequence[PageWords] = (),
) -> None:
    """Print a record on standard output.

    Args:
        stored: The record.
        twins: The records that look like other scans of it.
        refusals: What people refused of its edits.
        with_text: Whether its texts are printed as well, with what stayed in doubt in them.
        words: Those of its pages.
    """
    console = make_console()
    invoice = stored.invoice
    console.print(_make_head(stored, invoice, twins))
    if any(invoice.fields.values()):
        console.print()
        console.print(_make_fields(invoice))
    for table in list_item_tables(invoice):
        console.print()
        console.print(table)
    doubts = "Needs your eye" if invoice.status is Status.NEEDS_REVIEW else "Needed an eye"
    for title, lines in ((doubts, invoice.reasons), ("Notes", invoice.notes)):
        for line in lines:
            console.print(Text(f"{title}: ", style="yellow").append_text(plain(line)))
    for code in invoice.codes:
        console.print(Text("Code: ", style="cyan").append_text(plain(_describe_code(code))))
    for entry in stored.entries:
        console.print(Text("Entered: ", style="cyan").append_text(plain(_describe_entry(entry))))
    for refusal in refusals:
        if refusal.stands:
            console.print(
                Text(f"Refused edit {refusal.id}: ", style="cyan").append_text(plain(_describe_refusal(refusal)))
            )
    if with_text and invoice.raw_text:
        _print_texts(console, invoice, words)


def _print_texts(console: Console, invoice: Invoice, words: Sequence[PageWords]) -> None:
    for doubt in describe_doubts(words):
        console.print(Text("Left in doubt: ", style="yellow").append_text(plain(doubt)))
    console.print()
    console.print(make_text_table(invoice, words))


def _make_head(stored: StoredInvoice, invoice: Invoice, twins: Sequence[int]) -> Table:
    head = Table.grid(padding=(0, 2))
    head.add_column(style="dim", no_wrap=True)
    head.add_column(overflow="fold")
    head.add_row(
        "Invoice", Text(str(stored.id), style="bold cyan").append("  ").append_text(status_text(invoice.status))
    )
    head.add_row("File", plain(stored.stored_path or invoice.path))
    if stored.stored_path:
        head.add_row("Came as", plain(invoice.path))
    head.add_row("Arrived", plain(f"{stored.arrived.astimezone():%Y-%m-%d %H:%M}"))
    if invoice.part is not None:
        head.add_row("Part", Text(f"{invoice.part.number} of {invoice.part.count} in this file: {invoice.part.span}"))
    pages = f"{len(invoice.page_sizes)} page{'s' * (len(invoice.page_sizes) != 1)}, {invoice.media_type}"
    head.add_row("Read by", plain(", ".join(filter(None, (pages, invoice.engine, invoice.model)))))
    run = f", run {stored.run}" if stored.run > 1 else ""
    head.add_row("Took", plain(f"{invoice.timings.total_s:.1f} s{run}"))
    if invoice.validation is not None:
        head.add_row("E-invoice", plain(invoice.validation.words))
    if invoice.signature is not None:
        head.add_row("Signature", plain(invoice.signature.words))
    if twins:
        head.add_row("Same as", Text(f"{', '.join(f'#{twin}' for twin in twins)}: another scan of it, it seems"))
    if invoice.error is not None:
        head.add_row("Error", Text(make_printable(f"{invoice.error.message} {invoice.error.remedy}"), style="red"))
    return head


def _make_fields(invoice: Invoice) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Field", no_wrap=True)
    table.add_column("Value and evidence", ratio=1, overflow="fold")
    table.add_column("Sure", justify="right", no_wrap=True)
    for name, field in invoice.fields.items():
        if field is not None:
            table.add_row(Text(make_printable(name.replace("_", " "))), describe_field(field), _sureness(field))
    missing = [name.replace("_", " ") for name, field in invoice.fields.items() if field is None]
    if missing:
        table.add_row(Text("not found", style="dim"), Text(make_printable(", ".join(missing)), style="dim"), Text(""))
    return table


def describe_field(field: Field) -> Text:
    """The value, and below it where it comes from and what else it might be."""
    text = plain(format_value(field.value), style="bold")
    if field.doubtful:
        text.append("  a guess", style="yellow not bold")
    parts = [str(field.source), field.method, _place(field.page, field.box), field.xpath]
    text.append(f"\n{make_printable(', '.join(filter(None, parts)))}", style="dim not bold")
    if field.text and field.text != format_value(field.value):
        text.append(f"\n“{make_printable(field.text)}”", style="dim not bold")
    for other in field.alternatives:
        text.append(f"\n{_describe_other(other)}", style="dim italic not bold")
    return text


def _describe_other(other: Alternative) -> str:
    parts = (f"or {format_value(other.value)} ({other.confidence:.0%})", _place(other.page, other.box))
    return make_printable(", ".join(filter(None, parts)))


def _place(page: int | None, box: Box | None) -> str:
    """Where on the page, as per cent from its top left corner: what a person can point at."""
    if page is None:
        return ""
    if box is None:
        return f"page {page}"
    x, y = box.middle
    return f"page {page} at {x:.0%} across, {y:.0%} down"


def _describe_code(code: Code) -> str:
    """What it was taken for, or how it begins, and where it stands."""
    begins = " ".join(code.text.split())[:_CODE_CHARS]
    fault = f"gives nothing: {code.fault}" if code.fault else ""
    return ", ".join(filter(None, (code.taken_for or f"“{begins}”", fault, _place(code.page, code.box))))


def _describe_entry(entry: HumanEntry) -> str:
    what = "taken back" if entry.withdrawn else f"{entry.before or 'none'} -> {entry.value or 'none'}"
    return f"{entry.name.replace('_', ' ')}: {what}, by {entry.who}, {entry.entered.astimezone():%Y-%m-%d %H:%M}"


def _describe_refusal(kept: KeptRefusal) -> str:
    what = f"“{kept.refusal.before}” stays, not “{kept.refusal.after}”"
    return f"{what}, by {kept.who}, {kept.entered.astimezone():%Y-%m-%d %H:%M}"


def _sureness(field: Field) -> Text:
    colour = "green" if field.confidence >= _SURE else "yellow" if field.confidence >= _DOUBTFUL else "red"
    text = Text("by hand" if field.source is Source.HUMAN else _say_percent(field.confidence), style=colour)
    return text.append(" ✓" if field.verified else "  ", style="green")


def _say_percent(confidence: float) -> str:
    """Whole percents, rounded down: what is all but certain is not shown as certain."""
    return f"{math.floor(confidence * 100 + _ROUNDING)}%"
