"""What a paper is called, and what stands out at its head: banners, boxes, sentences."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import Block, frame, pad, place_blocks, rule_off, shade, stack
from invoicewatch.samples.free.blocks.draft import Draft


def make_title(draft: Draft, width: float, align: Align) -> Block:
    """The title, by chance with the number beside or below it, or white on dark."""
    draft.drawn.add("title")
    spec = draft.bill.spec
    title = spec.labels["title"]
    hand = draft.hand.resize(draft.rng.choice((1.2, 1.5, 1.8, 2.4, 3.0)))
    if draft.chance(0.12):
        title = " ".join(title.upper()) if " " not in title and len(title) < 9 else title.upper()
    if "invoice_number" not in draft.told and draft.chance(0.2):
        joint = draft.rng.choice((" ", " ", " Nr. " if spec.language == "de" else " # ", ": "))
        title += joint + draft.tell("invoice_number", spec.number)
    block = hand.paragraph(title, width - 12, align, bold=draft.chance(0.8))
    if draft.chance(0.12):
        block = stack([rule_off(width, 1.0, 6), block, rule_off(width, 1.0, 6)], align=align)
    elif draft.chance(0.12):
        white = hand.ink(255).paragraph(title, width - 12, align, bold=True)
        block = shade(pad(white, 6, 3), draft.rng.choice((0, 50, 90)))
    return block.named("title")


def make_sentence(draft: Draft, width: float) -> Block:
    """Number and date within a sentence."""
    spec = draft.bill.spec
    text = draft.say(
        "sentence",
        title=spec.labels["title"].capitalize(),
        number=draft.tell("invoice_number", spec.number),
        date=draft.date(spec.issue_date, "issue_date"),
    )
    if spec.due_date and draft.chance(0.5):
        text += " " + draft.say("due_sentence", due=draft.date(spec.due_date, "due_date"))
    return draft.hand.paragraph(text, width, bold=draft.chance(0.3)).named("sentence")


def make_letter_date(draft: Draft, width: float, align: Align) -> Block:
    """A date without a label, with or without the town."""
    spec = draft.bill.spec
    city = " ".join(word for word in spec.seller.city.split() if word.isalpha()).title()
    text = draft.say("letter_date", city=city or "Ort", date=draft.date(spec.issue_date, "issue_date"))
    return draft.hand.line(text, room=width) if align == "left" else draft.hand.paragraph(text, width, align)


def make_banner(draft: Draft, width: float) -> Block:
    """A bar of white on dark with title and number, from edge to edge of the text."""
    spec = draft.bill.spec
    hand = draft.hand.resize(1.5).ink(255)
    left = hand.line(spec.labels["title"], bold=True, room=width * 0.5)
    right = draft.hand.ink(255).line(
        f"{draft.label('number')} {draft.tell('invoice_number', spec.number)}", room=width * 0.4
    )
    height = left.height + 12
    placed = ((left, 8.0, 6.0), (right, width - right.width - 8, (height - right.height) / 2))
    return shade(place_blocks(width, height, placed), draft.rng.choice((0, 40, 80))).named("banner")


def make_due_box(draft: Draft, width: float, align: Align) -> Block:
    """The amount to pay set out in a box at the head."""
    spec = draft.bill.spec
    meaning, value = ("amount_due", spec.amount_due) if spec.prepaid else ("total", spec.total)
    label = draft.hand.line(draft.say(meaning), room=width - 12)
    field_name = meaning
    amount = draft.hand.resize(1.5).line(draft.amount(value, field_name, strong=True), bold=True, room=width - 12)
    box = pad(stack([label, amount], align=align), 6, 4)
    return (frame(box) if draft.chance(0.6) else shade(box, 228)).named("due-box")
