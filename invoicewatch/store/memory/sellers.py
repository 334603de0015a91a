"""What is remembered of sellers, to be shown; read as the search reads, without heavy imports."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from invoicewatch.records import SellerMemory
from invoicewatch.store.database.reader import Rows

_HABITS = tuple(each.name for each in fields(SellerMemory) if each.name not in {"name", "proofs"})


@dataclass(frozen=True, slots=True)
class KnownSeller:
    """A seller's habits, and the numbers of the records that proved them."""

    key: str
    habits: SellerMemory
    records: tuple[int, ...]


def list_sellers(reader: Rows, name: str = "") -> list[KnownSeller]:
    """All sellers that anything is known of, by name; with ``name`` those whose name holds it, in any case."""
    rows = reader.rows("SELECT * FROM seller_memory ORDER BY name COLLATE NOCASE, seller_key")
    chosen = [row for row in rows if name.casefold() in row["name"].casefold()]
    return [_make_seller(reader, row) for row in chosen]


def _make_seller(reader: Rows, row: Any) -> KnownSeller:
    values = dict(row)
    proved = reader.rows(
        "SELECT invoice.id FROM lesson JOIN invoice ON invoice.sha256 = lesson.sha256 AND invoice.part = lesson.part"
        " WHERE lesson.seller_key = ? ORDER BY invoice.id",
        (values["seller_key"],),
    )
    habits = SellerMemory(values["name"], values["proofs"], **{habit: values[habit] for habit in _HABITS})
    return KnownSeller(values["seller_key"], habits, tuple(each["id"] for each in proved))
