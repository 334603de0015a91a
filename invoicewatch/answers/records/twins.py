"""The records that stand beside one: other scans of the same document, and the other documents of its file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from invoicewatch.store.database.reader import Rows, open_reader
from invoicewatch.store.database.schema import money_from_integer
from invoicewatch.store.memory.linked import list_near_duplicates


@dataclass(frozen=True, slots=True)
class Twin:
    """A record, told by what counts in it; ``file_name`` is printable."""

    id: int
    file_name: str
    seller: str | None
    total: Decimal | None
    currency: str | None
    issued: date | None


def list_twins(state_dir: Path, number: int) -> list[Twin]:
    """The records that look like other scans of one, by number. Raises StoreError."""
    with open_reader(state_dir) as reader:
        return _read(reader, list_near_duplicates(reader, number))


def list_siblings(state_dir: Path, number: int) -> list[Twin]:
    """The other records of the same file, in the order of its parts. Raises StoreError."""
    query = "SELECT id FROM invoice WHERE sha256 = (SELECT sha256 FROM invoice WHERE id = ?) AND id != ? ORDER BY part"
    with open_reader(state_dir) as reader:
        return _read(reader, [row["id"] for row in reader.rows(query, (number, number))])


def _read(reader: Rows, numbers: Iterable[int]) -> list[Twin]:
    query = "SELECT id, file_name, seller_name, total, currency, issue_date FROM invoice WHERE id = ?"
    rows = (row for number in numbers for row in reader.rows(query, (number,)))
    return [
        Twin(
            row["id"],
            row["file_name"],
            row["seller_name"],
            None if row["total"] is None else money_from_integer(row["total"]),
            row["currency"],
            None if row["issue_date"] is None else date.fromisoformat(row["issue_date"]),
        )
        for row in rows
    ]
