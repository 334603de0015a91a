"""What stands around the figures: terms, bank, stamps, signatures, and the foot of the page."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import Block, beside, frame, pad, rule_off, space, stack
from invoicewatch.samples.free.blocks.brand import list_bank, list_tax_ids
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.invent.invoice import Kind


def make_terms(draft: Draft, width: float, align: Align) -> Block:
    """A few sentences, with the seller's name or the due date within where this layout has them here."""
    texts = draft.rng.sample(draft.bill.wording.many["terms"], draft.rng.randint(1, 3))
    spec = draft.bill.spec
    if draft.name_at == "terms":
        name = draft.tell("seller_name", spec.seller.name)
        texts.insert(draft.rng.randint(0, 1), draft.say("owner_sentence", name=name))
    if spec.due_date and draft.chance(0.3):
        texts.insert(0, draft.say("due_sentence", due=draft.date(spec.due_date, "due_date")))
    if spec.kind is Kind.INVOICE and draft.chance(0.15):
        amount = draft.amount(spec.amount_due, "amount_due", strong=True)
        texts.insert(0, draft.say("pay_sentence", amount=amount))
    if draft.chance(0.3):
        texts.append(draft.say("currency_note", currency=draft.tell("currency", spec.currency)))
    hand = draft.hand.resize(draft.rng.choice((1.0, 0.9, 0.8)))
    if draft.chance(0.5):
        return hand.paragraph(" ".join(texts), width, align).named("terms")
    return stack([hand.paragraph(text, width, align) for text in texts], align=align).named("terms")


def make_bank(draft: Draft, width: float, align: Align) -> Block:
    """Where to pay to, as lines or in a frame, after the name where this layout has it here."""
    lines = list_bank(draft)
    if draft.name_at == "payable":
        name = draft.tell("seller_name", draft.bill.spec.seller.name)
        lines.insert(0, draft.say("payable_sentence", name=name))
    hand = draft.hand.resize(draft.rng.choice((1.0, 0.9)))
    inner = width - 12
    body = stack([hand.paragraph(line, inner, align) for line in lines], align=align)
    return (frame(pad(body, 6, 4)) if draft.chance(0.2) else body).named("bank")


def make_thanks(draft: Draft, width: float, align: Align) -> Block:
    """A word of thanks, by chance with somebody's name under it."""
    lines = [draft.say("thanks")]
    if draft.chance(0.25):
        lines.append(draft.bill.person)
    return draft.hand.lines(lines, width, align).named("thanks")


def make_stamp(draft: Draft, width: float, align: Align) -> Block:
    """A rubber stamp: 'paid' or 'copy' in a heavy frame."""
    del align
    draft.drawn.add("stamp")
    paid = draft.chance(0.6)
    words = draft.say("paid_stamp" if paid else "copy_stamp")
    hand = draft.hand.resize(1.6).ink(90)
    lines = [hand.line(words, bold=True, room=width - 20)]
    if paid and draft.chance(0.4):
        lines.append(draft.hand.ink(90).line(draft.date(draft.bill.spec.issue_date), room=width - 20))
    return frame(pad(stack(lines, align="centre"), 8, 4), 1.6).named("stamp")


def make_signature(draft: Draft, width: float, align: Align) -> Block:
    """A line to sign on."""
    line = rule_off(min(width, 150.0), 0.5, 4)
    label = draft.hand.resize(0.85).line(draft.say("signature"), room=line.width)
    return stack([space(18), line, label], align=align).named("signature")


def make_slip(draft: Draft, width: float) -> Block:
    """A slip to cut off: whom to pay, how much, until when, for which invoice."""
    spec = draft.bill.spec
    due = spec.amount_due if spec.prepaid else spec.total
    meaning = "amount_due" if spec.prepaid or draft.chance(0.4) else "total"
    rows = [
        (draft.label("number"), draft.tell("invoice_number", spec.number)),
        (draft.label("customer"), spec.customer_number),
        (draft.label(meaning), draft.amount(due, meaning, strong=True)),
    ]
    if spec.due_date:
        rows.insert(2, (draft.label("due"), draft.date(spec.due_date, "due_date")))
    half = (width - 16) / 2
    left = draft.hand.lines([draft.say("slip"), draft.tell("seller_name", spec.seller.name), spec.seller.city], half)
    right = stack([draft.hand.pair(label, value, half) for label, value in rows])
    body = beside([left, right], (half, half), ("left", "left"), 16)
    return stack([rule_off(width, 0.6, 8, dashed=True), body]).named("slip")


def make_foot(draft: Draft, width: float) -> Block:
    """Small print at the foot: columns, or one paragraph; the seller's name where this layout has it here."""
    seller = draft.bill.spec.seller
    named = draft.name_at == "foot" or draft.chance(0.3)
    first = [draft.tell("seller_name", seller.name)] if named else []
    first += [seller.street, seller.city]
    reach = [f"{draft.label('phone')} {seller.phone}", seller.email, seller.website]
    taxes = list_tax_ids(draft) if draft.ids_at == "foot" else []
    if draft.chance(0.4):
        taxes.append(f"{draft.say('register')} {seller.register}")
    bank = list_bank(draft) if draft.chance(0.5) else []
    groups = [group for group in (first, reach if draft.chance(0.8) else [], taxes, bank) if group]
    if draft.chance(0.2):
        draft.rng.shuffle(groups)
    small = draft.hand.resize(0.78).ink(draft.rng.choice((0, 40, 80)))
    line = rule_off(width, 0.4, 5)
    style = draft.rng.choice(("columns", "columns", "run", "centred"))
    if style == "columns":
        cell = (width - 10.0 * (len(groups) - 1)) / len(groups)
        cells = [stack([small.paragraph(text, cell) for text in group]) for group in groups]
        body = beside(cells, [cell] * len(cells), ["left"] * len(cells), 10.0)
    else:
        text = draft.rng.choice((" · ", " | ", ", ")).join(line for group in groups for line in group)
        body = small.paragraph(text, width, "centre" if style == "centred" else "left")
        body = stack([body], align="centre" if style == "centred" else "left", width=width)
    return stack([line, body] if draft.chance(0.7) else [body]).named("foot")
