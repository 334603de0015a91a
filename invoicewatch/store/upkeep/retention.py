"""Originals that were kept for as long as the settings ask, and what the record says once one is gone."""

from __future__ import annotations

import json
import os
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import col, select

from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.ledger import FileState
from invoicewatch.store.ledger import files as ledger
from invoicewatch.store.tables.record import InvoiceRow, RunRow

if TYPE_CHECKING:
    from sqlmodel import Session


class Expired(NamedTuple):
    """A record whose original's time is over, and where the original may lie."""

    invoice_id: int
    sha256: str
    paths: tuple[bytes, ...]


def list_expired(session: Session, archive: str, before: datetime, after_id: int, limit: int) -> list[Expired]:
    """Records that arrived before a moment and whose original lies in the archive, by their numbers from ``after_id``.

    Args:
        session: An open transaction.
        archive: The archive's folder, absolute.
        before: Timezone-aware.
        after_id: Only records with a higher number.
        limit: At most this many.
    """
    folder = make_encodable(archive)
    rows = session.exec(
        select(InvoiceRow)
        .where(col(InvoiceRow.id) > after_id, col(InvoiceRow.arrived) < before)
        .where(col(InvoiceRow.stored_path) > f"{folder}/", col(InvoiceRow.stored_path) < f"{folder}0")
        .order_by(col(InvoiceRow.id))
        .limit(limit)
    ).all()
    return [_find_paths(session, row, os.fsencode(archive) + b"/") for row in rows]


def note_deleted(session: Session, invoice_id: int, note: str) -> None:
    """Say in the record that its original is gone, and why."""
    row = session.get_one(InvoiceRow, invoice_id)
    row.stored_path = ""
    run = session.get_one(RunRow, invoice_id)
    run.notes = json.dumps([*json.loads(run.notes), note])
    session.flush()


def _find_paths(session: Session, row: InvoiceRow, folder: bytes) -> Expired:
    """The ledger knows the name as the file system does; the record knows where `check` found it since."""
    assert row.id is not None
    entries = ledger.list_of_record(session, row.id)
    targets = [entry.target for entry in entries if entry.state is FileState.FILED and not entry.in_inbox]
    named = dict.fromkeys([os.fsencode(row.stored_path), *targets])
    return Expired(row.id, row.sha256, tuple(path for path in named if path.startswith(folder)))
