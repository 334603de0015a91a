"""Decide what a scan means for the ledger. Pure: files and rows in, actions out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from invoicewatch.intake.scan import Scan
from invoicewatch.records.ledger import UNCLAIMED, FileEntry, FileState, Stamp


@dataclass(slots=True)
class Plan:
    """What to change in the ledger.

    ``new``: path, stamp, and the row of which it is a new version. ``changed``: still unclaimed, and not what it was.
    ``gone``: removed before anything was copied. ``detached``: the row goes on with its copy, but the file at its
    path is no longer its own (removed, or replaced by a new version).
    """

    new: list[tuple[bytes, Stamp, int | None]] = field(default_factory=list)
    changed: list[tuple[FileEntry, Stamp]] = field(default_factory=list)
    gone: list[FileEntry] = field(default_factory=list)
    detached: list[FileEntry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone or self.detached)


def make_plan(scan: Scan, owners: Iterable[FileEntry]) -> Plan:
    """Compare a scan with the rows that should own the inbox's files.

    A row is only ever judged by a scan that covers its path: what could not be listed did not change.
    """
    plan = Plan()
    by_path = {entry.path: entry for entry in owners}
    for path, stamp in scan.files:
        entry = by_path.pop(path, None)
        if entry is None:
            plan.new.append((path, stamp, None))
        elif stamp != entry.stamp:
            _plan_change(plan, entry, stamp)
    for entry in by_path.values():
        if scan.covers(entry.path):
            (plan.gone if has_no_copy(entry) else plan.detached).append(entry)
    return plan


def _plan_change(plan: Plan, entry: FileEntry, stamp: Stamp) -> None:
    if has_no_copy(entry):
        plan.changed.append((entry, stamp))
    else:
        plan.detached.append(entry)
        plan.new.append((entry.path, stamp, entry.id))


def has_no_copy(entry: FileEntry) -> bool:
    """Whether nothing of this file was copied yet, so that whatever lies at its path now is what will be taken."""
    return entry.state in UNCLAIMED or (entry.state is FileState.WAITING and not entry.sha256)
