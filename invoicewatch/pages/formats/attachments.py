"""The files that a PDF carries inside, the XML of an e-invoice above all."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2 as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FILES = 50
MAX_FILE_BYTES = 20_000_000
"""Larger embedded files are left alone: an e-invoice's XML has some ten thousand bytes, a bomb has more."""


def read_attachments(pdf: pdfium.PdfDocument) -> dict[str, bytes]:
    """The embedded files of ``pdf`` by name, the first of equal names; the caller holds pdfium's lock.

    What cannot be read is left out: an attachment that is broken must not cost the page.
    """
    found: dict[str, bytes] = {}
    for attachment in _list_attachments(pdf):
        try:
            name = attachment.get_name()
            if name not in found and 0 < _measure(attachment) <= MAX_FILE_BYTES:
                found[name] = bytes(attachment.get_data())
        except pdfium.PdfiumError:
            continue
    return found


def _list_attachments(pdf: pdfium.PdfDocument) -> Iterator[pdfium.PdfAttachment]:
    for index in range(min(pdf.count_attachments(), MAX_FILES)):
        try:
            yield pdf.get_attachment(index)
        except pdfium.PdfiumError:
            continue


def _measure(attachment: pdfium.PdfAttachment) -> int:
    """The attachment's length in bytes, without copying it."""
    length = ctypes.c_ulong()
    pdfium.raw.FPDFAttachment_GetFile(attachment, None, 0, length)
    return length.value
