"""One line about a record, as lists and searches show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from invoicewatch.records import Part
from invoicewatch.records.as_json import part_to_json
from invoicewatch.records.contract.lists import SummaryJson
from invoicewatch.store.database.reader import Rows, ask
from invoicewatch.store.database.schema import money_from_integer
from invoicewatch.store.database.sql import list_values, sql
from invoicewatch.store.database.times import format_utc, parse_utc
from invoicewatch.store.records.query import make_part

if TYPE_CHECKING:
    import sqlite3

SUMMARY_COLUMNS = sql(
    "id, status, verified, doubtful_fields, seller_name, invoice_number, issue_date, due_date, currency, total,"
    " file_name, path, stored_path, inbox, arrived, page_count, part, part_count, part_pages"
)


@dataclass(frozen=True, slots=True)
class Summary:
    """The values that count of one record."""

    id: int
    status: str
    verified: bool
    seller_name: str | None
    invoice_number: str | None
    issue_date: date | None
    due_date: date | None
    currency: str | None
    total: Decimal | None
    file_name: str
    path: str
    stored_path: str
    inbox: str
    arrived: datetime
    page_count: int
    part: Part | None = None
    doubtful_fields: tuple[str, ...] = ()


def make_summary(row: sqlite3.Row) -> Summary:
    """A summary from a row of SUMMARY_COLUMNS."""
    values = {key: row[key] for key in row.keys() if key in Summary.__slots__}  # noqa: SIM118 - a Row iterates over values
    values["part"] = make_part(row)
    values["verified"] = bool(row["verified"])
    values["doubtful_fields"] = tuple(row["doubtful_fields"].split())
    values["arrived"] = parse_utc(row["arrived"])
    values["total"] = None if row["total"] is None else money_from_integer(row["total"])
    for name in ("issue_date", "due_date"):
        values[name] = None if row[name] is None else date.fromisoformat(row[name])
    return Summary(**values)


def summary_to_json(summary: Summary) -> SummaryJson:
    """The summary as plain JSON values, keys in a fixed order."""
    return {
        "id": summary.id,
        "status": summary.status,
        "verified": summary.verified,
        "seller_name": summary.seller_name,
        "invoice_number": summary.invoice_number,
        "issue_date": None if summary.issue_date is None else summary.issue_date.isoformat(),
        "due_date": None if summary.due_date is None else summary.due_date.isoformat(),
        "currency": summary.currency,
        "total": None if summary.total is None else format(summary.total, "f"),
        "pages": summary.page_count,
        "file_name": summary.file_name,
        "path": summary.path,
        "stored_path": summary.stored_path,
        "inbox": summary.inbox,
        "arrived": format_utc(summary.arrived),
        "part": None if summary.part is None else part_to_json(summary.part),
        "doubtful_fields": list(summary.doubtful_fields),
    }


def list_summaries(reader: Rows, ids: Iterable[int]) -> dict[int, Summary]:
    """The records of these numbers, by number; those that are gone are left out."""
    query = sql("SELECT {columns} FROM invoice WHERE id IN ({ids})", columns=SUMMARY_COLUMNS, ids=list_values(ids))
    return {row["id"]: make_summary(row) for row in ask(reader, query)}
