"""Rows into a table and out of it, past the ORM: a record has some forty, and objects cost more than all of SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlmodel import SQLModel

from invoicewatch.store.database.sql import Sql, join_list, list_values, name_one_of, sql

if TYPE_CHECKING:
    from invoicewatch.store.database.session_rows import SessionRows

RowValues = Mapping[str, Any]
"""A row by its columns, as SQLite takes it: money as an integer, moments as text."""


def insert_rows(rows: SessionRows, table: type[SQLModel], values: Sequence[RowValues]) -> None:
    """Add rows, each with a value for every column."""
    if values:
        statement, columns = _write_insert(table, with_id=True)
        rows.executemany(statement.text, [[each[name] for name in columns] for each in values])


def insert_row(rows: SessionRows, table: type[SQLModel], values: RowValues) -> int:
    """Add a row with a value for every column but ``id``, which is given out; returns it."""
    statement, columns = _write_insert(table, with_id=False)
    number = rows.execute(statement.text, [values[name] for name in columns]).lastrowid
    assert number is not None, "a row was added"
    return number


def update_row(rows: SessionRows, table: type[SQLModel], number: int, values: RowValues) -> None:
    """Change these columns of the row with this ``id``."""
    statement = _write_update(table, tuple(values))
    rows.execute(statement.text, [*values.values(), number])


def delete_rows(rows: SessionRows, table: type[SQLModel], invoice_id: int) -> None:
    """Delete the rows that belong to a record."""
    name = str(table.__tablename__)
    statement = sql("DELETE FROM {table} WHERE invoice_id = ?", invoice_id, table=name_one_of(name, (name,)))
    rows.execute(statement.text, statement.parameters)


@cache
def _write_update(table: type[SQLModel], names: tuple[str, ...]) -> Sql:
    made = SQLModel.metadata.tables[str(table.__tablename__)]
    columns = tuple(column.name for column in made.columns)
    return sql(
        "UPDATE {table} SET {changes} WHERE id = ?",
        None,
        table=name_one_of(made.name, (made.name,)),
        changes=join_list(sql("{column} = ?", None, column=name_one_of(name, columns)) for name in names),
    )


@cache
def _write_insert(table: type[SQLModel], *, with_id: bool) -> tuple[Sql, tuple[str, ...]]:
    made = SQLModel.metadata.tables[str(table.__tablename__)]
    columns = tuple(column.name for column in made.columns if with_id or column.name != "id")
    statement = sql(
        "INSERT INTO {table} ({columns}) VALUES ({values})",
        table=name_one_of(made.name, (made.name,)),
        columns=join_list(name_one_of(name, columns) for name in columns),
        values=list_values(columns),
    )
    return statement, columns
