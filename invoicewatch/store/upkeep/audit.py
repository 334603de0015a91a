"""Compare records, ledger and files: what is missing, changed, orphaned or damaged, and what can be mended safely."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from invoicewatch.records.as_json import restore_path
from invoicewatch.store.database.chain import check_chain
from invoicewatch.store.database.reader import Rows

_CHUNK = 1 << 20


class Fault(StrEnum):
    """What is wrong."""

    MISSING = "missing"
    CHANGED = "changed"
    MOVED = "moved"
    ORPHANED = "orphaned"
    DAMAGED = "damaged"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. ``found_at`` is where a moved original lies now, the only fault that mends itself."""

    fault: Fault
    path: str
    invoice_id: int | None = None
    found_at: str = ""


class _Original(NamedTuple):
    """Where a record says that its original lies."""

    invoice_id: int
    sha256: str
    path: str


def check_files(reader: Rows, archive: Path, *, with_content: bool) -> Iterator[Finding]:
    """Look for every filed original, and for every file in the archive.

    Args:
        reader: The database.
        archive: The folder that originals are filed in.
        with_content: Read every original and compare its bytes with the record.
    """
    rows = [
        _Original(row["id"], row["sha256"], restore_path(row["stored_path"]))
        for row in reader.rows("SELECT id, sha256, stored_path FROM invoice WHERE stored_path <> '' ORDER BY id")
    ]
    known = {row.path for row in rows} | _ledger_targets(reader)
    strangers = [path for path in _walk(archive) if path not in known]
    lost = [row for row in rows if not Path(row.path).is_file()]
    by_hash = {hash_file(Path(path)): path for path in strangers} if lost else {}
    for row in lost:
        yield _describe_lost(row, by_hash)
    taken = {by_hash[row.sha256] for row in lost if row.sha256 in by_hash}
    for path in strangers:
        if path not in taken:
            yield Finding(Fault.ORPHANED, path)
    if with_content:
        for row in rows:
            original = Path(row.path)
            if original.is_file() and hash_file(original) != row.sha256:
                yield Finding(Fault.CHANGED, row.path, row.invoice_id)


def check_database(reader: Rows) -> Iterator[Finding]:
    """SQLite's own checks of pages and of references between tables."""
    for row in reader.rows("PRAGMA quick_check(20)"):
        if row[0] != "ok":
            yield Finding(Fault.DAMAGED, row[0])
    for row in reader.rows("PRAGMA foreign_key_check"):
        yield Finding(Fault.DAMAGED, f"row {row[1]} of {row[0]} refers to a missing row of {row[2]}")


def check_log(reader: Rows) -> Iterator[Finding]:
    """Whether the log of what people changed holds together."""
    for fault in check_chain(reader):
        yield Finding(Fault.LOG, fault)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file; empty if it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def _describe_lost(row: _Original, by_hash: Mapping[str, str]) -> Finding:
    found = by_hash.get(row.sha256, "")
    return Finding(Fault.MOVED if found else Fault.MISSING, row.path, row.invoice_id, found)


def _ledger_targets(reader: Rows) -> set[str]:
    """Where the ledger says that files were moved, duplicates among them."""
    return {os.fsdecode(row["target"]) for row in reader.rows("SELECT target FROM file WHERE target <> x''")}


def _walk(folder: Path) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            # Hidden names are half-written copies of the daemon's.
            if not name.startswith("."):
                yield str(Path(root, name))
