"""The documents of a stack that was read, and the invoices of a file of XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from invoicewatch.config.settings import ExtractSettings
from invoicewatch.errors import DocumentError
from invoicewatch.extract.einvoice.syntaxes.known import count_invoices
from invoicewatch.extract.einvoice.xml import iterate_xml, parse_xml
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.page.named_kinds import has_sums
from invoicewatch.pages.stack.separators import is_separator
from invoicewatch.pages.stack.split import PageKind, find_parts
from invoicewatch.pipeline import ReadPage
from invoicewatch.records import Enclosed, Part

MAX_INVOICES = 200
"""A file of XML with more of them stays one record: each is read from the whole file."""


def split_stack(read: tuple[ReadPage, ...], attachments: Mapping[str, bytes]) -> tuple[Part, ...]:
    """The documents by their pages; none where the file is one. An e-invoice's XML speaks for the whole file."""
    if any(iterate_xml(attachments)):
        return ()
    return find_parts([_find_kind(page) for page in read])


def split_portfolio(read: tuple[ReadPage, ...], enclosed: Sequence[Enclosed]) -> tuple[Part, ...]:
    """A part for each document inside, and before them one for the cover if it names sums of its own."""
    inside = {number for each in enclosed for number in each.pages}
    cover = tuple(page.reading for page in read if page.reading.page not in inside)
    own = tuple(reading.page for reading in cover) if any(map(has_sums, view_pages(cover))) else ()
    documents = [pages for pages in (own, *(each.pages for each in enclosed)) if pages]
    return tuple(Part(number, len(documents), pages) for number, pages in enumerate(documents, start=1))


def split_invoices(attachments: Mapping[str, bytes], settings: ExtractSettings) -> tuple[Part, ...]:
    """A part without pages for each invoice of a file of XML; none where it holds one, or more than a person sends."""
    for _, content in iterate_xml(attachments):
        with suppress(DocumentError):  # the verdict says why it was not read
            count = count_invoices(parse_xml(content, settings.max_xml_bytes))
            return tuple(Part(n, count, ()) for n in range(1, count + 1)) if 1 < count <= MAX_INVOICES else ()
    return ()


def _find_kind(page: ReadPage) -> PageKind:
    if page.blank:
        return PageKind.BLANK
    return PageKind.SEPARATOR if is_separator(page.reading) else PageKind.CONTENT
