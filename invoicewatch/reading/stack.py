"""The documents of a stack that was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from invoicewatch.extract.einvoice.xml import iterate_xml
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.page.named_kinds import has_sums
from invoicewatch.pages.stack.separators import is_separator
from invoicewatch.pages.stack.split import PageKind, find_parts
from invoicewatch.pipeline import ReadPage
from invoicewatch.records import Enclosed, Part


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


def _find_kind(page: ReadPage) -> PageKind:
    if page.blank:
        return PageKind.BLANK
    return PageKind.SEPARATOR if is_separator(page.reading) else PageKind.CONTENT
