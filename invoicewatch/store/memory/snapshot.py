"""The memory as one snapshot; read as the search reads, without heavy imports."""

from __future__ import annotations

from dataclasses import fields

from invoicewatch.records import Look, LookBook, Memory, SellerMemory
from invoicewatch.store.database.reader import Rows
from invoicewatch.store.memory.office import find_office
from invoicewatch.store.memory.packing import unpack
from invoicewatch.store.memory.version import read_version

HABITS = tuple(each.name for each in fields(SellerMemory) if each.name not in {"name", "proofs"})


def read_memory(reader: Rows, known: Memory | None = None) -> Memory:
    """All that was learned until now; version 0 and empty on a new database.

    ``known`` is an earlier snapshot of the same database: only what changed since is read, and it is returned itself
    where nothing did.
    """
    version, forgotten = read_version(reader)
    if known is not None and known.version == version:
        return known
    sellers = tuple(
        SellerMemory(row["name"], row["proofs"], **{habit: row[habit] for habit in HABITS})
        for row in reader.rows("SELECT * FROM seller_memory ORDER BY seller_key")
    )
    older = known if known is not None and forgotten <= known.version <= version else Memory()
    office = find_office(reader)
    looks = _read_looks(reader, older.looks, older.version)
    return Memory(version, sellers, looks, (office.name,) if office else ())


def _read_looks(reader: Rows, known: LookBook, since: int) -> LookBook:
    """The looks as they are now; ``known`` are those of the memory's version ``since``, of which none was forgotten."""
    changed = reader.rows("SELECT body FROM look WHERE version > ?", (since,))
    return known.renewed(unpack(row["body"], Look) for row in changed) if changed else known
