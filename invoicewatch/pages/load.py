"""Open a document of any supported type."""

from __future__ import annotations

import re
from pathlib import PurePath

from invoicewatch.config.settings import PageSettings
from invoicewatch.errors import DocumentError
from invoicewatch.pages.formats.media_type import IMAGE_FORMATS, SIGNED, detect_media_type
from invoicewatch.records import Document, PageSource

__all__ = ["detect_media_type", "open_pages"]

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
    what = _FOREIGN.get(media_type, "of no type known here")
    raise DocumentError(
        f"{name} is {what}",
        remedy="Supply it as PDF, PNG, JPEG, TIFF, BMP, WebP, HEIC or e-invoice XML, signed (.p7m) or not.",
        code="unsupported",
    )


def _check_length(content: bytes, name: str, max_bytes: int) -> None:
    if not content:
        raise DocumentError(f"{name} is empty", remedy="Scan or copy it again.", code="empty")
    if len(content) > max_bytes:
        raise DocumentError(
            f"{name} has {len(content):,} bytes, more than the {max_bytes:,} allowed",
            remedy="Raise max_bytes in [intake], or split the file.",
            code="too_large",
        )
