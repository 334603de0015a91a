"""The items of an invoice: which columns, in which order, under which heads, with or without lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from invoicewatch.samples.files.sheet import Align
from invoicewatch.samples.free.blocks.block import Block, rule_off, set_in, shade, space, stack
from invoicewatch.samples.free.blocks.draft import Draft
from invoicewatch.samples.free.blocks.grid import lay_row, rule_cells
from invoicewatch.samples.invent.invoice import ZERO, Item

_LEAST_TEXT = 120.0  # a narrower description gives up columns
_INSET = 3.0
# Orders met on paper; what a layout leaves out is skipped.
_ORDERS = (
    ("pos", "code", "text", "quantity", "unit", "price", "line_discount", "rate", "amount"),
    ("pos", "text", "quantity", "unit", "price", "rate", "line_discount", "amount"),
    ("quantity", "unit", "code", "text", "price", "line_discount", "amount"),
    ("quantity", "text", "price", "amount"),
    ("text", "rate", "quantity", "price", "amount"),
    ("code", "text", "price", "quantity", "line_discount", "amount", "rate"),
    ("text", "quantity", "price", "amount"),
    ("text", "amount"),
    ("pos", "text", "amount"),
)
_OPTIONAL = ("unit", "code", "rate", "line_discount", "pos")


class Column(NamedTuple):
    """One column: its meaning, its width in points, how it aligns."""

    meaning: str
    width: float
    align: Align


@dataclass(frozen=True, slots=True)
class Table:
    """Rows ready to be set: the head, the rows, and the sum of the lines up to each row."""

    head: Block
    rows: tuple[Block, ...]
    sums: tuple[Decimal, ...]
    foot: Block


def make_table(draft: Draft, width: float) -> Table:
    """Set all items; pages are broken later."""
    writers = _list_writers(draft)
    columns = _choose_columns(draft, writers, width)
    style = draft.rng.choice(("dark", "bar", "lines", "lines", "grid", "grid", "none", "zebra"))
    extra = draft.rng.choice((0.0, 0.0, 0.3, 0.8))
    air = draft.rng.choice((0.0, 0.0, 2.0, 4.0))
    rows, sums, total = [], [], ZERO
    for number, item in enumerate(draft.bill.goods, 1):
        cells = [_write_cell(draft, column, writers[column.meaning](number, item), extra) for column in columns]
        row = lay_row(cells, [column.width for column in columns], [column.align for column in columns], _INSET)
        if style == "grid":
            row = rule_cells(row, [cells], [column.width for column in columns], _INSET)
        else:
            row = stack([row, space(air)])
        if style == "zebra" and number % 2:
            row = shade(row, 238)
        elif style == "lines" and draft.bill.spec.seed % 3 == 0:
            row = stack([row, rule_off(width, 0.3, 2)])
        rows.append(row.named("row"))
        total += draft.bill.spec.sign * item.amount
        sums.append(total)
    foot = space(2) if style in {"grid", "none"} else rule_off(width, 0.6, 4)
    return Table(_make_head(draft, columns, style, width).named("head"), tuple(rows), tuple(sums), foot)


def make_carry(draft: Draft, meaning: str, amount: Decimal, width: float) -> Block:
    """The sum carried from one page to the next, at the right."""
    text = f"{draft.say(meaning)}   {draft.bill.spec.money.write_bare(amount)}"
    return set_in(draft.hand.line(text, bold=draft.bill.spec.seed % 2 == 0), width - _INSET, "right").named("carry")


def _list_writers(draft: Draft) -> dict[str, Callable[[int, Item], str]]:
    spec = draft.bill.spec
    places = draft.rng.choice((None, None, 2, 3))
    write = draft.amount if draft.signs == "all" else spec.money.write_bare
    codes = draft.rng.randint(1000, 90000)
    glue_unit = draft.chance(0.3)

    def write_quantity(_: int, item: Item) -> str:
        plain = f"{item.quantity.normalize():f}".replace(".", spec.money.numbers.decimal)
        text = plain if places is None else spec.money.numbers.write(item.quantity, places)
        return f"{text} {item.unit}" if glue_unit else text

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


def _choose_columns(draft: Draft, writers: dict[str, Callable[[int, Item], str]], width: float) -> list[Column]:
    goods = draft.bill.goods
    wanted = [meaning for meaning in draft.rng.choice(_ORDERS) if draft.chance(0.85) or meaning not in _OPTIONAL]
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


def _align(meaning: str, side: Align) -> Align:
    if meaning in {"pos", "code", "unit"}:
        return "left"
    return "right" if meaning == "amount" and side == "centre" else side


def _measure(draft: Draft, meaning: str, write: Callable[[int, Item], str]) -> float:
    texts = [write(number, item) for number, item in enumerate(draft.bill.goods, 1)]
    widest = max(draft.hand.width_of(text) for text in texts)
    return max(widest, min(draft.hand.width_of(_head_text(draft, meaning), bold=True), 70)) + 2 * _INSET + 4


def _head_text(draft: Draft, meaning: str) -> str:
    gross = meaning == "amount" and draft.bill.spec.prices_include_tax
    text = draft.say("amount_gross" if gross else meaning)
    if draft.signs == "head" and meaning in {"amount", "price"}:
        return f"{text} ({_sign(draft)})"
    return text


def _sign(draft: Draft) -> str:
    return draft.bill.spec.money.pattern.replace("{}", "").strip()


def _make_head(draft: Draft, columns: list[Column], style: str, width: float) -> Block:
    if style == "none":
        if any(column.meaning == "price" for column in columns):
            style = "lines"
        else:
            return space(1)
    if draft.signs == "head" and any(column.meaning in {"amount", "price"} for column in columns):
        draft.tell("currency", _sign(draft))
    hand = draft.hand.ink(255) if style == "dark" else draft.hand
    bold = style in {"dark", "bar", "zebra"} or draft.chance(0.5)
    cells = [
        hand.paragraph(_head_text(draft, column.meaning), column.width - 2 * _INSET, column.align, bold=bold)
        for column in columns
    ]
    widths = [column.width for column in columns]
    row = lay_row(cells, widths, [column.align for column in columns], _INSET)
    if style == "grid":
        row = rule_cells(row, [cells], widths, _INSET)
        return Block(row.width, row.height, row.marks)
    if style in {"dark", "bar"}:
        return shade(row, 40 if style == "dark" else 222)
    return stack([rule_off(width, 0.8, 3), row, rule_off(width, 0.8, 3)])


def _write_cell(draft: Draft, column: Column, text: str, extra: float) -> Block:
    room = column.width - 2 * _INSET
    if column.meaning != "text":
        return draft.hand.line(text, room=room)
    body = draft.hand.paragraph(text, room)
    if draft.chance(extra):
        line = draft.rng.choice(draft.bill.wording.many["extra_lines"]).format(code=draft.rng.randint(10000, 99999))
        body = stack([body, draft.hand.resize(0.85).paragraph(line, room)])
    return body
