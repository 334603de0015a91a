"""A drawn document as a PDF: with its text, and on demand with the XML of an e-invoice inside."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime

from fpdf import FPDF
from PIL import Image  # noqa: TC002  (light, and already loaded by fpdf)

from invoicewatch.samples.files.fonts import Face
from invoicewatch.samples.files.sheet import Fill, Rule, Sheet, Text

FACTURX_NAME = "factur-x.xml"
_DASH_POINTS = 2.0


def render_pdf(sheets: Sequence[Sheet], made_on: date, facturx: bytes | None = None) -> bytes:
    """Make a PDF with a text layer.

    Args:
        sheets: The pages.
        made_on: The date it claims to be made on; the clock is not asked, so that the bytes repeat.
        facturx: CII XML to embed under the name that Factur-X and ZUGFeRD ask for.
    """
    pdf = FPDF(unit="pt")
    pdf.set_creation_date(_midnight(made_on))
    pdf.set_producer("sample generator")
    pdf.set_auto_page_break(auto=False)
    pdf.c_margin = 0
    for face in dict.fromkeys(mark.face for sheet in sheets for mark in sheet.marks if isinstance(mark, Text)):
        pdf.add_font(face.name, fname=face.path)
    for sheet in sheets:
        pdf.add_page(format=(sheet.width, sheet.height))
        for mark in sheet.marks:
            _draw(pdf, mark)
    if facturx:
        pdf.embed_file(
            bytes=facturx,
            basename=FACTURX_NAME,
            modification_date=_midnight(made_on),
            mime_type="text/xml",
            associated_file_relationship="Alternative",
            compress=True,
        )
    return bytes(pdf.output())


def wrap_scans(images: Sequence[Image.Image], dpi: int, made_on: date) -> bytes:
    """Make the PDF that an office scanner makes: pictures only, no text."""
    buffer = io.BytesIO()
    stamp = time.struct_time(made_on.timetuple())
    first, *others = images
    first.save(
        buffer,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=dpi,
        quality=75,
        creationDate=stamp,
        modDate=stamp,
    )
    return buffer.getvalue()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _draw(pdf: FPDF, mark: Text | Rule | Fill) -> None:
    if isinstance(mark, Text):
        pdf.set_font(_family(mark.face), size=mark.size)
        pdf.set_text_color(mark.grey)
        pdf.text(mark.x, mark.y, mark.text)
    elif isinstance(mark, Rule):
        pdf.set_line_width(mark.width)
        pdf.set_dash_pattern(_DASH_POINTS if mark.dashed else 0, _DASH_POINTS if mark.dashed else 0)
        pdf.line(mark.x0, mark.y0, mark.x1, mark.y1)
    else:
        pdf.set_fill_color(mark.grey)
        pdf.rect(mark.x0, mark.y0, mark.x1 - mark.x0, mark.y1 - mark.y0, style="F")


def _family(face: Face) -> str:
    return face.name
