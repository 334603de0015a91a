"""Receipts from a till: narrow paper, one typeface, centred head, prices usually with tax."""

from __future__ import annotations

from random import Random
from typing import Literal

from invoicewatch.samples.files.fonts import Face
from invoicewatch.samples.files.sheet import Pen, Sheet
from invoicewatch.samples.invent.formats import write_date
from invoicewatch.samples.invent.invoice import InvoiceSpec, Item
from invoicewatch.samples.layouts.totals import list_ending, write_discount, write_rate, write_tax_label

_WIDTH = 216.0  # 76 mm: what an 80 mm roll prints on, and a little paper
_MARGIN = 12.0
_LEADING = 1.32

Style = Literal["list", "columns"]


def draw_receipt(spec: InvoiceSpec, style: Style, face: Face, bold: Face, size: float) -> tuple[Sheet, ...]:
    """Draw one strip of paper, as long as its text."""
    roll = _Roll(spec, Pen(_WIDTH, 0.0, face=face, bold=bold, size=size))
    roll.draw_head()
    roll.draw_items(style)
    roll.draw_sums()
    roll.draw_tax_summary()
    roll.draw_foot()
    return (roll.finish(),)


class _Roll:
    """Paper that is written line after line."""

    def __init__(self, spec: InvoiceSpec, pen: Pen) -> None:
        self._spec = spec
        self._pen = pen
        self._y = 26.0

    def draw_head(self) -> None:
        spec, seller = self._spec, self._spec.seller
        self._centre(seller.name, bold=True, grow=1.5)
        self._centre(seller.street)
        self._centre(seller.city)
        self._centre(f"{spec.labels['phone']} {seller.phone}")
        if seller.vat_id:
            self._centre(f"{spec.labels['vat_id']} {seller.vat_id}")
        elif seller.tax_number:
            self._centre(f"{spec.labels['tax_number']} {seller.tax_number}")
        self._skip()
        self._centre(spec.labels["title"], bold=True)
        clock = f"{8 + spec.seed % 12:02d}:{spec.seed * 7 % 60:02d}"
        self._left(f"{spec.labels['number']} {spec.number}")
        self._pair(
            f"{spec.labels['date']} {write_date(spec.issue_date, spec.date_style, spec.language)}".strip(),
            f"{spec.labels['time']} {clock}".strip(),
        )
        self._left(f"{spec.labels['cashier']} {1 + spec.seed % 9}")
        self._line()

    def draw_items(self, style: Style) -> None:
        if style == "columns":
            labels = self._spec.labels
            self._left(labels["text"])
            self._four("", labels["quantity"], labels["price"], labels["amount"])
            self._line()
        for number, item in enumerate(self._spec.items):
            self._draw_item(item, style, number)
        self._line()

    def draw_sums(self) -> None:
        spec, money = self._spec, self._spec.money
        if spec.discount:
            self._pair(spec.labels["subtotal"], money.write_bare(spec.items_total))
            self._pair(write_discount(spec), money.write_bare(-spec.discount))
        if not spec.prices_include_tax:
            self._pair(spec.labels["net"], money.write_bare(spec.net_total))
            for line in spec.tax_lines:
                self._pair(write_tax_label(spec, line), money.write_bare(line.tax))
        for row in list_ending(spec):
            amount = money.write(row.amount) if row.strong else money.write_bare(row.amount)
            self._pair(row.label, amount, bold=row.strong, grow=2.0 if row.strong else 0.0)
        if spec.tendered is None:
            self._pair(spec.labels["card"], money.write_bare(spec.total))
        else:
            self._pair(spec.labels["cash"], money.write_bare(spec.tendered))
            self._pair(spec.labels["change"], money.write_bare(spec.tendered - spec.total))
        self._pair(spec.labels["items_sold"], str(sum(item.quantity for item in spec.items)))

    def draw_tax_summary(self) -> None:
        spec, money = self._spec, self._spec.money
        if not spec.prices_include_tax:
            return
        self._line()
        self._left(spec.labels["tax_summary"])
        self._four("%", spec.labels["net_short"], spec.labels["tax_short"], spec.labels["gross_short"])
        for line in spec.tax_lines:
            amounts = (money.write_bare(amount) for amount in (line.base, line.tax, line.base + line.tax))
            self._four(write_rate(spec, line.rate), *amounts)

    def draw_foot(self) -> None:
        self._skip()
        self._centre(self._spec.labels["thanks"])
        if self._spec.seed % 3:
            self._centre(self._spec.seller.website)
        if self._spec.seed % 2:
            self._draw_barcode()

    def finish(self) -> Sheet:
        return self._pen.finish(self._y + 14)

    def _draw_barcode(self) -> None:
        """Draw bars of one to three modules, as tills print the receipt's number."""
        rng = Random(f"invoicewatch barcode {self._spec.seed}")
        x, end = _MARGIN + 40, _WIDTH - _MARGIN - 40
        while x < end:
            width = rng.randint(1, 3) * 0.8
            self._pen.fill(x, self._y, x + width, self._y + 26, 0)
            x += width + rng.randint(1, 3) * 0.8
        self._advance(26)

    def _draw_item(self, item: Item, style: Style, number: int) -> None:
        money = self._spec.money
        if style == "columns":
            self._left(item.text)
            code = f"{9550000 + self._spec.seed * 37 % 9999 + number * 113}"
            self._four(code, str(item.quantity), money.write_bare(item.unit_price), money.write_bare(item.amount))
            return
        letter = "AB"[item.rate != max(each.rate for each in self._spec.items)]
        amount = f"{money.write_bare(item.amount)} {letter}"
        if item.quantity == 1:
            self._pair(item.text, amount)
        else:
            self._left(item.text)
            self._pair(f"  {item.quantity} x {money.write_bare(item.unit_price)}", amount)

    def _centre(self, text: str, *, bold: bool = False, grow: float = 0.0) -> None:
        room = _WIDTH - 2 * _MARGIN
        size = self._pen.size + grow
        for line in self._pen.wrap(text, room * self._pen.size / size) if text else []:
            self._pen.write(_WIDTH / 2, self._y, line, align="centre", bold=bold, size=size)
            self._advance(size)

    def _left(self, text: str) -> None:
        self._pen.write(_MARGIN, self._y, text, room=_WIDTH - 2 * _MARGIN)
        self._advance(self._pen.size)

    def _pair(self, left: str, right: str, *, bold: bool = False, grow: float = 0.0) -> None:
        size = self._pen.size + grow
        self._y += grow
        room = _WIDTH - 2 * _MARGIN
        wanted = self._pen.width_of(f"{left} {right}", bold=bold, size=size)
        size = min(size, size * room / wanted)
        self._pen.write(_MARGIN, self._y, left, bold=bold, size=size)
        self._pen.write(_WIDTH - _MARGIN, self._y, right, align="right", bold=bold, size=size)
        self._advance(size)

    def _four(self, *texts: str) -> None:
        ends = (_MARGIN + 45, _MARGIN + 78, _WIDTH - _MARGIN - 58, _WIDTH - _MARGIN)
        size = self._pen.size - 0.5
        for column, (text, end) in enumerate(zip(texts, ends, strict=True)):
            room = end - (ends[column - 1] if column else _MARGIN) - 3
            self._pen.write(end, self._y, text, align="right", size=size, room=room)
        self._advance(self._pen.size)

    def _line(self) -> None:
        y = self._y - self._pen.size * 0.45
        self._pen.rule(_MARGIN, y, _WIDTH - _MARGIN, y, 0.7, dashed=True)
        self._advance(self._pen.size * 0.7)

    def _skip(self) -> None:
        self._advance(self._pen.size * 0.6)

    def _advance(self, size: float) -> None:
        self._y += size * _LEADING
