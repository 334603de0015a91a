"""A writer asks its own transaction as a reader asks the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlmodel import Session


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
