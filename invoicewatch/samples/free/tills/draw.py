"""Receipts by chance: which part follows which on a roll."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from invoicewatch.samples.files.fonts import Face
from invoicewatch.samples.files.sheet import Align, Sheet
from invoicewatch.samples.free.blocks.base import Block, pad, set_in, space, stack
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.blocks.hand import Hand
from invoicewatch.samples.free.blocks.sums import make_sums, make_tax_table
from invoicewatch.samples.free.invent.bill import Bill
from invoicewatch.samples.free.papers.flow import Page
from invoicewatch.samples.free.tills.head import divide, make_facts, make_heading, make_shop
from invoicewatch.samples.free.tills.items import make_items
from invoicewatch.samples.free.tills.payment import (
    make_barcode,
    make_card_slip,
    make_closing,
    make_loyalty,
    make_payment,
    make_survey,
    make_tips,
)

_FACES = (
    (Face.MONO, Face.MONO_BOLD),
    (Face.MONO, Face.MONO_BOLD),
    (Face.SANS, Face.SANS_BOLD),
    (Face.SERIF, Face.SERIF_BOLD),
)
_WIDTHS = (164.0, 190.0, 216.0, 227.0)  # 58 to 80 mm


def draw_till(bill: Bill, rng: Random) -> tuple[tuple[Page, ...], dict[str, str]]:
    """Print one document on a roll as long as its text; returns the page and what was told."""
    paper = rng.choice(_WIDTHS)
    margin = rng.choice((9.0, 12.0, 16.0))
    width = paper - 2 * margin
    draft = _start(bill, rng, paper)
    body = stack([*_make_top(draft, width), *_make_middle(draft, width), *_make_bottom(draft, width)])
    whole = pad(body, margin, 16.0)
    sheet = Sheet(paper, whole.height, whole.marks)
    return (Page(sheet, whole.parts),), draft.told


def _start(bill: Bill, rng: Random, paper: float) -> Draft:
    face, bold = rng.choice(_FACES)
    size = (7.6 if face is Face.MONO else 8.6) * (0.9 if paper < 180 else 1.0) * rng.choice((0.95, 1.0, 1.1))
    draft = Draft(bill, Hand(face, bold, size, rng.choice((1.25, 1.3, 1.4))), rng)
    draft.name_at = rng.choices(("head", "foot", "payable"), (86, 12, 2))[0]
    draft.signs = rng.choices(("all", "total", "none"), (22, 50, 28))[0]
    draft.colon = rng.choice((":", ":", "", " :"))
    draft.ids_at = rng.choices(("head", "foot", "none"), (55, 25, 20))[0]
    return draft


def _make_top(draft: Draft, width: float) -> list[Block]:
    align: Align = draft.rng.choice(("centre", "centre", "centre", "left"))
    shop = make_shop(draft, width, align)
    heading = make_heading(draft, width)
    late = draft.chance(0.12)
    facts = [] if late else make_facts(draft, width)
    air = space(draft.hand.size * draft.rng.choice((0.3, 0.8, 1.4)))
    parts = [*heading, *shop] if draft.chance(0.12) else [*shop, *heading]
    return [*(block for part in parts for block in (part, air)), *facts, divide(draft, width)]


def _make_middle(draft: Draft, width: float) -> list[Block]:
    blocks = [*make_items(draft, width), divide(draft, width), make_sums(draft, width)]
    if draft.chance(0.25):
        text = f"{sum((item.quantity for item in draft.bill.goods), Decimal(0)).normalize():f}"
        if text.isdigit():
            counted = draft.hand.pair(draft.label("items_sold"), text, width).named("count")
            blocks.insert(draft.rng.choice((2, 3)), counted)
    if draft.chance(0.12):
        saved = draft.hand.pair(draft.say("saved"), draft.bill.spec.money.write_bare(draft.bill.spec.total / 10), width)
        blocks.append(saved.named("saved"))
    return blocks


def _make_bottom(draft: Draft, width: float) -> list[Block]:
    """Payment and tax first or second, the rest in any order, the closing last but for bars."""
    rng, spec = draft.rng, draft.bill.spec
    paid = [*make_payment(draft, width)]
    if draft.chance(0.45):
        paid += make_card_slip(draft, width)
    taxes = [line for line in spec.tax_lines if line.rate]
    table = []
    if taxes and draft.chance(0.45 if spec.prices_include_tax else 0.15):
        head = [draft.hand.line(draft.say("tax_summary"), room=width)] if draft.chance(0.6) else []
        table = [set_in(stack([*head, make_tax_table(draft, width)]), width, "left")]
    groups = [group for group in (paid, table) if group]
    if draft.chance(0.3):
        groups.reverse()
    extras = [make for make, odds in ((make_tips, 0.5), (make_loyalty, 0.15), (make_survey, 0.2)) if draft.chance(odds)]
    rng.shuffle(extras)
    groups += [group for make in extras if (group := make(draft, width))]
    if "issue_date" not in draft.told:
        groups.append(make_facts(draft, width))
    groups.append(make_closing(draft, width))
    if draft.chance(0.3):
        groups.append(make_barcode(draft, width))
    blocks: list[Block] = []
    for group in groups:
        blocks += [space(3.0) if draft.chance(0.4) else divide(draft, width), *group]
    return blocks
