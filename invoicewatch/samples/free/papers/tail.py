"""Everything below the items: sums, and what stands beside and under them."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import Block, Part, beside, space, stack
from invoicewatch.samples.free.blocks.brand import list_tax_ids
from invoicewatch.samples.free.blocks.draft import Draft, Maker
from invoicewatch.samples.free.blocks.notes import (
    make_bank,
    make_signature,
    make_slip,
    make_stamp,
    make_terms,
    make_thanks,
)
from invoicewatch.samples.free.blocks.sums import make_sum_table, make_sums, make_tax_table


def make_tail(draft: Draft, width: float, *, summed: bool) -> list[Block]:
    """Sums, unless the table ``summed`` up already, and what stands beside and below them."""
    rng = draft.rng
    blocks = []
    low: list[Maker] = [make_terms] if draft.name_at == "terms" or draft.chance(0.7) else []
    if draft.name_at == "payable" or draft.chance(0.4):
        low.append(make_bank)
    low += [
        make
        for make, odds in (
            (make_thanks, 0.5),
            (make_stamp, 0.0 if "stamp" in draft.drawn else 0.1),
            (make_signature, 0.12),
        )
        if draft.chance(odds)
    ]
    rng.shuffle(low)
    if not summed:
        blocks.append(make_sum_table(draft, width) if draft.chance(0.14) else _set_sums(draft, width, low))
    taxes = [line for line in draft.bill.spec.tax_lines if line.rate]
    if taxes and draft.chance(0.5 if len(taxes) > 1 else 0.12):
        blocks.insert(rng.randint(0, len(blocks)), make_tax_table(draft, width))
    side: Align = rng.choice(("left", "left", "centre"))
    if len(low) > 1 and draft.chance(0.3):
        half = (width - 16) / 2
        pair = [low.pop(0)(draft, half, "left"), low.pop(0)(draft, half, "left")]
        blocks.append(beside(pair, (half, half), ("left", "left"), 16))
    blocks += [stack([make(draft, width, side)], align=side, width=width) for make in low]
    if draft.ids_at == "terms":
        blocks.append(_write_ids(draft, width, side))
    if draft.name_at == "head" and draft.chance(0.08):
        blocks.append(make_slip(draft, width))
    return blocks


def _set_sums(draft: Draft, width: float, low: list[Maker]) -> Block:
    """The sums at the right, at the left, in the middle or across, with something beside them where there is room."""
    place = draft.rng.choice(("right", "right", "right", "right", "left", "centre", "across", "across"))
    share = 1.0 if place == "across" else draft.rng.choice((0.4, 0.46, 0.52, 0.6))
    share = max(share, min(1.0, 190 / width))
    sums = make_sums(draft, width * share)
    if place == "across" or share > 0.65:
        return sums
    if place == "centre":
        return stack([sums], align="centre", width=width)
    rest = width * (1 - share) - 16
    other = low.pop(0)(draft, rest, "left") if low and rest > 120 and draft.chance(0.5) else space(0.0)
    cells, widths = ([other, sums], [rest, sums.width]) if place == "right" else ([sums, other], [sums.width, rest])
    return beside(cells, widths, ("left", "left"), 16)


def _write_ids(draft: Draft, width: float, side: Align) -> Block:
    lines = list_tax_ids(draft)
    body = stack([draft.hand.lines(lines, width, side)] if lines else [space(0.0)], align=side, width=width)
    return Block(
        body.width, body.height, body.marks, (Part("ids", 0.0, 0.0, body.width, body.height),) if lines else ()
    )
