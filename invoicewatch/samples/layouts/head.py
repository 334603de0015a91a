"""The upper part of an A4 page: letterhead, addresses, title, number and dates."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Pen
from invoicewatch.samples.invent.formats import write_date
from invoicewatch.samples.invent.invoice import InvoiceSpec, Kind
from invoicewatch.samples.layouts.look import Look

_LINE = 1.35  # leading, in type sizes
_ADDRESS_WIDTH = 270.0  # what the window of an envelope shows


def draw_head(pen: Pen, spec: InvoiceSpec, look: Look) -> float:
    """Draw everything above the items; returns the baseline where what follows may begin."""
    _draw_letterhead(pen, spec, look)
    y = _draw_buyer(pen, spec, look, 150)
    if look.meta == "list":
        y = max(y, _draw_meta_list(pen, spec, look, 150))
    y = draw_title(pen, spec, look, max(y + 30, 255))
    if look.meta == "row":
        y = _draw_meta_row(pen, spec, look, y + 6)
    elif look.meta == "lines":
        y = _draw_meta_lines(pen, spec, look, y + 4)
    return y + 16


def draw_title(pen: Pen, spec: InvoiceSpec, look: Look, y: float) -> float:
    """Write what the paper is called; returns the baseline below it."""
    title = spec.labels["title"]
    if look.head == "banner":
        pen.write(pen.width - look.margin, 60, title, align="right", bold=True, size=22, room=140)
        return y
    if spec.kind in {Kind.INVOICE, Kind.CREDIT_NOTE} and look.meta == "list" and look.head == "left":
        title = f"{title} {spec.number}"
    pen.write(look.margin, y, title, bold=True, size=15)
    return y + 18


def list_meta(spec: InvoiceSpec) -> list[tuple[str, str]]:
    """Number, dates and references as label and value."""
    labels = spec.labels
    rows = [(labels["number"], spec.number), (labels["date"], _date(spec, "issue"))]
    if spec.kind in {Kind.REMINDER, Kind.OTHER}:
        rows = rows[1:]
    if spec.delivery_date and spec.kind not in {Kind.REMINDER, Kind.OTHER}:
        rows.append((labels["delivery"], _date(spec, "delivery")))
    if spec.customer_number:
        rows.append((labels["customer"], spec.customer_number))
    if spec.order_number and spec.kind is not Kind.OTHER:
        rows.append((labels["order"], spec.order_number))
    if spec.due_date and spec.kind is not Kind.REMINDER:
        rows.append((labels["due"], _date(spec, "due")))
    return rows


def _date(spec: InvoiceSpec, which: str) -> str:
    day = {"issue": spec.issue_date, "delivery": spec.delivery_date, "due": spec.due_date}[which]
    assert day is not None
    return write_date(day, spec.date_style, spec.language)


def _draw_letterhead(pen: Pen, spec: InvoiceSpec, look: Look) -> None:
    seller = spec.seller
    if look.logo:
        _draw_logo(pen, spec, look)
    lines = (seller.street, seller.city, f"{spec.labels['phone']} {seller.phone}", seller.email)
    if look.head == "banner":
        pen.fill(0, 0, pen.width, 12, 90)
        pen.write(look.margin, 58, seller.name, bold=True, size=14, room=330)
        pen.write(look.margin, 74, f"{seller.street} · {seller.city}")
        return
    if look.head == "centre":
        pen.write(pen.width / 2, 62, seller.name, align="centre", bold=True, size=17)
        pen.write(pen.width / 2, 78, f"{seller.street}, {seller.city}", align="centre")
        pen.write(pen.width / 2, 91, f"{lines[2]}  {seller.website}", align="centre")
        pen.rule(look.margin, 100, pen.width - look.margin, 100, 1.0)
        return
    right = look.head == "right"
    x = pen.width - look.margin if right else look.margin
    pen.write(x, 58, seller.name, align="right" if right else "left", bold=True, size=13)
    for row, line in enumerate(lines):
        pen.write(x, 73 + row * look.size * _LINE, line, align="right" if right else "left", grey=40)


def _draw_logo(pen: Pen, spec: InvoiceSpec, look: Look) -> None:
    """Draw bars whose heights are the seller's own, where the letterhead leaves room."""
    x = pen.width - look.margin - 44 if look.head == "left" else look.margin
    top = 34
    for bar in range(4):
        height = 8 + (spec.seed * (bar + 3) + len(spec.seller.name)) % 17
        pen.fill(x + bar * 11, top + 26 - height, x + bar * 11 + 8, top + 26, 70 + 35 * bar)


def _draw_buyer(pen: Pen, spec: InvoiceSpec, look: Look, y: float) -> float:
    buyer = spec.buyer
    if buyer is None:
        return y
    if spec.labels["bill_to"] and look.meta != "list":
        pen.write(look.margin, y - 14, spec.labels["bill_to"], size=8.5, grey=60)
    elif look.head == "left":
        # The small return address that shows in a window envelope.
        sender = f"{spec.seller.name} · {spec.seller.street} · {spec.seller.city}"
        pen.write(look.margin, y - 14, sender, size=6.5, grey=60, room=_ADDRESS_WIDTH)
    for line in (buyer.name, buyer.street, buyer.city):
        pen.write(look.margin, y, line, room=_ADDRESS_WIDTH)
        y += look.size * _LINE
    return y


def _draw_meta_list(pen: Pen, spec: InvoiceSpec, look: Look, y: float) -> float:
    left = pen.width - look.margin - 190
    for label, value in list_meta(spec):
        pen.write(left, y, label, room=182 - pen.width_of(value))
        pen.write(pen.width - look.margin, y, value, align="right")
        y += look.size * 1.45
    return y


def _draw_meta_row(pen: Pen, spec: InvoiceSpec, look: Look, y: float) -> float:
    rows = list_meta(spec)
    width = (pen.width - 2 * look.margin) / len(rows)
    pen.fill(look.margin, y - 11, pen.width - look.margin, y + 5, 225)
    for column, (label, value) in enumerate(rows):
        x = look.margin + column * width + 4
        pen.write(x, y, label.rstrip(": "), size=8.5, room=width - 6)
        pen.write(x, y + 17, value, room=width - 6)
    pen.rule(look.margin, y + 23, pen.width - look.margin, y + 23)
    return y + 32


def _draw_meta_lines(pen: Pen, spec: InvoiceSpec, look: Look, y: float) -> float:
    for label, value in list_meta(spec):
        separator = "" if label.endswith((":", ".", "#", "°")) else ":"
        pen.write(look.margin, y, f"{label}{separator} {value}")
        y += look.size * 1.4
    return y
