"""A page of hits, and the file behind one of them."""

from __future__ import annotations

from pathlib import Path

from invoicewatch.errors import DocumentError
from invoicewatch.records.as_json import restore_path
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.search.find import Found, Hit, SortKey, Window, search
from invoicewatch.store.search.query_text import Query


def search_records(state_dir: Path, query: Query, *, sort: SortKey, limit: int, page: int) -> Found:
    """The hits of one page, counted from 1.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    return search_window(state_dir, query, Window(limit, (page - 1) * limit, sort))


def search_window(state_dir: Path, query: Query, window: Window) -> Found:
    """The hits of a window.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        return search(reader, query, window)


def find_file(hit: Hit) -> Path:
    """Where a hit's file lies. Raises DocumentError if it is gone."""
    path = Path(restore_path(hit.summary.stored_path or hit.summary.path))
    if not path.is_file():
        remedy = "It was moved or deleted after it was recorded; `invoicewatch check` lists such files."
        raise DocumentError(f"there is no file at {path}", remedy=remedy, code="missing")
    return path
