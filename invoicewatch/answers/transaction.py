"""One change to the database, from outside the daemon."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from invoicewatch.store.ledger.files import Transaction


@contextmanager
def begin_change(state_dir: Path) -> Iterator[Transaction]:
    """A transaction on a database that is opened for it and closed after it; committed unless the block raises.

    Raises:
        StoreError: The database cannot be opened, or is of a newer program.
    """
    # Readers of this module must not pay for SQLAlchemy.
    from invoicewatch.store.database.writer import open_database

    database = open_database(state_dir)
    try:
        with database.begin() as session:
            yield session
    finally:
        database.close()
