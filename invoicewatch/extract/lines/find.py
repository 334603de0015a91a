"""The lines and the tax by rate of one document: from its XML, else from the table on its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.amounts.till import is_narrow, is_strip
from invoicewatch.extract.einvoice.extractor import find_stated_items
from invoicewatch.extract.lines.draft import Draft
from invoicewatch.extract.lines.headings import Heading, find_headings
from invoicewatch.extract.lines.settle import settle_lines
from invoicewatch.extract.lines.sums import Stated, close_lines
from invoicewatch.extract.lines.table import read_table
from invoicewatch.extract.lines.taxes import find_taxes
from invoicewatch.extract.lines.till import list_till_lines
from invoicewatch.extract.page.labels import load_labels
from invoicewatch.extract.page.layout import view_pages
from invoicewatch.extract.total.reading.claims import find_claims
from invoicewatch.extract.total.reading.sheet import Sheet, view_sheets
from invoicewatch.records import Field, InvoiceLine, Itemised, Reading

_MOST_TABLES = 3


def find_items(
    fields: Mapping[str, Field | None],
    readings: Sequence[Reading],
    attachments: Mapping[str, bytes],
    settings: ExtractSettings,
    number: int = 0,
) -> Itemised:
    """What the document is made of.

    Args:
        fields: As they stand at the end: the sums that lines must lead to.
        readings: Its pages.
        attachments: The files inside it.
        settings: ``max_xml_bytes`` is used.
        number: Which invoice of a file of XML, from 1; 0 where it is one document.
    """
    stated = find_stated_items(fields, attachments, settings, number)
    if stated is not None and stated.lines:
        return stated
    sheets = view_sheets(view_pages(readings), load_labels("amounts"))
    claims = [claim for sheet in sheets for claim in find_claims(sheet)]
    taxes = stated.taxes if stated is not None else find_taxes(sheets, fields)
    return Itemised(_find_lines(Stated(sheets, claims, fields)), taxes)


def _find_lines(stated: Stated) -> tuple[InvoiceLine, ...]:
    """The table whose lines lead to a sum of the document, else the first that has headings, unproved."""
    tables = list(_list_tables(stated.sheets))
    narrow = not tables or any(is_narrow(sheet.page) or is_strip(sheet.page) for sheet in stated.sheets)
    tills = list_till_lines(stated.sheets, stated.claims) if narrow else ()
    for drafts, headed in (*((table, True) for table in tables), *((lines, False) for lines in tills)):
        for kept in _list_readings(drafts):
            closing = close_lines(kept, stated, headed=headed)
            if closing is not None:
                return settle_lines(kept, closing)
    return settle_lines(tables[0], None) if tables else ()


def _list_readings(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    """All lines, or the first of them: what stands under a table may look like more, and every line has a name.

    What is taken off under the last line may be taken off the whole; then it is none of the line's.
    """
    named = next((n for n, draft in enumerate(drafts) if not draft.is_named), len(drafts))
    for end in range(named, 0, -1):
        last = drafts[end - 1]
        if last.off:
            yield [*drafts[: end - 1], replace(last, off=[], doubtful=True)]
        yield drafts[:end]


def _list_tables(sheets: Sequence[Sheet]) -> list[list[Draft]]:
    """The lines under each heading of goods, the heading with the most columns first."""
    headings = find_headings(sheets)
    first: list[Heading] = []
    for heading in headings:
        if heading.heads_goods and not any(heading.repeats(other) for other in first):
            first.append(heading)
    goods = sorted(first, key=lambda each: -len(each.roles))
    tables = (read_table(sheets, heading, headings) for heading in goods[:_MOST_TABLES])
    return [drafts for drafts in tables if drafts]
