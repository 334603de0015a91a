"""Erase a record for good: values, texts, edits, entries, what was learned from it, its words, its ledger rows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sqlmodel import and_, col, delete, or_, select, update

from invoicewatch.errors import TransientError
from invoicewatch.records.as_json import restore_path
from invoicewatch.records.ledger import FILING, FileState
from invoicewatch.store.database.chain import erase_values, write_down
from invoicewatch.store.database.deed import Change, Deed, Doer
from invoicewatch.store.index.full_text import (
    list_lost_terms,
    list_terms,
    read_entry,
    remove_entry,
    remove_unused_terms,
)
from invoicewatch.store.memory.alarms.forgetting import forget_alarms
from invoicewatch.store.records.parts import delete_record, forget_traces
from invoicewatch.store.tables.ledger import FileRow
from invoicewatch.store.tables.record import InvoiceRow

if TYPE_CHECKING:
    from sqlmodel import Session

    from invoicewatch.store.database.writer import Database


class InWorkError(TransientError):
    """The daemon has the document in its hands: what is erased under it would come back, or end it."""

    default_code = "in_work"


def check_at_rest(session: Session, invoice_id: int) -> None:
    """See that no file with this document's bytes is being processed or still to be filed. Raises InWorkError."""
    mine = select(InvoiceRow.sha256).where(InvoiceRow.id == invoice_id).scalar_subquery()
    unfiled = and_(col(FileRow.state).in_(FILING), col(FileRow.filed_s).is_(None))
    busy = or_(col(FileRow.state).in_((FileState.CLAIMED, FileState.WORKING)), unfiled)
    found = session.exec(select(FileRow).where(FileRow.sha256 == mine, busy)).first()
    if found is not None:
        remedy = "Wait until the daemon is done with it (`invoicewatch status`), or start it if it does not run."
        raise InWorkError(f"{found.name} is being processed ({found.state})", remedy=remedy)


def list_files(session: Session, invoice_id: int) -> list[str]:
    """Every path at which the ledger or the record says that these bytes lie or lay, duplicates among them."""
    row = session.get(InvoiceRow, invoice_id)
    if row is None:
        return []
    named = [restore_path(row.stored_path), row.path if row.path_bytes is None else os.fsdecode(row.path_bytes)]
    files = session.exec(select(FileRow).where(FileRow.sha256 == row.sha256)).all()
    ledger = [os.fsdecode(path) for file in files for path in (file.target, file.path)]
    return list(dict.fromkeys(path for path in [*named, *ledger] if path))


def list_siblings(session: Session, invoice_id: int) -> list[int]:
    """The numbers of the other records that were made from the same file."""
    mine = select(InvoiceRow.sha256).where(InvoiceRow.id == invoice_id).scalar_subquery()
    others = select(InvoiceRow.id).where(InvoiceRow.sha256 == mine, InvoiceRow.id != invoice_id)
    return [number for number in session.exec(others.order_by(col(InvoiceRow.part))).all() if number is not None]


def forget_invoice(session: Session, invoice_id: int, doer: Doer) -> bool:
    """Delete a record and all that came of it, in the caller's transaction; False if there is none.

    The log keeps its entries and gets one for this; their values go. The ledger's rows go with the last record of their
    file. Deleted pages are overwritten with zeros. :func:`erase_traces` must follow the commit.

    Raises:
        InWorkError: Its document is being processed.
    """
    check_at_rest(session, invoice_id)
    row = session.get(InvoiceRow, invoice_id)
    if row is None:
        return False
    connection = session.connection()
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    entry = read_entry(connection, invoice_id)
    if entry is not None:
        remove_entry(connection, invoice_id, entry)
        remove_unused_terms(connection, list_terms(entry))
    forget_traces(session, row.sha256, row.part)
    forget_alarms(session, invoice_id)
    others = list_siblings(session, invoice_id)
    # Parts that the file had once go with the last record of it.
    erase_values(session, row.sha256, row.part if others else None)
    write_down(session, [Change(Deed.FORGET, invoice_id, row.sha256, row.part)], doer)
    if others:
        delete_record(session, invoice_id, keep=others[0])
        return True
    _forget_files(session, row.sha256)
    session.delete(row)
    session.flush()
    return True


def erase_traces(database: Database) -> None:
    """Rewrite the index and empty the write-ahead log, so that no deleted word is left in either file."""
    with database.begin() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        # The words of its earlier readings are known until now.
        remove_unused_terms(connection, list_lost_terms(connection))
        connection.exec_driver_sql("INSERT INTO word_index(word_index) VALUES ('optimize')")
        connection.exec_driver_sql("INSERT INTO word_trigram(word_trigram) VALUES ('optimize')")
    database.checkpoint()


def _forget_files(session: Session, sha256: str) -> None:
    mine = select(FileRow.id).where(FileRow.sha256 == sha256).scalar_subquery()
    for name in ("duplicate_of", "version_of"):
        session.exec(update(FileRow).where(getattr(FileRow, name).in_(mine)).values({name: None}))
    session.exec(delete(FileRow).where(col(FileRow.sha256) == sha256))
