"""How it was paid, and what tills print after the sums."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from invoicewatch.samples.files.sheet import Align, Fill
from invoicewatch.samples.free.blocks.base import Block, frame, pad, set_in, space, stack
from invoicewatch.samples.free.blocks.brand import list_tax_ids
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.invent.goods import Trade
from invoicewatch.samples.invent.invoice import HUNDRED, round_cents


def make_payment(draft: Draft, width: float) -> list[Block]:
    """Cash and change, or the card."""
    spec = draft.bill.spec
    if spec.tendered is None:
        if draft.chance(0.15):
            return []
        masked = (
            f" {draft.rng.choice(('****', 'xxxx', '...'))}{draft.rng.randint(1000, 9999)}" if draft.chance(0.3) else ""
        )
        return [draft.hand.pair(draft.say("card") + masked, draft.amount(spec.total), width).named("payment")]
    rows = [draft.hand.pair(draft.say("cash"), draft.amount(spec.tendered), width)]
    if spec.tendered != spec.total or draft.chance(0.7):
        rows.append(
            draft.hand.pair(
                draft.say("change"), draft.amount(spec.tendered - spec.total), width, bold=draft.chance(0.2)
            )
        )
    return [stack(rows).named("payment")]


def make_card_slip(draft: Draft, width: float) -> list[Block]:
    """What the card's terminal adds: masked number, codes, expiry; never for cash."""
    spec, rng = draft.bill.spec, draft.rng
    if spec.tendered is not None:
        return []
    digits = rng.randint(1000, 9999)
    rows = [
        rng.choice((f"************{digits}", f"XXXX XXXX XXXX {digits}", f"#### #### #### {digits}")),
        f"{draft.label('terminal')} {rng.randint(10000000, 99999999)}",
        f"{draft.label('merchant')} {rng.randint(100000000, 999999999)}",
        f"{draft.label('auth')} {rng.randint(100000, 999999)}",
        f"AID: A000000{rng.randint(1000000, 9999999)}",
        f"{draft.label('expiry')} {rng.randint(1, 12):02d}/{rng.randint(27, 32)}",
        f"{draft.date(spec.issue_date)} {draft.bill.clock}",
    ]
    rows = [row for row in rows if draft.chance(0.65)]
    align: Align = rng.choice(("left", "left", "centre"))
    body = [set_in(draft.hand.line(row, room=width), width, align) for row in rows]
    total = draft.hand.pair(draft.say("sale"), draft.amount(spec.total), width)
    body.insert(rng.randint(0, len(body)), total)
    if draft.chance(0.7):
        body.append(set_in(draft.hand.line(draft.say("approved"), bold=draft.chance(0.4), room=width), width, "centre"))
    return [stack(body).named("card-slip")]


def make_tips(draft: Draft, width: float) -> list[Block]:
    """Proposals for a tip, or lines to write one on."""
    spec = draft.bill.spec
    if draft.bill.trade is not Trade.RESTAURANT or draft.bill.extras or spec.language != "en":
        return []
    if draft.chance(0.5):
        gap = "_" * 10
        lines = [f"{draft.label('tip')} {gap}", f"{draft.label('total_receipt')} {gap}"]
        return [stack([draft.hand.resize(1.1).line(line, room=width) for line in lines], gap=4).named("tips")]
    rows = [draft.hand.line(draft.say("suggested_tip"), room=width)]
    for percent in draft.rng.choice(((15, 18, 20), (10, 15), (18, 20, 22))):
        tip = draft.amount(round_cents(spec.net_total * Decimal(percent) / HUNDRED))
        rows.append(draft.hand.line(f"{percent}% = {tip}", room=width))
    return [stack([set_in(row, width, "centre") for row in rows]).named("tips")]


def make_loyalty(draft: Draft, width: float) -> list[Block]:
    """A customer's card and its points."""
    rows = [
        draft.hand.pair(draft.label("loyalty"), f"{draft.rng.randint(10**8, 10**9)}", width),
        draft.hand.pair(draft.label("points"), f"{draft.rng.randint(1, 950)}", width),
    ]
    return [stack(rows).named("loyalty")]


def make_survey(draft: Draft, width: float) -> list[Block]:
    """An invitation to tell one's opinion, by chance framed."""
    code = f"{draft.rng.randint(1000, 9999)}-{draft.rng.randint(1000, 9999)}-{draft.rng.randint(100, 999)}"
    text = draft.say("survey", web=draft.bill.spec.seller.website, code=code)
    inner = width - 12
    body = stack([draft.hand.paragraph(line, inner, "centre") for line in text.split("|")], align="centre", width=inner)
    return [(frame(pad(body, 6, 4)) if draft.chance(0.4) else set_in(body, width, "centre")).named("survey")]


def make_barcode(draft: Draft, width: float) -> list[Block]:
    """Bars of one to three modules, as tills print the receipt's number."""
    rng = Random(f"invoicewatch free barcode {draft.bill.spec.seed}")
    bars = []
    x = 0.0
    while x < width * 0.6:
        thick = rng.randint(1, 3) * 0.8
        bars.append(Fill(x, 0.0, x + thick, 26.0, 0))
        x += thick + rng.randint(1, 3) * 0.8
    return [set_in(Block(x + 3, 30.0, tuple(bars)), width, "centre").named("barcode")]


def make_closing(draft: Draft, width: float) -> list[Block]:
    """Thanks, how to return goods, and the seller's name where it stands in the foot."""
    seller = draft.bill.spec.seller
    lines = [draft.say("thanks_receipt")]
    if draft.chance(0.25):
        lines.append(draft.say("returns"))
    if draft.chance(0.3):
        lines.append(seller.website)
    if draft.name_at != "head":
        name = draft.tell("seller_name", seller.name)
        text = draft.say("payable_sentence", name=name) if draft.name_at == "payable" else name
        lines.insert(draft.rng.randint(0, len(lines)), text)
    if draft.ids_at not in {"head", "none"}:
        lines += list_tax_ids(draft)
    body = [set_in(draft.hand.paragraph(line, width, "centre"), width, "centre") for line in lines]
    return [space(draft.hand.size * 0.5), stack(body).named("closing")]
