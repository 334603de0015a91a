"""Ledger, records and files compared with one another, and what is safe to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from invoicewatch.answers.transaction import begin_change
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.contract.machine import FindingJson
from invoicewatch.store.database.reader import open_reader
from invoicewatch.store.upkeep.audit import Fault, Finding, check_database, check_files, check_log


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that was found, and what of it was mended."""

    found: tuple[Finding, ...]
    mended: frozenset[Finding] = frozenset()

    @property
    def left(self) -> tuple[Finding, ...]:
        """What a person should look at."""
        return tuple(finding for finding in self.found if finding not in self.mended)


def compare_files(state_dir: Path, archive: Path, *, with_content: bool = False, mend: bool = False) -> Comparison:
    """Look for what is missing, changed, moved, unknown or damaged; nothing is ever deleted.

    Args:
        state_dir: The folder of the database.
        archive: Where originals are filed.
        with_content: Read every original and compare it with its record, byte for byte.
        mend: Follow originals that were moved inside the archive.

    Raises:
        StoreError: There is no database, or it cannot be read.
    """
    with open_reader(state_dir) as reader:
        sound = (*check_database(reader), *check_log(reader))
        found = (*sound, *check_files(reader, archive, with_content=with_content))
    return Comparison(found, follow_moved(state_dir, found) if mend else frozenset())


def follow_moved(state_dir: Path, found: Iterable[Finding]) -> frozenset[Finding]:
    """Tell the records where their originals lie now: the bytes are the same, so nothing can go wrong."""
    from invoicewatch.store.tables.record import InvoiceRow

    moved = frozenset(finding for finding in found if finding.fault is Fault.MOVED)
    with begin_change(state_dir) as session:
        for finding in moved:
            row = session.get_one(InvoiceRow, finding.invoice_id)
            row.stored_path = make_encodable(finding.found_at)
    return moved


def build_index_anew(state_dir: Path) -> None:
    """Build the search index from the records, in one transaction."""
    from invoicewatch.store.index.full_text import rebuild_index

    with begin_change(state_dir) as session:
        rebuild_index(session.connection())


def finding_to_json(finding: Finding, *, mended: bool) -> FindingJson:
    """What is wrong with which file, as plain JSON values."""
    return {
        "fault": str(finding.fault),
        "path": make_encodable(finding.path),
        "invoice": finding.invoice_id,
        "found_at": make_encodable(finding.found_at) or None,
        "mended": mended,
    }
