"""The first schema.

Until the first release this makes whatever the table modules declare: add a table module to ``_MODULES`` and delete
your development database. At the release the body is frozen into explicit statements, and every later change is a
revision of its own (add it to ``schema.REVISIONS``).
"""

import importlib

from alembic import op
from sqlmodel import SQLModel

from invoicewatch.store.word_index import INDEX_TABLES

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MODULES = ("tables", "ledger_tables", "memory_tables")


def upgrade() -> None:
    for name in _MODULES:
        importlib.import_module(f"invoicewatch.store.{name}")
    SQLModel.metadata.create_all(op.get_bind())
    for statement in INDEX_TABLES:
        op.execute(statement)
