"""Sums by month, year, seller, status or currency."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import cast

from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.contract.lists import SumJson
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.figures.stats import Sum, sum_up
from invoicewatch.store.search.query_text import Query


class By(StrEnum):
    """What is summed up."""

    MONTH = "month"
    YEAR = "year"
    SELLER = "seller"
    STATUS = "status"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Sums:
    """A line a group and currency, and how many more lines there are."""

    lines: tuple[Sum, ...]
    left_out: int


def sum_records(state_dir: Path, query: Query, by: By, limit: int) -> Sums:
    """At most ``limit`` lines: of months and years the last, of others the first.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        sums = sum_up(reader, query, by.value)
    shown = sums[-limit:] if by in {By.MONTH, By.YEAR} else sums[:limit]
    return Sums(tuple(shown), len(sums) - len(shown))


def are_many(state_dir: Path, most: int) -> bool:
    """Whether there are more records than that, more or less: at once, by the highest number. Raises StoreError."""
    with open_reader(state_dir) as reader:
        return int(reader.rows("SELECT coalesce(max(id), 0) AS n FROM invoice")[0]["n"]) > most


def sum_to_json(one: Sum, by: By) -> SumJson:
    """A line as plain JSON values; its group stands under what was summed up ``by``."""
    values = {
        by.value: None if one.group is None else make_encodable(one.group),
        "currency": one.currency,
        "invoices": one.count,
        "with_total": one.with_total,
        "total": format(one.total, "f"),
    }
    return cast("SumJson", values)  # a key that ``by`` names is no literal
