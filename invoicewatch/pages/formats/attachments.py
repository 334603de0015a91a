"""The files that a PDF carries inside, the XML of an e-invoice above all."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

import pypdfium2 as pdfium

from invoicewatch.pages.formats.media_type import detect_media_type
from invoicewatch.records import Attachment

MAX_FILES = 50
MAX_FILE_BYTES = 20_000_000
"""Larger embedded files are named and left alone: an e-invoice's XML has some ten thousand bytes, a bomb has more."""

MAX_ALL_BYTES = 100_000_000
"""Of all embedded files together; what comes after is named and left alone."""

_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside a PDF; ``content`` is empty where it is too large or cannot be read."""

    name: str
    size_bytes: int
    content: bytes


def read_attachments(pdf: pdfium.PdfDocument) -> list[EmbeddedFile]:
    """The files in the name tree of ``pdf``; the caller holds pdfium's lock.

    What cannot be read is left out: an attachment that is broken must not cost the page.
    """
    found = []
    for index in range(min(pdf.count_attachments(), MAX_FILES)):
        with suppress(pdfium.PdfiumError):
            found.append(_read_file(pdf.get_attachment(index).raw))
    return found


def read_pinned_file(annotation: pdfium.raw.FPDF_ANNOTATION) -> EmbeddedFile | None:
    """The file that an annotation pins to its page, as a mail program does; None for other annotations."""
    if pdfium.raw.FPDFAnnot_GetSubtype(annotation) != pdfium.raw.FPDF_ANNOT_FILEATTACHMENT:
        return None
    attachment = pdfium.raw.FPDFAnnot_GetFileAttachment(annotation)
    return _read_file(attachment) if attachment else None


def name_apart(files: Iterable[EmbeddedFile]) -> dict[str, EmbeddedFile]:
    """The files by name, each once however often it hangs in the document; other files of equal names get a number."""
    named: dict[str, EmbeddedFile] = {}
    spent = 0
    for file in files:
        if file in named.values() or len(named) >= MAX_FILES:
            continue
        spent += len(file.content)
        kept = file if spent <= MAX_ALL_BYTES else EmbeddedFile(file.name, file.size_bytes, b"")
        named[_find_free_name(file.name or "unnamed", named)] = kept
    return named


def describe_files(files: Mapping[str, EmbeddedFile]) -> tuple[Attachment, ...]:
    """The files as the record names them; what is unreadable or of an unknown type counts as bytes."""
    return tuple(
        Attachment(name, (detect_media_type(file.content) if file.content else "") or _UNKNOWN, file.size_bytes)
        for name, file in files.items()
    )


def _read_file(attachment: pdfium.raw.FPDF_ATTACHMENT) -> EmbeddedFile:
    size = _measure(attachment)
    content = _copy(attachment, size) if 0 < size <= MAX_FILE_BYTES else b""
    return EmbeddedFile(_read_name(attachment), size, content)


def _measure(attachment: pdfium.raw.FPDF_ATTACHMENT) -> int:
    """The attachment's length in bytes, without copying it."""
    length = ctypes.c_ulong()
    pdfium.raw.FPDFAttachment_GetFile(attachment, None, 0, length)
    return length.value


def _copy(attachment: pdfium.raw.FPDF_ATTACHMENT, size: int) -> bytes:
    buffer = ctypes.create_string_buffer(size)
    length = ctypes.c_ulong()
    read = pdfium.raw.FPDFAttachment_GetFile(attachment, buffer, size, length)
    return buffer.raw if read else b""


def _read_name(attachment: pdfium.raw.FPDF_ATTACHMENT) -> str:
    length = pdfium.raw.FPDFAttachment_GetName(attachment, None, 0)
    buffer = ctypes.create_string_buffer(max(2, length))
    pdfium.raw.FPDFAttachment_GetName(
        attachment, ctypes.cast(buffer, ctypes.POINTER(pdfium.raw.FPDF_WCHAR)), len(buffer)
    )
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _find_free_name(name: str, taken: Mapping[str, EmbeddedFile]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{PurePath(name).stem} ({number}){PurePath(name).suffix}"
    return free
