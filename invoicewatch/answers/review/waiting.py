"""The records to go through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.records.query import StoredInvoice


def list_waiting(state_dir: Path) -> list[int]:
    """The numbers of all records that need a review, in order."""
    with open_reader(state_dir) as reader:
        rows = reader.rows("SELECT id FROM invoice WHERE status = 'needs_review' ORDER BY id")
    return [row["id"] for row in rows]


def read_waiting(state_dir: Path, names: Sequence[str] = ()) -> Iterator[StoredInvoice]:
    """The named records, else all that wait: one after the other, each read anew, since a review may take hours.

    Raises:
        ConfigError: There is no record of such a name (any more).
    """
    for name in names or [str(number) for number in list_waiting(state_dir)]:
        yield read_invoice(state_dir, name)
