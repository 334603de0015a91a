"""What it comes to: rows of sums in the orders and shapes that they are met in."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import (
    Block,
    beside,
    frame,
    pad,
    place_blocks,
    rule_off,
    shade,
    space,
    stack,
)
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.blocks.grid import draw_grid, lay_row
from invoicewatch.samples.free.blocks.sum_rows import Sum, list_ending, list_rounding, list_sums, make_total
from invoicewatch.samples.invent.invoice import TaxLine


def make_sums(draft: Draft, width: float) -> Block:
    """The sums as rows; ``width`` is what they may take."""
    rows = list_sums(draft)
    style = draft.rng.choice(("edges", "edges", "edges", "columns", "grid", "dots", "lined", "boxed"))
    if style == "grid":
        return _draw_sum_grid(draft, rows, width).named("sums")
    blocks: list[Block] = []
    strong_style = draft.rng.choice(("bold", "bold", "big", "dark", "grey", "rule", "plain", "far"))
    for row in rows:
        if row.strong:
            blocks.append(_make_strong(draft, row, width, strong_style))
        elif style == "columns":
            label = draft.hand.line(row.label + draft.colon, room=width * 0.6)
            amount = draft.hand.line(row.amount, room=width * 0.38)
            blocks.append(beside([label, amount], (width * 0.6, width * 0.4), ("right", "right")))
        else:
            blocks.append(draft.hand.pair(row.label, row.amount, width, dots=style == "dots"))
        if style == "lined":
            blocks.append(rule_off(width, 0.3, 4))
    body = stack(blocks, gap=draft.rng.choice((0.0, 2.0, 5.0)))
    if style == "boxed":
        body = _squeeze(draft, rows, width)
    return body.named("sums")


def make_sum_rows(draft: Draft, width: float, last: float, *, gridded: bool) -> Block:
    """The sums as further rows of the table of items, their amounts in its ``last`` column."""
    rows = list_sums(draft)
    label_side: Align = draft.rng.choice(("right", "right", "left"))
    widths = (width - last, last)
    sides: tuple[Align, Align] = (label_side, "right")
    cells = [
        tuple(
            draft.hand.line(text, bold=row.strong, room=room - 6)
            for text, room in zip((row.label, row.amount), widths, strict=True)
        )
        for row in rows
    ]
    if gridded:
        return draw_grid(cells, widths, sides).named("sum-rows")
    return stack([lay_row(row, widths, sides) for row in cells]).named("sum-rows")


def make_sum_table(draft: Draft, width: float) -> Block:
    """The sums beside one another, each under its heading, in one row that ends with the total."""
    spec = draft.bill.spec
    pairs = []
    if spec.tax_total:
        net = draft.amount(spec.net_total, "net_total")
        tax = draft.amount(spec.tax_total, "tax_total")
        pairs = [(draft.say("net_head"), net), (draft.say("tax_head"), tax)]
        if len(spec.tax_lines) == 1 and draft.chance(0.6):
            pairs.insert(1, (draft.say("rate_head"), f"{draft.rate(spec.tax_lines[0].rate)} %"))
    if draft.bill.extras and draft.chance(0.5):
        label, item = draft.bill.extras[0]
        pairs.insert(0, (label, draft.amount(spec.sign * item.amount)))
    pairs += [(row.label, row.amount) for row in (*list_rounding(draft), make_total(draft), *list_ending(draft))]
    cell = width / len(pairs)
    hand = draft.hand.resize(0.9)
    side: Align = draft.rng.choice(("left", "right", "centre"))
    heads = [hand.paragraph(label, cell - 8, side, bold=draft.bill.spec.seed % 2 == 0) for label, _ in pairs]
    values = [
        draft.hand.line(amount, bold=number == len(pairs) - 1, room=cell - 8)
        for number, (_, amount) in enumerate(pairs)
    ]
    if draft.chance(0.5):
        return draw_grid([heads, values], [cell] * len(pairs), [side] * len(pairs), 4.0).named("sum-table")
    top = beside([pad(head, 4, 2) for head in heads], [cell] * len(pairs), [side] * len(pairs))
    bottom = beside([pad(value, 4, 2) for value in values], [cell] * len(pairs), [side] * len(pairs))
    top = shade(top, 225) if draft.chance(0.5) else stack([top, rule_off(width, 0.5, 3)])
    return stack([top, bottom, rule_off(width, 0.5, 3)]).named("sum-table")


def make_tax_table(draft: Draft, width: float) -> Block:
    """Net, tax and gross of each rate."""
    spec = draft.bill.spec
    meanings = ("rate_head", "net_head", "tax_head", "gross_head")
    with_gross = draft.chance(0.7)
    hand = draft.hand.resize(0.9)

    def write(line: TaxLine) -> list[str]:
        texts = [f"{draft.rate(line.rate)}%", draft.amount(line.base), draft.amount(line.tax)]
        return [*texts, draft.amount(line.base + line.tax)] if with_gross else texts

    texts = [[draft.say(meaning) for meaning in meanings[: 4 if with_gross else 3]]]
    texts += [write(line) for line in spec.tax_lines]
    cell = min(width / len(texts[0]), 90.0)
    sides: list[Align] = ["left", "right", "right"]
    if with_gross:
        sides.append("right")
    rows = [[hand.paragraph(text, cell - 6, side) for text, side in zip(texts[0], sides, strict=True)]]
    rows += [[hand.line(text, room=cell - 6) for text in row] for row in texts[1:]]
    if len(spec.tax_lines) == 1:
        draft.tell("net_total", texts[1][1])
        draft.tell("tax_total", texts[1][2])
    if draft.chance(0.4):
        return draw_grid(rows, [cell] * len(sides), sides).named("tax-table")
    body = [beside([pad(block, 3, 1) for block in row], [cell] * len(sides), sides) for row in rows]
    return stack([body[0], rule_off(body[0].width, 0.4, 3), *body[1:]]).named("tax-table")


def _make_strong(draft: Draft, row: Sum, width: float, style: str) -> Block:
    hand = draft.hand
    if style == "dark":
        return shade(pad(hand.ink(255).pair(row.label, row.amount, width - 8, bold=True), 4, 2), 30)
    if style == "grey":
        return shade(pad(hand.pair(row.label, row.amount, width - 8, bold=True), 4, 2), 222)
    if style == "rule":
        line = hand.pair(row.label, row.amount, width, bold=True)
        return stack([rule_off(width, 0.8, 5), line, rule_off(width, 0.8, 3), rule_off(width, 0.8, 2)])
    if style == "big":
        return hand.resize(1.3).pair(row.label, row.amount, width, bold=True)
    if style == "far":
        label, amount = (
            hand.line(row.label, bold=True, room=width),
            hand.resize(1.4).line(row.amount, bold=True, room=width),
        )
        return stack([space(2), label, place_blocks(width, amount.height, ((amount, width - amount.width, 0.0),))])
    return hand.pair(row.label, row.amount, width, bold=style == "bold")


def _draw_sum_grid(draft: Draft, rows: list[Sum], width: float) -> Block:
    first = width * 0.58
    cells = [
        (
            draft.hand.line(row.label, bold=row.strong, room=first - 8),
            draft.hand.line(row.amount, bold=row.strong, room=width - first - 8),
        )
        for row in rows
    ]
    sides: tuple[Align, Align] = (draft.rng.choice(("left", "right")), "right")
    return draw_grid(cells, (first, width - first), sides)


def _squeeze(draft: Draft, rows: list[Sum], width: float) -> Block:
    """The rows with a frame around them."""
    inner = width - 12
    lines = [draft.hand.pair(row.label, row.amount, inner, bold=row.strong) for row in rows]
    return frame(pad(stack(lines, gap=1.5), 6, 4), 0.8)
