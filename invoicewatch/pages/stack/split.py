"""Split a feeder's stack into documents at the sheets that were laid between them.

A separator sheet always separates. A blank page does, unless it is the back of a sheet in a duplex scan: there each
sheet gives two pages, so that a blank *sheet* is two blank pages, the first of an odd number. A scan is taken for
duplex if its pages are even in number and either every second page is blank, or some sheet is blank on both sides and
none on its front alone. Some scans look the same either way: a one-sided stack of single pages that ends with a blank
sheet stays whole. (The extractor's own look for several invoices in one record sends it to review.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from invoicewatch.records import Part


class PageKind(StrEnum):
    """What a page is to the one who splits."""

    CONTENT = "content"
    BLANK = "blank"
    SEPARATOR = "separator"


def find_parts(kinds: Sequence[PageKind]) -> tuple[Part, ...]:
    """The documents of a stack, by the page numbers of what they say; blank and separator pages are in none.

    Args:
        kinds: Of each page, in order.

    Returns:
        The parts in order; none where the file is one document without a blank page, or has nothing but blank pages.
    """
    if all(kind is PageKind.CONTENT for kind in kinds):
        return ()
    ends = set(_find_ends(kinds))
    groups: list[list[int]] = [[]]
    for number, kind in enumerate(kinds, start=1):
        if number in ends:
            groups.append([])
        if kind is PageKind.CONTENT:
            groups[-1].append(number)
    documents = [tuple(group) for group in groups if group]
    return tuple(Part(number, len(documents), pages) for number, pages in enumerate(documents, start=1))


def _find_ends(kinds: Sequence[PageKind]) -> Iterable[int]:
    """The numbers of the pages at which a document ends."""
    duplex = _is_duplex(kinds)
    for number, kind in enumerate(kinds, start=1):
        is_back = duplex and kind is PageKind.BLANK and not _is_blank_sheet(kinds, number)
        if kind is not PageKind.CONTENT and not is_back:
            yield number


def _is_duplex(kinds: Sequence[PageKind]) -> bool:
    if len(kinds) % 2:
        return False
    sheets = list(zip(kinds[::2], kinds[1::2], strict=True))
    blank = PageKind.BLANK
    if any(front is blank and back is not blank for front, back in sheets):
        return False
    return all(back is blank for _, back in sheets) or (blank, blank) in sheets


def _is_blank_sheet(kinds: Sequence[PageKind], number: int) -> bool:
    """Whether the sheet of page ``number``, from 1, is blank on both sides, in a duplex scan."""
    front = (number - 1) // 2 * 2
    return kinds[front] is kinds[front + 1] is PageKind.BLANK
