"""Erase records for good, with the files that hold the very bytes that were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.answers.transaction import begin_change
from invoicewatch.store.database.deed import Doer
from invoicewatch.store.records.query import StoredInvoice


@dataclass(frozen=True, slots=True)
class Erasure:
    """What would go: the records ``ids`` and the ``files``; ``left`` more records of the same file would stay."""

    stored: StoredInvoice
    ids: tuple[int, ...]
    files: tuple[Path, ...]
    left: int


def plan_erasure(state_dir: Path, name: str, *, keep_files: bool = False, whole_file: bool = False) -> Erasure:
    """What forgetting a record means; nothing is done yet.

    Args:
        state_dir: The folder of the database.
        name: The record, as a person says it.
        keep_files: Erase no file.
        whole_file: With all other records of the same file. Without it a file of several records stays.

    Raises:
        ConfigError: There is no such record.
        InWorkError: The daemon has its document in its hands.
    """
    from invoicewatch.store.upkeep.audit import hash_file
    from invoicewatch.store.upkeep.forget import check_at_rest, list_files, list_siblings

    stored = read_invoice(state_dir, name)
    with begin_change(state_dir) as session:
        check_at_rest(session, stored.id)
        siblings = list_siblings(session, stored.id)
        paths = [] if keep_files or (siblings and not whole_file) else list_files(session, stored.id)
    ids = (stored.id, *siblings) if whole_file else (stored.id,)
    files = tuple(path for path in map(Path, paths) if hash_file(path) == stored.machine.sha256)
    return Erasure(stored, ids, files, len(siblings) + 1 - len(ids))


def erase(state_dir: Path, erasure: Erasure, doer: Doer) -> None:
    """Do it, for whoever asked for it: records, texts, index entries, what was learned from them, and the files.

    Raises:
        InWorkError: The daemon has taken the document up since.
        OSError: A file cannot be deleted; the record is still there then.
    """
    from invoicewatch.store.database.writer import open_database
    from invoicewatch.store.tables.record import InvoiceRow
    from invoicewatch.store.upkeep.forget import erase_traces, forget_invoice

    # Files first: if this is interrupted, the record is still there to try again with.
    for file in erasure.files:
        file.unlink()
    database = open_database(state_dir)
    try:
        with database.begin() as session:
            for number in erasure.ids:
                # Somebody else may have erased it since, and its number be another document's.
                row = session.get(InvoiceRow, number)
                if row is not None and row.sha256 == erasure.stored.machine.sha256:
                    forget_invoice(session, number, doer)
        erase_traces(database)
    finally:
        database.close()
