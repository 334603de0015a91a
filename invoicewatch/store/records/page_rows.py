"""The words of pages: as rows of their table, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from invoicewatch.records import PageWords
from invoicewatch.store.database.reader import Rows

if TYPE_CHECKING:
    from invoicewatch.store.tables.inserting import RowValues


def make_page_rows(invoice_id: int, words: Iterable[PageWords]) -> list[RowValues]:
    """One row for each page that was read."""
    return [{"invoice_id": invoice_id, "page": each.page, "turns": each.turns, "words": each.packed} for each in words]


def read_page_words(reader: Rows, invoice_id: int, page: int | None = None) -> tuple[PageWords, ...]:
    """The words of a record's pages, or of one of them, as far as they were kept."""
    rows = reader.rows(
        "SELECT page, turns, words FROM page_words WHERE invoice_id = ? AND ? IN (page, 0) ORDER BY page",
        (invoice_id, page or 0),
    )
    return tuple(PageWords(row["page"], row["turns"], row["words"]) for row in rows)
