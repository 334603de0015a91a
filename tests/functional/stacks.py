"""Stacks as a feeder scans them: sample invoices with empty sheets laid between."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from invoicewatch.samples.invent.invoice import Kind
from invoicewatch.samples.paper.degrade import degrade
from invoicewatch.samples.write import Form, Sample, make_sample

A4_POINTS = (595, 842)


def make_invoices(count: int, form: Form, grade: int) -> list[Sample]:
    """Invoices of one page each, all different."""
    return [make_sample(seed, kind=Kind.INVOICE, form=form, grade=grade) for seed in range(1, count + 1)]


def stack_tiff(invoices: Sequence[Sample], grade: int) -> bytes:
    """Scans with one empty sheet between two, which the scanner soils as it does the others."""
    pages: list[Image.Image] = []
    for number, invoice in enumerate(invoices):
        frames = _read_frames(invoice.content)
        empty = Image.new("L", frames[0].size, 250)
        pages += [degrade(empty, (number, 99), grade)] * bool(number) + frames
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="jpeg", dpi=(200, 200))
    return out.getvalue()


def _read_frames(content: bytes) -> list[Image.Image]:
    with Image.open(io.BytesIO(content)) as image:
        frames = []
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            frames.append(image.convert("L"))
        return frames


def stack_pdf(invoices: Sequence[Sample]) -> bytes:
    """PDFs with text one after the other, with one empty page between two."""
    stack = pdfium.PdfDocument.new()
    for number, invoice in enumerate(invoices):
        if number:
            stack.new_page(*A4_POINTS)
        stack.import_pages(pdfium.PdfDocument(invoice.content))
    out = io.BytesIO()
    stack.save(out)
    return out.getvalue()


def list_values(invoices: Sequence[Sample], name: str) -> list[Any]:
    """What is true of each invoice."""
    return [invoice.truth["fields"][name] for invoice in invoices]
