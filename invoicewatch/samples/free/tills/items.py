"""What was bought, as tills list it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.base import Block, beside, rule_off, set_in, space, stack
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.invent.goods import Trade
from invoicewatch.samples.invent.invoice import Item

_Writer = Callable[[Draft, Item, int, float], list[Block]]


def make_items(draft: Draft, width: float) -> list[Block]:
    """All items in one of the ways of tills; those with columns have heads."""
    style = draft.rng.choice((_write_pair, _write_pair, _write_counted, _write_coded, _write_columns, _write_flags))
    blocks: list[Block] = []
    if style is _write_columns:
        heads = [draft.say(meaning) for meaning in ("text", "quantity", "price", "amount_gross")]
        blocks.append(_set_four(draft, [_shorten(draft, head, width / 5) for head in heads], width))
        if draft.chance(0.6):
            blocks.append(rule_off(width, 0.5, 5))
    elif draft.chance(0.3):
        sign = draft.tell("currency", draft.bill.spec.currency)
        blocks.append(set_in(draft.hand.line(sign), width, "right"))
    air = draft.rng.choice((0.0, 0.0, 1.5))
    for number, item in enumerate(draft.bill.goods, 1):
        blocks += style(draft, item, number, width)
        blocks.append(space(air))
    return [stack(blocks).named("items")]


def _write_pair(draft: Draft, item: Item, number: int, width: float) -> list[Block]:
    """Name and amount; a count stands on a line below or above."""
    del number
    amount = draft.amount(item.amount)
    if item.quantity == 1:
        return [draft.hand.pair(item.text, amount, width)]
    count = f"{_write_quantity(draft, item)} {draft.rng.choice(('x', 'x', '@', '*'))} {_write_price(draft, item)}"
    if draft.bill.spec.seed % 2:
        return [draft.hand.line(item.text, room=width), draft.hand.pair(f"   {count}", amount, width)]
    return [draft.hand.line(f" {count}", room=width), draft.hand.pair(item.text, amount, width)]


def _write_counted(draft: Draft, item: Item, number: int, width: float) -> list[Block]:
    """The count first: ``2 Milk  3.20``."""
    del number
    return [draft.hand.pair(f"{_write_quantity(draft, item)} {item.text}", draft.amount(item.amount), width)]


def _write_coded(draft: Draft, item: Item, number: int, width: float) -> list[Block]:
    """A code on its own line, then count, price and amount."""
    code = f"{9550000 + draft.bill.spec.seed * 37 % 9999 + number * 113}"
    first = draft.hand.line(f"{code} {item.text}", room=width)
    count = f"{_write_quantity(draft, item)} x {_write_price(draft, item)}"
    return [first, draft.hand.pair(f"  {count}", draft.amount(item.amount), width)]


def _write_flags(draft: Draft, item: Item, number: int, width: float) -> list[Block]:
    """A letter behind the amount says which tax."""
    del number
    letter = "AB"[item.rate != max(each.rate for each in draft.bill.goods)]
    name = item.text if item.quantity == 1 else f"{item.text} x{_write_quantity(draft, item)}"
    return [draft.hand.pair(name.upper(), f"{draft.amount(item.amount)} {letter}", width)]


def _write_columns(draft: Draft, item: Item, number: int, width: float) -> list[Block]:
    del number
    texts = [item.text, _write_quantity(draft, item), _write_price(draft, item), draft.amount(item.amount)]
    return [_set_four(draft, texts, width)]


def _shorten(draft: Draft, head: str, room: float) -> str:
    """Tills cut heads that are too long."""
    return head if draft.hand.width_of(head) <= room or " " in head else f"{head[:4]}."


def _set_four(draft: Draft, texts: Sequence[str], width: float) -> Block:
    shares = (0.37, 0.17, 0.22, 0.24)
    sides: tuple[Align, ...] = ("left", "right", "right", "right")
    cells = [draft.hand.paragraph(texts[0], width * shares[0] - 2)]
    cells += [draft.hand.line(text, room=width * share - 4) for text, share in zip(texts[1:], shares[1:], strict=True)]
    return beside(cells, [width * share for share in shares], sides)


def _write_price(draft: Draft, item: Item) -> str:
    """Fuel is priced in tenths of a cent."""
    if draft.bill.trade is Trade.FUEL:
        return draft.bill.spec.money.numbers.write(item.unit_price, 3)
    return draft.amount(item.unit_price)


def _write_quantity(draft: Draft, item: Item) -> str:
    text = f"{item.quantity.normalize():f}".replace(".", draft.bill.spec.money.numbers.decimal)
    return f"{text} {item.unit}".strip()
