"""The records to go through, those of one seller together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.records import Status
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.records.query import StoredInvoice


class Waiting(NamedTuple):
    """A record to go through; ``others`` more of its seller wait, for which an answer about it may speak."""

    stored: StoredInvoice
    others: int


def list_waiting(state_dir: Path) -> list[int]:
    """The numbers of all records that need a review: seller by seller, whose first has waited longest comes first."""
    with open_reader(state_dir) as reader:
        rows = reader.rows("SELECT id, seller_key FROM invoice WHERE status = 'needs_review' ORDER BY id")
    groups: dict[str, list[int]] = {}
    for row in rows:
        groups.setdefault(row["seller_key"] or f"#{row['id']}", []).append(row["id"])
    return [number for group in groups.values() for number in group]


def read_waiting(state_dir: Path, names: Sequence[str] = ()) -> Iterator[Waiting]:
    """The named records, else all that wait: one after the other, each read anew, since a review may take hours.

    Of those that wait, one that was settled meanwhile (by another person, or because an answer about its seller was
    enough) is passed over.

    Raises:
        ConfigError: There is no record of such a name (any more).
    """
    for name in names or [str(number) for number in list_waiting(state_dir)]:
        stored = read_invoice(state_dir, name)
        if names or stored.invoice.status is Status.NEEDS_REVIEW:
            yield Waiting(stored, _count_others(state_dir, stored.id))


def _count_others(state_dir: Path, invoice_id: int) -> int:
    with open_reader(state_dir) as reader:
        rows = reader.rows(
            "SELECT count(*) AS others FROM invoice AS mine JOIN invoice AS other ON other.seller_key = mine.seller_key"
            " WHERE mine.id = ? AND other.id != mine.id AND other.status = 'needs_review'",
            (invoice_id,),
        )
    return int(rows[0]["others"])
