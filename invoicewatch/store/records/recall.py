"""A writer reads a record back inside its own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.records import query

if TYPE_CHECKING:
    from sqlmodel import Session


def find_records(session: Session, sha256: str) -> list[query.StoredInvoice]:
    """The records of the file with these bytes, in the order of its parts; empty if there are none."""
    return query.find_parts(SessionRows.open(session), sha256)
