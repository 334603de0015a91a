"""Ask the store and print the page: what `search` and `list` have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typer

from invoicewatch.cli.options import SortBy
from invoicewatch.errors import DocumentError
from invoicewatch.records.as_json import restore_path
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.search.find import Found, Window, search
from invoicewatch.store.search.query_text import Query

Output = Literal["table", "json", "csv"]


def show_found(
    state_dir: Path,
    query: Query,
    *,
    sort: SortBy,
    limit: int,
    page: int,
    output: Output,
    open_first: bool = False,
) -> None:
    """Search and print.

    Raises:
        StoreError: There is no database, or it cannot be read.
        DocumentError: The first result was to be opened and its file is gone.
    """
    offset = (page - 1) * limit
    with open_reader(state_dir) as reader:
        found = search(reader, query, Window(limit, offset, sort.value))
    _print(found, output, first=offset + 1)
    if open_first:
        _open(found)


def _print(found: Found, output: Output, *, first: int) -> None:
    from invoicewatch.cli.find import hits as render_hits

    if output == "json":
        render_hits.print_json(found)
    elif output == "csv":
        render_hits.print_csv(found)
    else:
        render_hits.print_table(found, first=first)


def _open(found: Found) -> None:
    if not found.hits:
        return
    one = found.hits[0].summary
    path = Path(restore_path(one.stored_path or one.path))
    if not path.is_file():
        remedy = "It was moved or deleted after it was recorded; `invoicewatch check` lists such files."
        raise DocumentError(f"there is no file at {path}", remedy=remedy, code="missing")
    typer.launch(str(path))
