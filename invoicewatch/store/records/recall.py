"""A writer reads a record back inside its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoicewatch.store.records import query

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlmodel import Session


def find_records(session: Session, sha256: str) -> list[query.StoredInvoice]:
    """The records of the file with these bytes, in the order of its parts; empty if there are none."""
    rows = SessionRows.open(session)
    found = rows.rows("SELECT id FROM invoice WHERE sha256 = ? ORDER BY part", (sha256,))
    stored = (query.find_invoice(rows, row["id"]) for row in found)
    return [each for each in stored if each is not None]


class SessionRows:
    """A session as the read side sees a database; what the transaction wrote is seen too."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, session: Session) -> SessionRows:
        """What the session wrote goes to the database first, so that it is read too."""
        session.flush()
        return cls(session.connection())

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[Any]:
        """All rows of a query, their columns by name."""
        return self._connection.exec_driver_sql(sql, tuple(parameters)).mappings().all()
