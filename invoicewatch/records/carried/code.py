"""A code that a machine printed for machines: a QR code, a PDF417."""

from __future__ import annotations

from dataclasses import dataclass

from invoicewatch.records.geometry import Box


@dataclass(frozen=True, slots=True)
class Code:
    """One code on a page, as it was decoded.

    ``format`` is the symbology (``QRCode``, ``PDF417``), ``text`` the whole of what it says. ``page`` counts from 1,
    ``box`` is where it stands. ``taken_for`` names the standard whose payload it is, empty where it is of none that is
    known; ``fault`` says why nothing was taken from such a payload, empty where all is well.
    """

    text: str
    format: str
    page: int
    box: Box
    taken_for: str = ""
    fault: str = ""
