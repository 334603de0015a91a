"""The codes of a page that was read."""

from __future__ import annotations

from dataclasses import replace

from invoicewatch.errors import DocumentError
from invoicewatch.extract.place.countries import find_signs, rank_countries
from invoicewatch.pages.codes.decode import find_codes, find_wide_codes
from invoicewatch.pages.prepare.upright import turn
from invoicewatch.pipeline import ReadPage
from invoicewatch.records import PageSource, Reading

_PDF417 = frozenset({"HR"})
"""Countries whose payment slips carry one."""


def add_codes(pages: PageSource, read: ReadPage) -> ReadPage:
    """The page with its codes.

    QR codes are looked for in the picture that was read. A page that was not drawn is drawn where something on it may
    be a code, and so is one that may carry a PDF417, whose bars are finer than print. A page that cannot be drawn costs
    its codes alone.
    """
    codes = () if read.image is None else find_codes(read.image)
    wide = _may_carry_pdf417(read.reading)
    if read.image is not None and not wide:
        return replace(read, codes=codes)
    try:
        drawn = pages.draw_codes(read.reading.page)
    except DocumentError as exc:
        note = f"page {read.reading.page} was not looked at for codes: {exc.message}"
        return replace(read, codes=codes, notes=(*read.notes, note))
    if drawn is None:
        return replace(read, codes=codes)
    drawn = turn(drawn, read.quarter_turns)
    more = find_codes(drawn) if read.image is None else ()
    return replace(read, codes=(*codes, *more, *(find_wide_codes(drawn) if wide else ())))


def _may_carry_pdf417(reading: Reading) -> bool:
    """Whether the page speaks plainly of a country that prints them; a language alone is shared by neighbours."""
    ranked = rank_countries(find_signs(reading.text))
    return next(iter(ranked), "") in _PDF417
