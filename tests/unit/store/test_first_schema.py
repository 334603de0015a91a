"""The migrations make what the table modules declare, now that the first is frozen."""

import importlib
import sqlite3

from sqlalchemy import create_engine
from sqlmodel import SQLModel

from invoicewatch.store.database.writer import open_database
from invoicewatch.store.index.full_text import INDEX_TABLES

SCHEMA = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"


def read_schema(path):
    connection = sqlite3.connect(path)
    rows = connection.execute(SCHEMA).fetchall()
    connection.close()
    return {name: " ".join(sql.split()) for name, sql in rows}


def test_a_table_or_column_without_a_migration_is_noticed(tmp_path):
    for module in ("record", "ledger", "memory", "looks", "pages", "log"):
        importlib.import_module(f"invoicewatch.store.tables.{module}")
    engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        for statement in INDEX_TABLES:
            connection.exec_driver_sql(statement)
    engine.dispose()
    database = open_database(tmp_path / "state")
    database.close()

    assert read_schema(tmp_path / "declared.db") == read_schema(database.path)
