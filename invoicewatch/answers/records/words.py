"""The words of a record's pages, to click on, and what stays in doubt of them."""

from __future__ import annotations

from pathlib import Path

from invoicewatch.records import PageWords
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.records.page_rows import read_page_words


def list_page_words(state_dir: Path, number: int) -> tuple[PageWords, ...]:
    """The words of all pages of a record, as far as they were kept. Raises StoreError."""
    with open_reader(state_dir) as reader:
        return read_page_words(reader, number)


def find_page_words(state_dir: Path, number: int, page: int) -> PageWords | None:
    """The words of a page as the file counts; None where none were kept: it was recorded before they were, or unread.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        return next(iter(read_page_words(reader, number, page)), None)
