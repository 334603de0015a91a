"""Number and dates: as columns, as a table, as rows."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import (
    Block,
    beside,
    pad,
    rule_off,
    shade,
    space,
    stack,
)
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.blocks.grid import draw_grid
from invoicewatch.samples.free.blocks.pairs import add_colon, list_meta


def make_meta(draft: Draft, width: float, align: Align) -> Block:
    """Number and dates in a cell: beside one another, below one another or framed."""
    pairs = list_meta(draft)
    if not pairs:
        return space(0.0)
    style = draft.rng.choice(("edges", "columns", "columns", "lines", "lines", "above", "grid", "right"))
    hand = draft.hand
    if style == "lines":
        return hand.lines([f"{add_colon(draft, label)} {value}" for label, value in pairs], width, align).named("meta")
    if style == "above":
        small = hand.resize(0.8)
        blocks = [
            b for label, value in pairs for b in (small.line(label, room=width), hand.line(value, room=width), space(3))
        ]
        return stack(blocks, align=align).named("meta")
    if style == "edges":
        return stack([hand.pair(add_colon(draft, label), value, width) for label, value in pairs]).named("meta")
    if style == "grid":
        half = width / 2
        rows = [(hand.line(label, room=half - 8), hand.line(value, room=half - 8)) for label, value in pairs]
        return draw_grid(rows, (half, half), ("left", draft.rng.choice(("left", "right")))).named("meta")
    labels = [hand.line(add_colon(draft, label), bold=style == "right", room=width * 0.55) for label, _ in pairs]
    values = [hand.line(value, room=width * 0.42) for _, value in pairs]
    first = max(block.width for block in labels) + hand.size * 0.8
    sides: tuple[Align, Align] = ("right" if style == "right" else "left", "left")
    rows_block = [beside(row, (first - 4, width - first), sides, 4) for row in zip(labels, values, strict=True)]
    return stack(rows_block).named("meta")


def make_wide_meta(draft: Draft, width: float) -> Block:
    """Number and dates across the page: a table of one row, cells on grey, or a line of pairs."""
    pairs = list_meta(draft, 6) or [(draft.say("date"), draft.date(draft.bill.spec.issue_date))]
    cell = width / len(pairs)
    hand, small = draft.hand, draft.hand.resize(0.85)
    style = draft.rng.choice(("grid", "grey", "dark", "open", "run"))
    if style == "run":
        text = draft.rng.choice(("   ", " | ", "  -  ")).join(
            f"{add_colon(draft, label)} {value}" for label, value in pairs
        )
        return hand.paragraph(text, width).named("meta-row")
    sides: list[Align] = [draft.rng.choice(("left", "centre"))] * len(pairs)
    head_hand = small.ink(255) if style == "dark" else small
    heads = [pad(head_hand.line(label, bold=style != "open", room=cell - 8), 4, 2) for label, _ in pairs]
    values = [pad(hand.line(value, room=cell - 8), 4, 2) for _, value in pairs]
    if style == "grid":
        return draw_grid([heads, values], [cell] * len(pairs), sides, inset=0).named("meta-row")
    top = beside(heads, [cell] * len(pairs), sides)
    bottom = beside(values, [cell] * len(pairs), sides)
    if style != "open":
        top = shade(top, 40 if style == "dark" else 225)
    return stack([top, bottom, rule_off(width)]).named("meta-row")
