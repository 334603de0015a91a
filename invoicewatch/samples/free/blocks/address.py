"""Addresses: who buys, where it goes, who sells, whom to pay."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import Block, frame, pad, rule_off, shade, space, stack
from invoicewatch.samples.free.blocks.brand import list_details
from invoicewatch.samples.free.blocks.draft import Draft


def make_buyer(draft: Draft, width: float, align: Align) -> Block:
    """The buyer with or without a heading, a person, a small return address, a frame."""
    spec = draft.bill.spec
    assert spec.buyer is not None
    buyer = spec.buyer
    lines = [draft.tell("buyer_name", buyer.name), buyer.street, buyer.city]
    if draft.chance(0.2):
        lines.insert(1, f"{draft.say('attention')} {draft.bill.contact}")
    if draft.chance(0.15):
        lines.append(buyer.country)
    if draft.chance(0.1):
        lines.append(f"{draft.label('customer')} {spec.customer_number}")
    body = _frame_lines(draft, "bill_to", lines, width, align, headed=draft.chance(0.65))
    if draft.name_at == "head" and draft.chance(0.2):
        seller = spec.seller
        sender = f"{draft.tell('seller_name', seller.name)} · {seller.street} · {seller.city}"
        small = draft.hand.resize(0.7).line(sender, room=width)
        body = stack([small, rule_off(small.width, 0.4, 5), body])
    return body.named("buyer")


def make_ship_to(draft: Draft, width: float, align: Align) -> Block:
    """Where the goods go: the buyer again, or somewhere else."""
    buyer = draft.bill.spec.buyer
    assert buyer is not None
    lines = [buyer.name, buyer.street, buyer.city]
    if draft.chance(0.4):
        lines = [draft.bill.contact, f"{draft.rng.randint(1, 99)} {buyer.street}"[:40], buyer.city]
    return _frame_lines(draft, "ship_to", lines, width, align, headed=True).named("ship-to")


def make_sender(draft: Draft, width: float, align: Align) -> Block:
    """The seller as a party among parties, with a heading."""
    lines = [draft.tell("seller_name", draft.bill.spec.seller.name), *list_details(draft)]
    return _frame_lines(draft, "sender", lines, width, align, headed=True).named("sender")


def make_remit_to(draft: Draft, width: float, align: Align) -> Block:
    """Whom to pay."""
    seller = draft.bill.spec.seller
    lines = [draft.tell("seller_name", seller.name), seller.street, seller.city]
    return _frame_lines(draft, "remit_to", lines, width, align, headed=True).named("remit-to")


def make_contact(draft: Draft, width: float, align: Align) -> Block:
    """Somebody's name at the seller's."""
    text = f"{draft.label('salesperson')} {draft.bill.person}"
    return draft.hand.paragraph(text, width, align).named("contact")


def _frame_lines(draft: Draft, heading: str, lines: list[str], width: float, align: Align, *, headed: bool) -> Block:
    style = draft.rng.choice(("plain", "plain", "plain", "frame", "bar", "rule")) if headed else "plain"
    inner = width - 10 if style in {"frame", "bar"} else width
    hand = draft.hand
    first = hand.paragraph(lines[0], inner, align, bold=draft.chance(0.4))
    body = stack([first, hand.lines(lines[1:], inner, align)], align=align)
    if not headed:
        return body
    text = draft.say(heading)
    if style == "bar":
        dark = draft.chance(0.5)
        head = pad(hand.ink(255 if dark else 0).line(text, bold=True, room=inner), 5, 2)
        ground = shade(Block(width, head.height, head.marks), 50 if dark else 225)
        return stack([ground, pad(body, 5, 3)])
    head = hand.resize(draft.rng.choice((0.85, 1.0, 1.0))).line(text, bold=draft.chance(0.6), room=inner)
    if style == "rule":
        return stack([head, rule_off(width, 0.5, 4), body], align=align)
    whole = stack([head, space(draft.rng.choice((0, 2, 4))), body], align=align)
    return frame(pad(whole, 5, 4)) if style == "frame" else whole
