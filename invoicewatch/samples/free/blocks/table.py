"""The items of an invoice: which columns, in which order, under which heads, with or without lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from invoicewatch.samples.free.blocks.base import Block, rule_off, set_in, shade, space, stack
from invoicewatch.samples.free.blocks.columns import INSET, Column, choose_columns, find_sign, list_writers, write_head
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.blocks.grid import lay_row, rule_cells
from invoicewatch.samples.invent.invoice import ZERO


@dataclass(frozen=True, slots=True)
class Table:
    """Rows ready to be set: the head, the rows, and the sum of the lines up to each row."""

    head: Block
    rows: tuple[Block, ...]
    sums: tuple[Decimal, ...]
    foot: Block
    last: float  # the width of the column of amounts where it is the last one, else 0
    gridded: bool


def make_table(draft: Draft, width: float) -> Table:
    """Set all items; pages are broken later."""
    glued = draft.chance(0.3)  # the unit stands behind the quantity and has no column
    writers = list_writers(draft, glued=glued)
    columns = choose_columns(draft, writers, width, glued=glued)
    style = draft.rng.choice(("dark", "bar", "lines", "lines", "grid", "grid", "none", "zebra"))
    extra = draft.rng.choice((0.0, 0.0, 0.3, 0.8))
    air = draft.rng.choice((0.0, 0.0, 2.0, 4.0))
    rows, sums, total = [], [], ZERO
    for number, item in enumerate(draft.bill.goods, 1):
        cells = [_write_cell(draft, column, writers[column.meaning](number, item), extra) for column in columns]
        row = lay_row(cells, [column.width for column in columns], [column.align for column in columns], INSET)
        if style == "grid":
            row = rule_cells(row, [cells], [column.width for column in columns], INSET)
        else:
            row = stack([row, space(air)])
        if style == "zebra" and number % 2:
            row = shade(row, 238)
        elif style == "lines" and draft.bill.spec.seed % 3 == 0:
            row = stack([row, rule_off(width, 0.3, 2)])
        rows.append(row.named("row"))
        total += draft.bill.spec.sign * item.amount
        sums.append(total)
    foot = space(2) if style in {"grid", "none"} else rule_off(width, 0.6, 4)
    last = columns[-1].width if columns[-1].meaning == "amount" and columns[-1].align == "right" else 0.0
    head = _make_head(draft, columns, style, width).named("head")
    return Table(head, tuple(rows), tuple(sums), foot, last, style == "grid")


def make_carry(draft: Draft, meaning: str, amount: Decimal, width: float) -> Block:
    """The sum carried from one page to the next, at the right."""
    text = f"{draft.say(meaning)}   {draft.bill.spec.money.write_bare(amount)}"
    return set_in(draft.hand.line(text, bold=draft.bill.spec.seed % 2 == 0), width - INSET, "right").named("carry")


def _make_head(draft: Draft, columns: list[Column], style: str, width: float) -> Block:
    if style == "none":
        if any(column.meaning == "price" for column in columns):
            style = "lines"
        else:
            return space(1)
    if draft.signs == "head" and any(column.meaning in {"amount", "price"} for column in columns):
        draft.tell("currency", find_sign(draft))
    hand = draft.hand.ink(255) if style == "dark" else draft.hand
    bold = style in {"dark", "bar", "zebra"} or draft.chance(0.5)
    cells = [
        hand.paragraph(write_head(draft, column.meaning), column.width - 2 * INSET, column.align, bold=bold)
        for column in columns
    ]
    widths = [column.width for column in columns]
    row = lay_row(cells, widths, [column.align for column in columns], INSET)
    if style == "grid":
        row = rule_cells(row, [cells], widths, INSET)
        return Block(row.width, row.height, row.marks)
    if style in {"dark", "bar"}:
        return shade(row, 40 if style == "dark" else 222)
    return stack([rule_off(width, 0.8, 3), row, rule_off(width, 0.8, 3)])


def _write_cell(draft: Draft, column: Column, text: str, extra: float) -> Block:
    room = column.width - 2 * INSET
    if column.meaning != "text":
        return draft.hand.line(text, room=room)
    body = draft.hand.paragraph(text, room)
    if draft.chance(extra):
        line = draft.rng.choice(draft.bill.wording.many["extra_lines"]).format(code=draft.rng.randint(10000, 99999))
        body = stack([body, draft.hand.resize(0.85).paragraph(line, room)])
    return body
