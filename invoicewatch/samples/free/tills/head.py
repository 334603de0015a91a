"""The top of a roll: the shop, and which receipt it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import Block, rule_off, set_in, shade, space, stack
from invoicewatch.samples.free.blocks.brand import list_tax_ids
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.invent.goods import Trade


def make_shop(draft: Draft, width: float, align: Align) -> list[Block]:
    """Logo or name, address, numbers; the order of the last two by chance."""
    seller = draft.bill.spec.seller
    blocks = [set_in(_make_name(draft, width, align), width, align).named("brand")]
    lines = [seller.street, seller.city]
    if draft.chance(0.6):
        lines.append(f"{draft.label('phone')} {seller.phone}")
    if draft.chance(0.15):
        lines.append(seller.website)
    if draft.chance(0.2):
        lines.insert(0, f"{draft.say('store')} {draft.rng.choice(('', '#'))}{draft.rng.randint(1, 4999)}")
    ids = list_tax_ids(draft) if draft.ids_at == "head" else []
    texts = [*ids, *lines] if draft.chance(0.15) else [*lines, *ids]
    if draft.chance(0.12):
        texts.append(draft.say("hours"))
    blocks.append(_set_lines(draft, texts, width, align).named("details"))
    return blocks


def make_heading(draft: Draft, width: float) -> list[Block]:
    """The title, on its own or with the number."""
    spec = draft.bill.spec
    title = spec.labels["title"]
    if not title:
        return []
    if draft.chance(0.15) and "invoice_number" not in draft.told:
        title = f"{title} {draft.tell('invoice_number', spec.number)}"
    hand = draft.hand.resize(draft.rng.choice((1.0, 1.2, 1.6)))
    align: Align = draft.rng.choice(("centre", "centre", "left"))
    return [set_in(hand.paragraph(title, width, align, bold=draft.chance(0.6)), width, align).named("title")]


def make_facts(draft: Draft, width: float) -> list[Block]:
    """Number, date, time, till and cashier: below one another, or two on a line."""
    spec, rng = draft.bill.spec, draft.rng
    day = draft.date(spec.issue_date, "issue_date")
    clock = draft.bill.clock + rng.choice(("", "", f":{rng.randrange(60):02d}"))
    if spec.market == "US" and draft.chance(0.7):
        hours, _, rest = clock.partition(":")
        clock = f"{(int(hours) - 1) % 12 + 1}:{rest}{rng.choice((' ', ''))}{'AM' if int(hours) < 12 else 'PM'}"
    facts = []
    if "invoice_number" not in draft.told and draft.chance(0.88):
        number = draft.tell("invoice_number", spec.number)
        facts.append(f"{draft.label('number_receipt')} {number}")
    others = [f"{draft.label('till')} {rng.randint(1, 19)}", f"{draft.label('cashier')} {_name_cashier(draft)}"]
    others += _list_of_trade(draft)
    facts += [fact for fact in others if draft.chance(0.6)]
    if draft.chance(0.3):
        rng.shuffle(facts)
    label, time_label = draft.label("date_receipt"), draft.label("time")
    when = f"{label} {day}".strip(), f"{time_label} {clock}".strip()
    day_block = draft.hand.pair(*when, width) if draft.chance(0.5) else draft.hand.line("  ".join(when), room=width)
    blocks = _set_facts(draft, facts, width)
    blocks.insert(rng.choice((0, len(blocks), rng.randint(0, len(blocks)))), day_block)
    if spec.buyer:
        name = draft.tell("buyer_name", spec.buyer.name)
        blocks.append(draft.hand.paragraph(f"{draft.label('bill_to')} {name}", width))
    return [stack(blocks).named("facts")]


def divide(draft: Draft, width: float) -> Block:
    """What stands between two parts of a roll: a line, dashes, stars or nothing."""
    style = draft.bill.spec.seed % 5
    if style == 0:
        return rule_off(width, 0.7, draft.hand.size, dashed=True)
    if style == 1:
        return rule_off(width, 0.7, draft.hand.size * 0.8)
    if style == 4:
        return space(draft.hand.size * 0.9)
    sign = {2: "-", 3: "="}[style]
    count = int(width / draft.hand.width_of(sign))
    return draft.hand.line(sign * count, room=width)


def _make_name(draft: Draft, width: float, align: Align) -> Block:
    brand, name = draft.bill.brand, draft.bill.spec.seller.name
    if draft.name_at != "head":
        text = draft.rng.choice((" ".join(brand.upper()), brand.upper(), brand.lower(), draft.bill.spec.seller.website))
        return draft.hand.resize(draft.rng.choice((1.6, 2.2, 2.8))).line(text, bold=True, room=width)
    draft.tell("seller_name", name)
    style = draft.rng.choice(("plain", "plain", "big", "stacked", "dark"))
    if style == "stacked" and len(name.split()) > 1:
        return replace(draft.hand.resize(2.2), leading=1.25).lines(name.split(), width, align, bold=True)
    if style == "dark":
        block = draft.hand.resize(1.4).ink(255).paragraph(name, width - 10, "centre", bold=True)
        return shade(set_in(stack([space(3), block, space(3)], align="centre"), width, "centre"), 20)
    return draft.hand.resize(1.9 if style == "big" else 1.15).paragraph(name, width, align, bold=draft.chance(0.7))


def _set_lines(draft: Draft, texts: list[str], width: float, align: Align) -> Block:
    return stack([set_in(draft.hand.paragraph(text, width, align), width, align) for text in texts])


def _set_facts(draft: Draft, facts: list[str], width: float) -> list[Block]:
    if len(facts) < 2 or draft.chance(0.5):
        return [draft.hand.line(fact, room=width) for fact in facts]
    return [
        draft.hand.pair(facts[at], facts[at + 1], width)
        if at + 1 < len(facts)
        else draft.hand.line(facts[at], room=width)
        for at in range(0, len(facts), 2)
    ]


def _name_cashier(draft: Draft) -> str:
    return draft.rng.choice((draft.bill.person.split()[0], str(draft.rng.randint(1, 99)), draft.bill.person))


def _list_of_trade(draft: Draft) -> list[str]:
    rng, spec = draft.rng, draft.bill.spec
    if draft.bill.trade is Trade.RESTAURANT:
        return [f"{draft.label('table')} {rng.randint(1, 48)}", f"{draft.label('guests')} {rng.randint(1, 8)}"]
    if draft.bill.trade is Trade.FUEL:
        return [f"{draft.label('pump')} {rng.randint(1, 12)}"]
    if draft.bill.trade is Trade.PARKING:
        day = draft.date(spec.issue_date - timedelta(days=rng.choice((0, 0, 1))))
        return [
            f"{draft.label('entry')} {day} {rng.randint(5, 7):02d}:{rng.randrange(60):02d}",
            f"{draft.label('exit')} {draft.bill.clock}",
        ]
    return []
