"""Everything above the items: which cells stand in which row."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.address import make_buyer, make_contact, make_remit_to, make_sender, make_ship_to
from invoicewatch.samples.free.blocks.base import Block, beside
from invoicewatch.samples.free.blocks.brand import make_brand, make_details
from invoicewatch.samples.free.blocks.draft import Draft, Maker
from invoicewatch.samples.free.blocks.meta import (
    make_meta,
    make_wide_meta,
)
from invoicewatch.samples.free.blocks.notes import (
    make_stamp,
)
from invoicewatch.samples.free.blocks.title import (
    make_banner,
    make_due_box,
    make_letter_date,
    make_sentence,
    make_title,
)

_ALIGNS: tuple[Align, ...] = ("left", "left", "left", "right", "centre")


def make_head(draft: Draft, width: float) -> list[Block]:
    """Everything above the items, in rows of one to three cells."""
    rows = _choose_rows(draft)
    blocks = []
    for row in rows:
        gap = 14.0
        shares = [draft.rng.choice((1.0, 1.0, 1.3, 1.6)) for _ in row]
        widths = [(width - gap * (len(row) - 1)) * share / sum(shares) for share in shares]
        aligns: list[Align] = ["left"] * len(row)
        if len(row) == 1:
            aligns = [draft.rng.choice(_ALIGNS)]
        elif draft.chance(0.5):
            aligns[-1] = "right"
        cells = [make(draft, cell, side) for make, cell, side in zip(row, widths, aligns, strict=True)]
        blocks.append(beside(cells, widths, aligns, gap))
    blocks += _make_wide(draft, width)
    return blocks


def _choose_rows(draft: Draft) -> list[list[Maker]]:
    """Which cells stand in which row: the seller's most often first, all else by chance."""
    rng = draft.rng
    own: list[Maker] = []
    panelled = "brand" in draft.drawn
    if not panelled or draft.chance(0.15):
        own.append(make_brand)
    if draft.chance(0.1 if panelled else 0.7):
        own.append(make_details)
    if not panelled and draft.name_at == "head" and draft.chance(0.12):
        own = [make_sender]
    rest: list[Maker] = [make_buyer]
    if draft.bill.spec.labels["title"] and draft.chance(0.9):
        rest.append(make_title)
    if draft.chance(0.7):
        rest.append(make_meta)
    rest += [
        make
        for make, probability in ((make_ship_to, 0.2), (make_contact, 0.15), (make_due_box, 0.08), (make_stamp, 0.08))
        if draft.chance(probability)
    ]
    if draft.name_at == "head" and draft.chance(0.06):
        rest.append(make_remit_to)
    if "issue_date" not in draft.told and make_meta not in rest and draft.chance(0.3):
        rest.append(make_letter_date)
    rng.shuffle(rest)
    if make_meta in rest and make_title in rest and draft.chance(0.6):
        rest.remove(make_title)
        rest.insert(rest.index(make_meta), make_title)
    place = 0 if draft.chance(0.8) else rng.randint(0, len(rest))
    cells = [*rest[:place], *own, *rest[place:]]
    rows: list[list[Maker]] = []
    while cells:
        count = rng.choice((1, 2, 2, 2, 3))
        rows.append(cells[:count])
        del cells[:count]
    return rows


def _make_wide(draft: Draft, width: float) -> list[Block]:
    """What the cells of the head have left to say, across the page."""
    spec = draft.bill.spec
    blocks = []
    if "seller_name" not in draft.told and draft.name_at == "head":
        blocks.append(make_brand(draft, width, "left"))
    untold = {"invoice_number", "issue_date"} - set(draft.told)
    if len(untold) == 2 and draft.chance(0.35):
        return [*blocks, make_sentence(draft, width)]
    if "invoice_number" in untold and "title" not in draft.drawn and draft.chance(0.6):
        blocks.append(make_banner(draft, width))
        untold.discard("invoice_number")
    if untold or (spec.due_date and "due_date" not in draft.told and draft.chance(0.5)):
        blocks.append(make_wide_meta(draft, width) if draft.chance(0.7) else make_meta(draft, min(width, 260), "left"))
    return blocks
