"""Ask the store and print the page: what `search` and `list` have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typer

from invoicewatch.answers.find.hits import find_file, search_records
from invoicewatch.cli.options import SortBy
from invoicewatch.store.search.find import Found
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
    found = search_records(state_dir, query, sort=sort.value, limit=limit, page=page)
    _print(found, output, first=(page - 1) * limit + 1)
    if open_first and found.hits:
        typer.launch(str(find_file(found.hits[0])))


def _print(found: Found, output: Output, *, first: int) -> None:
    from invoicewatch.cli.find import hits as render_hits

    if output == "json":
        render_hits.print_json(found)
    elif output == "csv":
        render_hits.print_csv(found)
    else:
        render_hits.print_table(found, first=first)
