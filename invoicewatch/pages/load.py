"""Open a document of any supported type."""

from __future__ import annotations

import re
from pathlib import PurePath

from invoicewatch.config.settings import PageSettings
from invoicewatch.errors import DocumentError
from invoicewatch.pages.formats.media_type import IMAGE_FORMATS, SIGNED, detect_media_type
from invoicewatch.records import Document, PageSource

__all__ = ["check_type", "detect_media_type", "open_pages", "refuse_length"]

_NAME_OF_SIGNED = re.compile(r"(\.p7m)+$", re.IGNORECASE)
_FOREIGN = {
    "image/gif": "a GIF image",
    "application/zip": "a ZIP archive or an office document",
    "text/html": "a web page",
}


def open_pages(document: Document, settings: PageSettings, *, max_bytes: int) -> PageSource:
    """Open ``document`` without decoding any page yet.

    Args:
        document: Its content decides how it is opened; its name and its ``media_type`` do not.
        settings: Limits on pixels and pages, and how pages are prepared.
        max_bytes: Longer content is refused.

    What a signed container holds is opened like any other document, with the container's signature.

    Raises:
        DocumentError: With code ``empty``, ``too_large``, ``unsupported``, ``encrypted``, ``truncated``,
            ``too_many_pixels`` or ``corrupt``.
    """
    name = PurePath(document.path).name
    _check_length(document.content, name, max_bytes)
    if detect_media_type(document.content) != SIGNED:
        return _open_content(document.content, name, settings)
    from invoicewatch.pages.formats.envelope import open_envelope

    content, signature = open_envelope(document.content, name)
    pages = _open_content(content, _NAME_OF_SIGNED.sub("", name) or name, settings)
    pages.signature = signature
    return pages


def _open_content(content: bytes, name: str, settings: PageSettings) -> PageSource:
    media_type = detect_media_type(content)
    if media_type == "application/pdf":
        from invoicewatch.pages.formats.pdf import PdfPages
        from invoicewatch.pages.formats.portfolio import open_portfolio

        return open_portfolio(PdfPages(content, name, settings), settings)
    if media_type == "application/xml":
        from invoicewatch.pages.formats.xml import XmlPages

        return XmlPages(content, name)
    if media_type in IMAGE_FORMATS:
        from invoicewatch.pages.formats.images import ImagePages

        return ImagePages(content, name, media_type, settings)
    raise _refuse(name, media_type)


def check_type(head: bytes, name: str) -> None:
    """Whether a file that begins so (4 kB are enough) is one that can be opened at all.

    Raises:
        DocumentError: It is of no type that is read, or there is nothing: ``unsupported`` or ``empty``.
    """
    if not head:
        raise _refuse_empty(name)
    media_type = detect_media_type(head)
    if media_type not in {"application/pdf", "application/xml", SIGNED, *IMAGE_FORMATS}:
        raise _refuse(name, media_type)


def _refuse(name: str, media_type: str) -> DocumentError:
    what = _FOREIGN.get(media_type, "of no type known here")
    return DocumentError(
        f"{name} is {what}",
        remedy="Supply it as PDF, PNG, JPEG, TIFF, BMP, WebP, HEIC or e-invoice XML, signed (.p7m) or not.",
        code="unsupported",
    )


def _refuse_empty(name: str) -> DocumentError:
    return DocumentError(f"{name} is empty", remedy="Scan or copy it again.", code="empty")


def _check_length(content: bytes, name: str, max_bytes: int) -> None:
    if not content:
        raise _refuse_empty(name)
    if len(content) > max_bytes:
        raise refuse_length(name, len(content), max_bytes)


def refuse_length(name: str, length: int, max_bytes: int) -> DocumentError:
    """The error for a file that is too long."""
    return DocumentError(
        f"{name} has {length:,} bytes, more than the {max_bytes:,} allowed",
        remedy="Raise max_bytes in [intake], or split the file.",
        code="too_large",
    )
