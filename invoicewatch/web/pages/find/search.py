"""Search: a table of what is found, page by page, under an address that says what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from invoicewatch.answers.find.hits import search_records
from invoicewatch.answers.safe import make_printable
from invoicewatch.store.search.find import Found, Hit, SortKey
from invoicewatch.store.search.snippet import Snippet
from invoicewatch.web.guard.visitor import AnyReader, get_site
from invoicewatch.web.pages.find.box import Text, read_box, write_address
from invoicewatch.web.pages.find.export import FORMATS, MOST
from invoicewatch.web.pages.shown import get_pages

router = APIRouter(include_in_schema=False)

PER_PAGE = 50
LAST_PAGE = 100
_BEFORE_MATCH = 40
# A column's two orders, the one that is chosen first at its left.
_ORDERS: dict[str, tuple[SortKey, SortKey]] = {
    "seller": ("seller", "seller-z"),
    "date": ("date", "earliest"),
    "due": ("due", "latest"),
    "total": ("total", "smallest"),
}
_UP = frozenset({"seller", "earliest", "due", "smallest", "oldest"})


@dataclass(frozen=True, slots=True)
class Row:
    """A hit as it is shown: its texts without signs that change how others are read, its line cut where it matches."""

    hit: Hit
    seller: str
    number: str
    pieces: list[tuple[str, bool]]

    @property
    def guessed(self) -> tuple[str, ...]:
        """The fields that are a guess."""
        return self.hit.summary.doubtful_fields


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts: where it leads, and how the table is sorted by it now (``aria-sort``)."""

    name: str
    address: str
    order: str


@router.get("/search")
def show_search(
    request: Request,
    visitor: AnyReader,
    q: Text = "",
    sort: SortKey = "best",
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> HTMLResponse:
    """What a query finds; everything, the newest first, where nothing is asked."""
    box = read_box(q)
    found: Found | None = None
    if box.asked is not None:
        found = search_records(get_site(request).state_dir, box.asked, sort=sort, limit=PER_PAGE, page=page)
    kept = "" if sort == "best" else sort
    values: dict[str, Any] = {
        "box": box,
        "found": found,
        "rows": [make_row(hit) for hit in found.hits] if found else [],
        "first": (page - 1) * PER_PAGE + 1,
        "sort": kept,
        "columns": {name: _make_column(name, box.text, sort) for name in _ORDERS},
        "address": lambda text: write_address("/search", text, sort=kept),
        "previous": write_address("/search", box.text, sort=kept, page=page - 1) if page > 1 else "",
        "next": write_address("/search", box.text, sort=kept, page=page + 1) if found and found.more else "",
        "has_words": bool(box.asked and box.asked.clauses),
        "is_last": page == LAST_PAGE,
        "formats_of_files": FORMATS,
        "most": MOST,
    }
    return get_pages(request).show(request, "find/search.html", values, visitor)


def _make_column(name: str, text: str, sort: SortKey) -> Column:
    first, second = _ORDERS[name]
    order = ("ascending" if sort in _UP else "descending") if sort in {first, second} else "none"
    return Column(name, write_address("/search", text, sort=second if sort == first else first), order)


def make_row(hit: Hit) -> Row:
    """A hit, its texts made harmless."""
    summary = hit.summary
    snippet = hit.snippet or Snippet(summary.file_name, ())
    seller, number = make_printable(summary.seller_name or ""), make_printable(summary.invoice_number or "")
    return Row(hit, seller, number, cut_line(snippet))


def cut_line(snippet: Snippet) -> list[tuple[str, bool]]:
    """A line in pieces, each with whether it matches; what stands long before the first match is left out.

    >>> cut_line(Snippet("Total due 5", ((6, 9),)))
    [('Total ', False), ('due', True), (' 5', False)]
    """
    line = make_printable(snippet.line)
    at = max(0, snippet.spans[0][0] - _BEFORE_MATCH) if snippet.spans else 0
    pieces = [("…", False)] if at else []
    for start, end in snippet.spans:
        if start < at:
            continue
        pieces += [(line[at:start], False), (line[start:end], True)]
        at = end
    return [(text, matches) for text, matches in [*pieces, (line[at:], False)] if text]
