"""Reminders and plain letters on A4 paper: running text under a letterhead."""

from __future__ import annotations

from invoicewatch.samples.files.sheet import Sheet
from invoicewatch.samples.invent.invoice import InvoiceSpec
from invoicewatch.samples.layouts.a4 import draw_footer
from invoicewatch.samples.layouts.head import draw_head
from invoicewatch.samples.layouts.look import Look

_LEADING = 1.5  # in type sizes


def draw_letter(spec: InvoiceSpec, look: Look) -> tuple[Sheet, ...]:
    """Draw one page of running text; a plain letter's first paragraph is its subject."""
    pen = look.start_page()
    y = draw_head(pen, spec, look) + 10
    for number, paragraph in enumerate(spec.paragraphs):
        is_subject = number == 0 and not spec.labels["title"]
        for line in pen.wrap(paragraph, pen.width - 2 * look.margin):
            pen.write(look.margin, y, line, bold=is_subject)
            y += look.size * _LEADING
        y += look.size * 0.9
    draw_footer(pen, spec, look, 1, 1)
    return (pen.finish(),)
