"""The documents of a stack that was read."""

from __future__ import annotations

from collections.abc import Mapping

from invoicewatch.extract.einvoice.xml import iterate_xml
from invoicewatch.pages.stack.separators import is_separator
from invoicewatch.pages.stack.split import PageKind, find_parts
from invoicewatch.pipeline import ReadPage
from invoicewatch.records import Part


def split_stack(read: tuple[ReadPage, ...], attachments: Mapping[str, bytes]) -> tuple[Part, ...]:
    """The documents by their pages; none where the file is one. An e-invoice's XML speaks for the whole file."""
    if any(iterate_xml(attachments)):
        return ()
    return find_parts([_find_kind(page) for page in read])


def _find_kind(page: ReadPage) -> PageKind:
    if page.blank:
        return PageKind.BLANK
    return PageKind.SEPARATOR if is_separator(page.reading) else PageKind.CONTENT
