"""One change to the database, from outside the daemon; and a database to change."""

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


def prepare_database(state_dir: Path) -> None:
    """Make the database, or bring it up to date, if need be.

    Raises:
        StoreError: It cannot be opened or made, or is of a newer program.
    """
    from invoicewatch.store.database.writer import open_database

    open_database(state_dir).close()
