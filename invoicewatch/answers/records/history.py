"""What people did to one record."""

from __future__ import annotations

from pathlib import Path

from invoicewatch.store.database.log import LogEntry, Wanted, read_entries
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.records.query import StoredInvoice

MOST = 500


def read_history(state_dir: Path, stored: StoredInvoice) -> tuple[LogEntry, ...]:
    """The entries of the log about a record, newest first, ``MOST`` at most.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        return tuple(read_entries(reader, Wanted(sha256=stored.machine.sha256, part=stored.machine.part_number), MOST))
