"""A writer asks its own transaction as a reader asks the database, and writes to it past the ORM."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, ProgrammingError

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlmodel import Session


_OF_WHAT_IS_WRITTEN = (IntegrityError, DataError, InterfaceError, ProgrammingError)


class SessionRows:
    """A session as the read side sees a database; what the transaction wrote is seen too.

    Statements go to the driver: SQLAlchemy takes ten times as long for a small one as SQLite does. What is written
    here the ORM's objects of the same session do not know.
    """

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver

    @classmethod
    def open(cls, session: Session) -> SessionRows:
        """What the session wrote goes to the database first, so that it is read too."""
        session.flush()
        return cls.over(session.connection())

    @classmethod
    def over(cls, connection: Connection) -> SessionRows:
        """A connection within its transaction."""
        return cls(get_driver(connection))

    @property
    def is_open(self) -> bool:
        """Whether the transaction still stands."""
        return self._driver.in_transaction

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query, their columns by name. Raises sqlalchemy's DBAPIError, as all here do."""
        return self.execute(sql, parameters).fetchall()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run a statement; the cursor knows how many rows it changed and the number of the one it added."""
        cursor = self._driver.cursor()
        cursor.row_factory = sqlite3.Row
        try:
            return cursor.execute(sql, parameters)
        except sqlite3.Error as exc:
            raise DBAPIError.instance(sql, parameters, exc, sqlite3.Error) from exc

    def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of the parameters."""
        try:
            self._driver.executemany(sql, parameters)
        except sqlite3.Error as exc:
            raise DBAPIError.instance(sql, (), exc, sqlite3.Error) from exc


@contextmanager
def keep_apart(session: Session) -> Iterator[None]:
    """What the block writes, all of it or nothing; if it raises, the transaction stands as it was before the block."""
    rows = SessionRows.open(session)
    rows.execute("SAVEPOINT apart")
    try:
        yield
        session.flush()
    except BaseException:
        session.expunge_all()
        if rows.is_open:  # SQLite itself ends a transaction for which the disk has no room
            rows.execute("ROLLBACK TO apart")
            rows.execute("RELEASE apart")
        raise
    rows.execute("RELEASE apart")


def is_fault_of_store(error: Exception) -> bool:
    """Whether it is the database that fails, rather than what was to be written."""
    return isinstance(error, DBAPIError) and not isinstance(error, _OF_WHAT_IS_WRITTEN)


def get_driver(connection: Connection) -> sqlite3.Connection:
    """The driver's connection, past SQLAlchemy."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "SQLite's own driver is the only one in use"
    return driver
