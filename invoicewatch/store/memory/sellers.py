"""What is remembered of sellers, to be shown; read as the search reads, without heavy imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from invoicewatch.records import Look, SellerMemory
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.memory.keys import LOOK_KEY, fold_name
from invoicewatch.store.memory.packing import unpack
from invoicewatch.store.memory.snapshot import HABITS

_PROVED_SELLER = """
    SELECT invoice.id FROM lesson JOIN invoice ON invoice.sha256 = lesson.sha256 AND invoice.part = lesson.part
    WHERE lesson.seller_key = ? ORDER BY invoice.id"""
_PROVED_LOOK = """
    SELECT invoice.id FROM look_lesson AS lesson
    JOIN invoice ON invoice.sha256 = lesson.sha256 AND invoice.part = lesson.part WHERE lesson.look = ?"""


@dataclass(frozen=True, slots=True)
class KnownSeller:
    """A seller's habits and looks, and the numbers of the records that proved them."""

    key: str
    habits: SellerMemory
    records: tuple[int, ...]
    looks: tuple[Look, ...] = ()


def list_sellers(reader: Rows, name: str = "") -> list[KnownSeller]:
    """All sellers that anything is known of, by name; with ``name`` those whose name holds it, in any case.

    A seller whose name nobody confirmed is called by the number that it is known by.
    """
    looks: dict[str, list[Look]] = {}
    for row in reader.rows("SELECT body FROM look ORDER BY id"):
        look = unpack(row["body"], Look)
        looks.setdefault(fold_name(look.seller) or f"{LOOK_KEY}{look.key}", []).append(look)
    rows = reader.rows("SELECT * FROM seller_memory")
    named = [_make_seller(reader, row, tuple(looks.pop(row["seller_key"], ()))) for row in rows]
    unnamed = [_make_unnamed(reader, key, tuple(found)) for key, found in looks.items()]
    chosen = [each for each in [*named, *unnamed] if name.casefold() in each.habits.name.casefold()]
    return sorted(chosen, key=lambda each: (each.habits.name.casefold(), each.key))


def _make_seller(reader: Rows, row: Any, looks: tuple[Look, ...]) -> KnownSeller:
    values = dict(row)
    proved = reader.rows(_PROVED_SELLER, (values["seller_key"],))
    habits = SellerMemory(values["name"], values["proofs"], **{habit: values[habit] for habit in HABITS})
    return KnownSeller(values["seller_key"], habits, tuple(each["id"] for each in proved), looks)


def _make_unnamed(reader: Rows, key: str, looks: tuple[Look, ...]) -> KnownSeller:
    marks = looks[0].marks
    name = looks[0].seller or f"unnamed ({marks[0] if marks else key})"
    proved = sorted(row["id"] for look in looks for row in reader.rows(_PROVED_LOOK, (look.key,)))
    return KnownSeller(key, SellerMemory(name, sum(look.lessons for look in looks)), tuple(proved), looks)
