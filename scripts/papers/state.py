"""docs/state.md: the tables of the database with every column's meaning, and the versions of the schema."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel

import invoicewatch.store
from invoicewatch.store.database.schema import HEAD, REVISIONS
from scripts.papers.marked import make_table

SQLITE = sqlite.dialect()


def write_state() -> str:
    """The versions, then a section for each table by its name."""
    revisions = ", ".join(f"`{revision}`" for revision in REVISIONS)
    sections = [f"Versions of the schema, oldest first: {revisions}; this program writes `{HEAD}`."]
    for table in sorted(find_tables(), key=lambda each: str(each.__tablename__)):
        sections += [f"### {table.__tablename__}", " ".join((table.__doc__ or "").replace("``", "`").split())]
        sections.append(make_table(["column", "type", "meaning"], list(_describe_columns(table))))
    return "\n\n".join(sections)


def find_tables() -> list[Any]:
    """Every class of ``store`` that is a table, wherever in the package."""
    for module in pkgutil.walk_packages(invoicewatch.store.__path__, "invoicewatch.store."):
        if ".migrations." not in module.name:
            importlib.import_module(module.name)
    return [each for each in _descend(SQLModel) if each.__module__.startswith("invoicewatch.") and _is_table(each)]


def list_undescribed() -> list[str]:
    """Columns whose field states no ``description``."""
    return [
        f"{table.__tablename__}.{column.name}"
        for table in find_tables()
        for column in table.__table__.columns
        if not table.model_fields[column.name].description
    ]


def _descend(kind: type[Any]) -> Iterator[type[Any]]:
    below: type[Any]
    for below in kind.__subclasses__():
        yield below
        yield from _descend(below)


def _is_table(kind: Any) -> bool:
    return hasattr(kind, "__table__")


def _describe_columns(table: Any) -> Iterator[list[str]]:
    for column in table.__table__.columns:
        marks = [column.type.compile(SQLITE).lower()]
        marks += ["key"] * column.primary_key
        marks += [f"of {key.target_fullname}" for key in column.foreign_keys]
        marks += ["may be null"] * bool(column.nullable)
        yield [f"`{column.name}`", ", ".join(marks), table.model_fields[column.name].description or ""]
