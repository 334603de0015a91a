"""SQLite and Parquet: tables with types."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from invoicewatch.answers.export.plain import Figures, to_text
from invoicewatch.errors import DependencyError
from invoicewatch.store.database.sql import join_list, list_values, name_one_of, sql
from invoicewatch.store.figures.flat_rows import COLUMNS, Value
from invoicewatch.store.figures.line_rows import LINE_COLUMNS

_NAMES = frozenset(column.name for column in (*COLUMNS, *LINE_COLUMNS))
_TABLES = frozenset({"invoice", "line"})
_TYPES = {
    "integer": sql("INTEGER"), "text": sql("TEXT"), "money": sql("NUMERIC"), "number": sql("NUMERIC"),
    "date": sql("TEXT"), "bool": sql("INTEGER"), "moment": sql("TEXT"),
}  # fmt: skip
_GROUP_ROWS = 50_000
_DIGITS = 24
_DECIMALS = 4
_DIGITS_OF_NUMBER, _DECIMALS_OF_NUMBER = 38, 10


def write_sqlite(tables: Iterable[Figures], path: Path) -> None:
    """A database of its own with the tables ``invoice`` and ``line``: amounts are numbers, dates ISO 8601."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for figures in tables:
            _write_table(connection, figures)


def _write_table(connection: sqlite3.Connection, figures: Figures) -> None:
    columns = join_list(
        sql("{name} {type}", name=name_one_of(column.name, _NAMES), type=_TYPES[column.kind])
        for column in figures.columns
    )
    table = name_one_of(figures.name, _TABLES)
    key = sql("id") if figures.name == "invoice" else sql("id, line")
    create = sql("CREATE TABLE {table} ({columns}, PRIMARY KEY ({key}))", table=table, columns=columns, key=key)
    insert = sql("INSERT INTO {table} VALUES ({marks})", table=table, marks=list_values(figures.columns))
    connection.execute(create.text)
    connection.executemany(insert.text, (_sql_row(row) for row in figures.rows))


def _sql_row(row: tuple[Value, ...]) -> tuple[Any, ...]:
    return tuple(value if value is None or isinstance(value, bool | int) else to_text(value) for value in row)


def write_parquet(figures: Figures, path: Path) -> None:
    """A Parquet file: amounts are exact decimals, dates are dates. Raises DependencyError without pyarrow."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as exc:
        remedy = "Install it: pip install 'invoicewatch[parquet]'."
        raise DependencyError("Parquet needs pyarrow, which is not installed", remedy=remedy) from exc
    kinds = {
        "integer": pa.int64(), "text": pa.string(), "money": pa.decimal128(_DIGITS, _DECIMALS),
        "number": pa.decimal128(_DIGITS_OF_NUMBER, _DECIMALS_OF_NUMBER), "date": pa.date32(),
        "bool": pa.bool_(), "moment": pa.timestamp("us", tz="UTC"),
    }  # fmt: skip
    schema = pa.schema([(column.name, kinds[column.kind]) for column in figures.columns])
    with pq.ParquetWriter(path, schema) as writer:
        for group in _groups(iter(figures.rows)):
            arrays = [
                pa.array(values, type=field.type)
                for values, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _groups(rows: Iterator[tuple[Value, ...]]) -> Iterator[list[tuple[Value, ...]]]:
    while group := list(islice(rows, _GROUP_ROWS)):
        yield group
