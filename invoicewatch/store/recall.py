"""A writer reads a record back inside its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from invoicewatch.records import Invoice
from invoicewatch.store import query

if TYPE_CHECKING:
    from sqlmodel import Session


def find_invoice(session: Session, sha256: str) -> Invoice | None:
    """The record of the document with these bytes, with the values that count; None if there is none."""
    rows = SessionRows(session)
    found = rows.rows("SELECT id FROM invoice WHERE sha256 = ?", (sha256,))
    stored = query.find_invoice(rows, found[0]["id"]) if found else None
    return None if stored is None else stored.invoice


class SessionRows:
    """A session as the read side sees a database; what the transaction wrote is seen too."""

    def __init__(self, session: Session) -> None:
        session.flush()
        self._connection = session.connection()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Sequence[Any]:
        """All rows of a query, their columns by name."""
        return self._connection.exec_driver_sql(sql, tuple(parameters)).mappings().all()
