"""Read the lines of many records as flat rows of typed values, for export: one row a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import sql
from invoicewatch.store.figures.flat_rows import Column, Value

_BATCH = 500
_NUMBERS = ("quantity", "unit_price", "net", "gross", "rate")

# The schema of every export of lines. Columns may be added at the end; none is renamed, moved or taken away.
LINE_COLUMNS = (
    Column("id", "integer"),
    Column("seller_name", "text"),
    Column("invoice_number", "text"),
    Column("issue_date", "date"),
    Column("currency", "text"),
    Column("line", "integer"),
    Column("description", "text"),
    Column("quantity", "number"),
    Column("unit", "text"),
    Column("unit_price", "number"),
    Column("net", "number"),
    Column("gross", "number"),
    Column("rate", "number"),
    Column("verified", "bool"),
    Column("page", "integer"),
)
_NAMES = tuple(column.name for column in LINE_COLUMNS)


def read_line_figures(reader: Rows, ids: Sequence[int]) -> Iterator[tuple[Value, ...]]:
    """Rows of LINE_COLUMNS for these records, in this order, their lines in the document's; seller and so on count."""
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        query = sql(
            "SELECT id, seller_name, invoice_number, issue_date, currency, position + 1 AS line, description, quantity,"
            " unit, unit_price, net, gross, rate, invoice_line.verified AS verified, page"
            " FROM invoice_line JOIN invoice ON id = invoice_id"
            " WHERE invoice_id IN (SELECT value FROM json_each(?)) ORDER BY invoice_id, position",
            json.dumps(list(batch)),
        )
        lines: dict[int, list[tuple[Value, ...]]] = {}
        for row in ask(reader, query):
            lines.setdefault(row["id"], []).append(tuple(_parse(name, row[name]) for name in _NAMES))
        for number in batch:
            yield from lines.get(number, ())


def _parse(name: str, value: str | int | None) -> Value:
    if value is None:
        return None
    if name in _NUMBERS:
        return Decimal(value)
    if name == "verified":
        return bool(value)
    return date.fromisoformat(str(value)) if name == "issue_date" else value
