"""The columns of a table of items: which there are, how wide, and what they say of an item."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.invent.invoice import Item

INSET = 3.0  # points from a cell's edge to its words
_LEAST_TEXT = 120.0  # a narrower description gives up columns
# Orders met on paper; what a layout leaves out is skipped.
_ORDERS = (
    ("pos", "code", "text", "quantity", "unit", "price", "line_discount", "rate", "amount"),
    ("pos", "text", "quantity", "unit", "price", "rate", "line_discount", "amount"),
    ("quantity", "unit", "code", "text", "price", "line_discount", "amount"),
    ("quantity", "text", "price", "amount"),
    ("text", "rate", "quantity", "price", "amount"),
    ("code", "text", "price", "quantity", "line_discount", "amount", "rate"),
    ("text", "quantity", "price", "amount"),
    ("text", "price", "quantity", "amount"),
    ("quantity", "code", "text", "rate", "price", "amount"),
    ("amount", "text", "quantity"),
    ("text", "code", "unit", "quantity", "price", "rate", "amount"),
    ("text", "amount"),
    ("pos", "text", "amount"),
)
_OPTIONAL = ("unit", "code", "rate", "line_discount", "pos")


class Column(NamedTuple):
    """One column: its meaning, its width in points, how it aligns."""

    meaning: str
    width: float
    align: Align


def list_writers(draft: Draft, *, glued: bool) -> dict[str, Callable[[int, Item], str]]:
    """What each column says of an item; ``glued`` sets the unit behind the quantity."""
    spec = draft.bill.spec
    places = draft.rng.choice((None, None, 2, 3))
    write = draft.amount if draft.signs == "all" else spec.money.write_bare
    codes = draft.rng.randint(1000, 90000)

    def write_quantity(_: int, item: Item) -> str:
        plain = f"{item.quantity.normalize():f}".replace(".", spec.money.numbers.decimal)
        text = plain if places is None else spec.money.numbers.write(item.quantity, places)
        return f"{text} {item.unit}" if glued else text

    return {
        "pos": lambda number, _: str(number),
        "code": lambda number, _: f"{codes + number * 37}",
        "text": lambda _, item: item.text,
        "quantity": write_quantity,
        "unit": lambda _, item: item.unit,
        "price": lambda _, item: write(item.unit_price),
        "line_discount": lambda _, item: f"{item.discount_percent}%" if item.discount_percent else "",
        "rate": lambda _, item: f"{draft.rate(item.rate)}%",
        "amount": lambda _, item: write(spec.sign * item.amount),
    }


def choose_columns(
    draft: Draft, writers: dict[str, Callable[[int, Item], str]], width: float, *, glued: bool
) -> list[Column]:
    """Columns that fit, each as wide as its words; the description takes the rest. ``glued`` units have none."""
    goods = draft.bill.goods
    order = [meaning for meaning in draft.rng.choice(_ORDERS) if not (glued and meaning == "unit")]
    wanted = [meaning for meaning in order if draft.chance(0.85) or meaning not in _OPTIONAL]
    if not any(item.discount_percent for item in goods):
        wanted = [meaning for meaning in wanted if meaning != "line_discount"]
    while True:
        widths = {meaning: _measure(draft, meaning, writers[meaning]) for meaning in wanted if meaning != "text"}
        rest = width - sum(widths.values())
        spare = next((meaning for meaning in _OPTIONAL if meaning in wanted), None)
        if rest >= _LEAST_TEXT or spare is None:
            break
        wanted.remove(spare)
    spread = draft.rng.choice((0.0, 0.0, 0.3)) * max(0.0, rest - _LEAST_TEXT) / max(1, len(widths))
    rest -= spread * len(widths)
    side: Align = draft.rng.choice(("right", "right", "right", "right", "centre", "left"))
    return [
        Column(meaning, rest, "left")
        if meaning == "text"
        else Column(meaning, widths[meaning] + spread, _align(meaning, side))
        for meaning in wanted
    ]


def write_head(draft: Draft, meaning: str) -> str:
    """A column's heading, by chance with the currency."""
    gross = meaning == "amount" and draft.bill.spec.prices_include_tax
    text = draft.say("amount_gross" if gross else meaning)
    if draft.signs == "head" and meaning in {"amount", "price"}:
        return f"{text} ({find_sign(draft)})"
    return text


def find_sign(draft: Draft) -> str:
    """How this document writes its currency."""
    return draft.bill.spec.money.pattern.replace("{}", "").strip()


def _align(meaning: str, side: Align) -> Align:
    if meaning in {"pos", "code", "unit"}:
        return "left"
    return "right" if meaning == "amount" and side == "centre" else side


def _measure(draft: Draft, meaning: str, write: Callable[[int, Item], str]) -> float:
    texts = [write(number, item) for number, item in enumerate(draft.bill.goods, 1)]
    widest = max(draft.hand.width_of(text) for text in texts)
    return max(widest, min(draft.hand.width_of(write_head(draft, meaning), bold=True), 70)) + 2 * INSET + 4
