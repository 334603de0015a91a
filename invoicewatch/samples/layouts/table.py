"""The items of an A4 invoice, flowing over as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from invoicewatch.samples.files.sheet import Align, Pen
from invoicewatch.samples.invent.invoice import ZERO, InvoiceSpec, Item
from invoicewatch.samples.layouts.look import Look
from invoicewatch.samples.layouts.totals import write_rate

_ROW = 1.75  # height of a row, in type sizes


class Column(NamedTuple):
    """One column: its label's meaning, its share of the width, how it aligns and what it says of an item."""

    meaning: str
    share: float
    align: Align
    write: Callable[[InvoiceSpec, int, Item], str]


_POS = Column("pos", 0.07, "left", lambda _, row, __: str(row))
_TEXT = Column("text", 0.0, "left", lambda _, __, item: item.text)
_QUANTITY = Column("quantity", 0.11, "right", lambda spec, _, item: _write_quantity(spec, item.quantity))
_UNIT = Column("unit", 0.09, "left", lambda _, __, item: item.unit)
_PRICE = Column("price", 0.14, "right", lambda spec, _, item: spec.money.write_bare(item.unit_price))
_RATE = Column("tax_column", 0.09, "right", lambda spec, _, item: f"{write_rate(spec, item.rate)}%")
_AMOUNT = Column("amount", 0.17, "right", lambda spec, _, item: spec.money.write_bare(spec.sign * item.amount))

_COLUMNS = {
    "short": (_TEXT, _QUANTITY, _PRICE, _AMOUNT),
    "full": (_POS, _TEXT, _QUANTITY, _PRICE, _RATE, _AMOUNT),
    "detailed": (_POS, _TEXT, _QUANTITY, _UNIT, _PRICE, _RATE, _AMOUNT),
}


class Table:
    """Draws items page after page. ``new_page`` gives a fresh pen and the baseline to begin at."""

    def __init__(self, spec: InvoiceSpec, look: Look, bottom: float) -> None:
        self._spec = spec
        self._look = look
        self._bottom = bottom
        width = look.start_page().width - 2 * look.margin
        columns = _COLUMNS[look.columns]
        rest = 1.0 - sum(column.share for column in columns)
        self._columns: list[tuple[Column, float, float]] = []
        x = look.margin
        for column in columns:
            share = column.share or rest
            self._columns.append((column, x, x + share * width))
            x += share * width

    def draw(self, pen: Pen, y: float, new_page: Callable[[], tuple[Pen, float]]) -> tuple[Pen, float]:
        """Draw all items; returns the pen of the last page and the baseline below the last item."""
        y = self._draw_heading(pen, y)
        running = ZERO
        for row, item in enumerate(self._spec.items, 1):
            needed = self._look.size * _ROW * len(self._wrap(pen, item))
            if y + needed > self._bottom:
                self._draw_carried(pen, y, running)
                pen, y = new_page()
                y = self._draw_heading(pen, y)
                y = self._draw_carried(pen, y, running)
            y = self._draw_item(pen, y, row, item)
            running += self._spec.sign * item.amount
        if self._look.table != "grid":
            pen.rule(self._look.margin, y - 6, pen.width - self._look.margin, y - 6)
        return pen, y

    def _draw_heading(self, pen: Pen, y: float) -> float:
        left, right = self._look.margin, pen.width - self._look.margin
        dark = self._look.table == "dark"
        if self._look.table in {"bar", "dark"}:
            pen.fill(left, y - 11, right, y + 5, 60 if dark else 215)
        elif self._look.table == "grid":
            self._frame(pen, y - 11, y + 5)
        else:
            pen.rule(left, y + 5, right, y + 5, 1.0)
        for column, x0, x1 in self._columns:
            label = self._spec.labels[column.meaning]
            if column.meaning == "amount":
                label = f"{label} {self._spec.currency}"
            x = x1 - 3 if column.align == "right" else x0 + 3
            pen.write(x, y, label, align=column.align, bold=True, room=x1 - x0 - 6, grey=255 if dark else 0)
        return y + self._look.size * _ROW + 2

    def _draw_item(self, pen: Pen, y: float, row: int, item: Item) -> float:
        lines = self._wrap(pen, item)
        for column, x0, x1 in self._columns:
            if column is _TEXT:
                for number, line in enumerate(lines):
                    pen.write(x0 + 3, y + number * self._look.size * 1.25, line)
            else:
                text = column.write(self._spec, row, item)
                pen.write(x1 - 3 if column.align == "right" else x0 + 3, y, text, align=column.align, room=x1 - x0 - 4)
        height = self._look.size * (_ROW + 1.25 * (len(lines) - 1))
        if self._look.table == "grid":
            self._frame(pen, y - 11, y - 11 + height)
        return y + height

    def _draw_carried(self, pen: Pen, y: float, running: Decimal) -> float:
        pen.write(self._columns[-1][1] - 4, y, self._spec.labels["carried"], align="right", grey=50)
        pen.write(self._columns[-1][2] - 3, y, self._spec.money.write_bare(running), align="right", grey=50)
        return y + self._look.size * _ROW

    def _wrap(self, pen: Pen, item: Item) -> list[str]:
        x0, x1 = next((x0, x1) for column, x0, x1 in self._columns if column is _TEXT)
        lines = pen.wrap(item.text, x1 - x0 - 6)
        if item.discount_percent:
            lines.append(f"{self._spec.labels['discount']} {item.discount_percent} %")
        return lines

    def _frame(self, pen: Pen, top: float, bottom: float) -> None:
        for _, x0, x1 in self._columns:
            for x in (x0, x1):
                pen.rule(x, top, x, bottom, 0.4)
        for y in (top, bottom):
            pen.rule(self._look.margin, y, pen.width - self._look.margin, y, 0.4)


def _write_quantity(spec: InvoiceSpec, quantity: Decimal) -> str:
    return spec.money.numbers.write(quantity, 0 if quantity == quantity.to_integral_value() else 2)
