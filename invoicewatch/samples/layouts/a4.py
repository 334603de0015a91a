"""Invoices and credit notes on A4 paper."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Pen, Sheet
from invoicewatch.samples.invent.identifiers import group_iban
from invoicewatch.samples.invent.invoice import InvoiceSpec
from invoicewatch.samples.layouts.head import draw_head
from invoicewatch.samples.layouts.look import Look
from invoicewatch.samples.layouts.table import Table
from invoicewatch.samples.layouts.totals import list_totals

_FOOTER_TOP = 778.0
_FOOTER_COLUMN = 130.0
_TOTALS_HEIGHT = 170.0


def draw_invoice(spec: InvoiceSpec, look: Look) -> tuple[Sheet, ...]:
    """Draw as many pages as the items need."""
    pens = [look.start_page()]

    def add_page() -> tuple[Pen, float]:
        pens.append(look.start_page())
        pens[-1].write(look.margin, 48, f"{spec.seller.name}  {spec.number}", size=8, grey=60)
        return pens[-1], 80.0

    y = draw_head(pens[0], spec, look)
    pen, y = Table(spec, look, _FOOTER_TOP - 30).draw(pens[0], y, add_page)
    if y + _TOTALS_HEIGHT > _FOOTER_TOP:
        pen, y = add_page()
    y = _draw_totals(pen, spec, look, y + 6)
    _draw_terms(pen, spec, look, y + 14)
    for number, each in enumerate(pens, 1):
        draw_footer(each, spec, look, number, len(pens))
    return tuple(each.finish() for each in pens)


def draw_footer(pen: Pen, spec: InvoiceSpec, look: Look, page: int, pages: int) -> None:
    """Write who the seller is, for tax office and bank, and the page's number."""
    labels, seller = spec.labels, spec.seller
    if pages > 1:
        pen.write(pen.width / 2, 830, labels["page"].format(page=page, pages=pages), align="centre", size=8)
    if not look.footer:
        return
    pen.rule(look.margin, _FOOTER_TOP, pen.width - look.margin, _FOOTER_TOP, 0.4)
    columns = (
        (seller.name, seller.street, seller.city),
        (f"{labels['phone']} {seller.phone}", seller.email, seller.website),
        _list_identifiers(spec),
    )
    for x, lines in zip((look.margin, look.margin + 150, look.margin + 285), columns, strict=True):
        for row, line in enumerate(lines):
            pen.write(x, _FOOTER_TOP + 12 + row * 10, line, size=7.5, grey=30, room=_FOOTER_COLUMN)


def _list_identifiers(spec: InvoiceSpec) -> list[str]:
    labels, seller = spec.labels, spec.seller
    lines = []
    if seller.vat_id:
        lines.append(f"{labels['vat_id']} {seller.vat_id}")
    if seller.tax_number:
        lines.append(f"{labels['tax_number']} {seller.tax_number}")
    if seller.iban:
        lines.append(f"IBAN {group_iban(seller.iban)}")
        lines.append(f"BIC {seller.bic}  {seller.bank}")
    return lines


def _draw_totals(pen: Pen, spec: InvoiceSpec, look: Look, y: float) -> float:
    right = pen.width - look.margin - 3
    left = right - 205
    top = y - 12
    for row in list_totals(spec):
        if row.strong:
            pen.rule(left, y - 10, right, y - 10, 0.6)
            y += 2
        amount = spec.money.write(row.amount) if row.strong else spec.money.write_bare(row.amount)
        size = look.size + (1.5 if row.strong else 0)
        room = right - left - 12 - pen.width_of(amount, bold=row.strong, size=size)
        pen.write(left + 4, y, row.label, bold=row.strong, size=size, room=room)
        pen.write(right - 3 * look.totals_boxed, y, amount, align="right", bold=row.strong, size=size)
        y += look.size * 1.6
    if look.totals_boxed:
        for x in (left, right):
            pen.rule(x, top, x, y - 8, 0.8)
        for edge in (top, y - 8):
            pen.rule(left, edge, right, edge, 0.8)
    return y + 6


def _draw_terms(pen: Pen, spec: InvoiceSpec, look: Look, y: float) -> None:
    lines = [spec.labels["terms"], spec.labels["thanks"]]
    if not look.footer:
        lines += [f"{spec.labels['bank']} {spec.seller.bank}", *_list_identifiers(spec)]
    for row, line in enumerate(lines):
        pen.write(look.margin, y + row * look.size * 1.4, line)
