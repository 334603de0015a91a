"""Office paper by chance: which piece stands where on an invoice or a credit note."""

from __future__ import annotations

from random import Random

from invoicewatch.samples.files.fonts import Face
from invoicewatch.samples.free.blocks.address import make_contact
from invoicewatch.samples.free.blocks.base import Block, pad, shade, space, stack
from invoicewatch.samples.free.blocks.brand import make_brand, make_details
from invoicewatch.samples.free.blocks.draft import Draft, Maker
from invoicewatch.samples.free.blocks.hand import Hand
from invoicewatch.samples.free.blocks.meta import (
    make_meta,
)
from invoicewatch.samples.free.blocks.notes import (
    make_bank,
    make_foot,
)
from invoicewatch.samples.free.blocks.sums import make_sum_rows
from invoicewatch.samples.free.blocks.table import make_table
from invoicewatch.samples.free.invent.bill import Bill
from invoicewatch.samples.free.papers.flow import Flow, Frame, Page
from invoicewatch.samples.free.papers.head import make_head
from invoicewatch.samples.free.papers.tail import make_tail

_FACES = (
    (Face.SANS, Face.SANS_BOLD),
    (Face.SANS, Face.SANS_BOLD),
    (Face.SERIF, Face.SERIF_BOLD),
    (Face.MONO, Face.MONO_BOLD),
)
_A5 = (420.0, 595.0)


def draw_paper(bill: Bill, rng: Random) -> tuple[tuple[Page, ...], dict[str, str]]:
    """Set one document on as many pages as it needs; returns them and what was told."""
    draft = _start(bill, rng)
    frame = _make_frame(draft)
    flow = Flow(frame, draft)
    gap = rng.choice((8.0, 12.0, 18.0, 26.0))
    for block in make_head(draft, frame.column):
        flow.add(block, gap)
    table = make_table(draft, frame.column)
    flow.add_table(table, gap, carries=draft.chance(0.6))
    summed = table.last > 0 and draft.chance(0.3 if table.gridded else 0.12)
    if summed:
        flow.add(make_sum_rows(draft, frame.column, table.last, gridded=table.gridded))
    tail = make_tail(draft, frame.column, summed=summed)
    tail_gap = rng.choice((6.0, 10.0, 16.0))
    if draft.chance(0.2):
        flow.push_down(sum(block.height + tail_gap for block in tail) + 4)
    for block in tail:
        flow.add(block, tail_gap)
    return flow.finish(rng.choice(("top", "bottom", "bottom", ""))), draft.told


def _start(bill: Bill, rng: Random) -> Draft:
    face, bold = rng.choice(_FACES)
    size = rng.choice((8.0, 8.5, 9.0, 9.5, 10.0)) - (1.0 if face is Face.MONO else 0.0)
    hand = Hand(face, bold, size, rng.choice((1.25, 1.3, 1.4, 1.5)))
    draft = Draft(bill, hand, rng)
    draft.name_at = rng.choices(("head", "foot", "terms", "payable"), (74, 12, 6, 8))[0]
    draft.signs = rng.choices(("all", "total", "head", "none"), (25, 45, 20, 10))[0]
    draft.colon = rng.choice((":", ":", ":", "", "", " :"))
    draft.ids_at = rng.choices(("head", "foot", "terms", "none"), (30, 45, 15, 10))[0]
    return draft


def _make_frame(draft: Draft) -> Frame:
    rng = draft.rng
    small = draft.chance(0.06)
    width, height = _A5 if small else draft.bill.place.paper
    margin = rng.choice((24.0, 30.0) if small else (34.0, 42.0, 50.0, 58.0))
    left, column = margin, width - 2 * margin
    panel, panel_x = space(0.0), 0.0
    if not small and draft.chance(0.17):
        panel_width = rng.choice((128.0, 145.0, 160.0))
        panel = _make_panel(draft, panel_width, height)
        column = width - panel_width - 16 - 34
        left, panel_x = (panel_width + 16, 0.0) if draft.chance(0.65) else (34.0, width - panel_width)
    needs_foot = draft.name_at == "foot" or draft.ids_at == "foot"
    foot = make_foot(draft, column) if needs_foot or draft.chance(0.3) else space(0.0)
    bottom = height - rng.choice((30.0, 40.0)) - foot.height - 8
    return Frame(width, height, left, rng.choice((32.0, 44.0, 56.0)), column, bottom, foot, panel, panel_x)


def _make_panel(draft: Draft, width: float, height: float) -> Block:
    """A coloured strip from top to bottom with some of what would stand in head and foot."""
    dark = draft.chance(0.4)
    hand = draft.hand
    draft.hand = hand.ink(255) if dark else hand
    inner = width - 24
    makers: list[Maker] = [make_brand, make_details]
    makers += draft.rng.sample([make_meta, make_contact, make_bank], draft.rng.randint(0, 2))
    if draft.chance(0.3):
        draft.rng.shuffle(makers)
    blocks = [make(draft, inner, "left") for make in makers if not dark or make is not make_bank]
    draft.hand = hand
    body = pad(stack(blocks, gap=draft.rng.choice((16.0, 30.0, 50.0))), 12, 40)
    return shade(Block(width, height, body.marks, body.parts), 50 if dark else 228)
