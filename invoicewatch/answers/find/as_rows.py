"""Hits as rows of text, for CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from invoicewatch.answers.safe import escape_formula, make_printable
from invoicewatch.records import Part
from invoicewatch.store.search.find import Hit
from invoicewatch.store.search.summary import summary_to_json

COLUMNS = (
    "id", "status", "verified", "seller_name", "invoice_number", "issue_date", "due_date", "currency", "total",
    "pages", "file_name", "path", "stored_path", "inbox", "arrived", "part", "first_page", "last_page",
    "doubtful_fields",
)  # fmt: skip
_NUMBERS = frozenset({"id", "total", "pages", "part", "first_page", "last_page"})


def make_rows(hits: Iterable[Hit]) -> Iterator[list[str]]:
    """A row of COLUMNS a hit: numbers as they are, texts harmless to terminals and spreadsheets."""
    for hit in hits:
        values = summary_to_json(hit.summary) | _flatten_part(hit.summary.part)
        values["doubtful_fields"] = " ".join(hit.summary.doubtful_fields)
        yield [_cell(name, values[name]) for name in COLUMNS]


def _flatten_part(part: Part | None) -> dict[str, int | None]:
    """Which pages of its file a record stands for, as columns; None where that is all of them."""
    if part is None:
        return {"part": None, "first_page": None, "last_page": None}
    first, last = (part.pages[0], part.pages[-1]) if part.pages else (None, None)
    return {"part": part.number, "first_page": first, "last_page": last}


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    return str(value) if name in _NUMBERS else escape_formula(make_printable(str(value)))
