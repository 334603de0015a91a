"""Read many records as flat rows of typed values, for export: one row an invoice, the values that count."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from invoicewatch.records import DATE_NAMES, FIELD_NAMES, MONEY_NAMES, Part
from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.sql import Sql, sql
from invoicewatch.store.database.times import parse_utc
from invoicewatch.store.records.effective import STATUS
from invoicewatch.store.records.query import make_part, parse_value

Value = str | int | bool | Decimal | date | datetime | None
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the export.

    ``kind`` is ``integer``, ``text``, ``money``, ``number`` (of any places), ``date``, ``bool`` or ``moment`` (UTC).
    """

    name: str
    kind: str


def _kind(name: str) -> str:
    return "money" if name in MONEY_NAMES else "date" if name in DATE_NAMES else "text"


# Fields that were added after the schema was promised: their columns stand at its end.
_LATER = ("seller_tax_number", "tax_inclusive_total", "rounding", "prepaid", "payment_reference")

# The schema of every export. Columns may be added at the end; none is renamed, moved or taken away.
COLUMNS = (
    Column("id", "integer"),
    *(Column(name, _kind(name)) for name in FIELD_NAMES if name not in _LATER),
    Column("status", "text"),
    Column("verified", "bool"),
    Column("pages", "integer"),
    Column("file_name", "text"),
    Column("path", "text"),
    Column("inbox", "text"),
    Column("arrived", "moment"),
    Column("sha256", "text"),
    Column("part", "integer"),
    Column("first_page", "integer"),
    Column("last_page", "integer"),
    *(Column(name, _kind(name)) for name in _LATER),
    Column("doubtful_fields", "text"),
)


def read_figures(reader: Rows, ids: Sequence[int]) -> Iterator[tuple[Value, ...]]:
    """Rows of COLUMNS for these records, in this order; numbers that are no record are passed over."""
    for start in range(0, len(ids), _BATCH):
        yield from _read_batch(reader, ids[start : start + _BATCH])


def _read_batch(reader: Rows, ids: Sequence[int]) -> Iterator[tuple[Value, ...]]:
    chosen = sql("(SELECT value FROM json_each(?))", json.dumps(list(ids)))
    query = sql("SELECT * FROM invoice WHERE id IN {chosen}", chosen=chosen)
    invoices = {row["id"]: row for row in ask(reader, query)}
    values: dict[int, dict[str, Value]] = {number: {} for number in invoices}
    query = sql("SELECT invoice_id, name, kind, value FROM field WHERE invoice_id IN {chosen}", chosen=chosen)
    for row in ask(reader, query):
        values[row["invoice_id"]][row["name"]] = parse_value(row["kind"], row["value"])
    _apply_entries(reader, chosen, values)
    for number in ids:
        if number in invoices:
            row = invoices[number]
            head = {
                "id": number,
                "status": row["status"],
                "verified": bool(row["verified"]),
                "pages": row["page_count"],
                "file_name": row["file_name"],
                "path": row["stored_path"] or row["path"],
                "inbox": row["inbox"],
                "arrived": parse_utc(row["arrived"]),
                "sha256": row["sha256"],
                "doubtful_fields": row["doubtful_fields"],
                **_describe_part(make_part(row)),
            }
            merged = {**values[number], **head}
            yield tuple(merged.get(column.name) for column in COLUMNS)


def _describe_part(part: Part | None) -> dict[str, Value]:
    """Which pages of its file a record stands for; nothing where that is all of them."""
    if part is None or not part.pages:
        return {} if part is None else {"part": part.number}
    return {"part": part.number, "first_page": part.pages[0], "last_page": part.pages[-1]}


def _apply_entries(reader: Rows, chosen: Sql, values: dict[int, dict[str, Value]]) -> None:
    """The latest entry of a person wins, unless it was withdrawn."""
    query = sql(
        "SELECT invoice_id, name, kind, value, withdrawn FROM human_value WHERE invoice_id IN {chosen} ORDER BY id",
        chosen=chosen,
    )
    latest = {(row["invoice_id"], row["name"]): row for row in ask(reader, query)}
    for (number, name), row in latest.items():
        if name != STATUS and not row["withdrawn"]:
            values[number][name] = None if row["value"] is None else parse_value(row["kind"], row["value"])
