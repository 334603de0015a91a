"""The ledger: every file ever seen, where it is on its way, and what went wrong. Callers own the transaction."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from invoicewatch.records import Failure, Status
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.ledger import FILING, TRANSITIONS, FileEntry, FileState, Stamp
from invoicewatch.store.ledger_tables import FileRow, InboxRow
from invoicewatch.store.tables import InvoiceRow

Transaction = Session
"""What ``Database.begin`` yields, by a name that other layers may use without knowing SQLModel."""

_PLAIN = tuple(each.name for each in fields(FileEntry) if each.name not in {"state", "stamp"})


class IllegalChangeError(ValueError):
    """A file was to be brought into a state that does not follow from the one it is in."""


class NewFile(NamedTuple):
    """A file seen for the first time; ``version_of`` is the row that it is a new version of, if any."""

    path: bytes
    stamp: Stamp
    version_of: int | None
    changed_s: float


def add_seen(
    session: Session, inbox: str, files: Iterable[NewFile], *, now_s: float, settle_s: float
) -> list[FileEntry]:
    """Add files, each to be looked at once it has been quiet for ``settle_s``."""
    rows = [_make_row(inbox, file, now_s, settle_s) for file in files]
    session.add_all(rows)
    session.flush()
    return [_entry(row) for row in rows]


def _make_row(inbox: str, file: NewFile, now_s: float, settle_s: float) -> FileRow:
    return FileRow(
        inbox=inbox,
        path=file.path,
        name=make_encodable(os.fsdecode(file.path)),
        state=FileState.SEEN,
        **file.stamp._asdict(),
        seen_s=now_s,
        changed_s=file.changed_s,
        since_s=now_s,
        next_s=file.changed_s + settle_s,
        version_of=file.version_of,
    )


def change_state(session: Session, file_id: int, to: FileState, now_s: float, **values: Any) -> None:
    """Bring a file into another state, with whatever else changes with it.

    Raises:
        IllegalChangeError: The state does not follow from the one it is in.
    """
    row = session.get_one(FileRow, file_id)
    before = FileState(row.state)
    if to is not before and to not in TRANSITIONS[before]:
        raise IllegalChangeError(f"{row.name}: from {before} to {to}")
    row.state, row.since_s = to, now_s
    _assign(row, values)
    session.flush()


def change_many(session: Session, ids: Collection[int], to: FileState, now_s: float, **values: Any) -> None:
    """Bring many files into the same state; the database's trigger checks each."""
    if ids:
        session.execute(update(FileRow), [{"id": file_id, "state": to, "since_s": now_s, **values} for file_id in ids])


def note(session: Session, file_id: int, **values: Any) -> None:
    """Change what is remembered of a file while its state stays."""
    row = session.get_one(FileRow, file_id)
    _assign(row, values)
    session.flush()


def _assign(row: FileRow, values: dict[str, Any]) -> None:
    stamp: Stamp | None = values.pop("stamp", None)
    failure: Failure | None = values.pop("failure", None)
    if stamp is not None:
        values |= stamp._asdict()
    if failure is not None:
        values |= {"error_code": failure.code, "error_message": failure.message, "error_remedy": failure.remedy}
    if "path" in values:
        values["name"] = make_encodable(os.fsdecode(values["path"]))
    for name, value in values.items():
        setattr(row, name, value)


def get_file(session: Session, file_id: int) -> FileEntry:
    """One file. Raises sqlalchemy's NoResultFound if there is none of this number."""
    return _entry(session.get_one(FileRow, file_id))


def list_owners(session: Session, inbox: str) -> list[FileEntry]:
    """The files of an inbox that should still lie where they were seen."""
    statement = select(FileRow).where(FileRow.inbox == inbox, col(FileRow.in_inbox))
    return [_entry(row) for row in session.exec(statement)]


def list_due(
    session: Session,
    states: Sequence[FileState],
    now_s: float,
    *,
    limit: int,
    inboxes: Collection[str] | None = None,
    newest: bool = False,
) -> list[FileEntry]:
    """Files in one of ``states`` whose time has come, those that were seen first (or last) first.

    ``inboxes``: only files from these.
    """
    order = (col(FileRow.seen_s).desc(), col(FileRow.id).desc()) if newest else (col(FileRow.seen_s), col(FileRow.id))
    statement = select(FileRow).where(col(FileRow.state).in_(states), FileRow.next_s <= now_s)
    if inboxes is not None:
        statement = statement.where(col(FileRow.inbox).in_(inboxes))
    return [_entry(row) for row in session.exec(statement.order_by(*order).limit(limit))]


def list_unfiled(session: Session, now_s: float, limit: int) -> list[FileEntry]:
    """Files whose outcome is committed and whose original is not yet where it belongs."""
    due = select(FileRow).where(
        col(FileRow.state).in_(sorted(FILING)), col(FileRow.filed_s).is_(None), FileRow.next_s <= now_s
    )
    return [_entry(row) for row in session.exec(due.order_by(col(FileRow.id)).limit(limit))]


def list_in(session: Session, state: FileState) -> list[FileEntry]:
    """All files in a state."""
    return [_entry(row) for row in session.exec(select(FileRow).where(FileRow.state == state))]


def list_of_record(session: Session, invoice_id: int) -> list[FileEntry]:
    """The files that a record was made from, or would have been, newest first."""
    statement = select(FileRow).where(FileRow.invoice_id == invoice_id).order_by(col(FileRow.id).desc())
    return [_entry(row) for row in session.exec(statement)]


def find_next_time(session: Session, inboxes: Collection[str]) -> float | None:
    """When the next file is due to be looked at, tried again or filed; None if nothing waits."""
    looks = col(FileRow.state).in_((FileState.SEEN, FileState.SETTLED)) & col(FileRow.inbox).in_(inboxes)
    unfiled = col(FileRow.state).in_(sorted(FILING)) & col(FileRow.filed_s).is_(None)
    tries = FileRow.state == FileState.WAITING
    times = [session.exec(select(func.min(FileRow.next_s)).where(part)).one() for part in (looks, tries, unfiled)]
    return min((each for each in times if each is not None), default=None)


def find_first(session: Session, sha256: str, but_not: int) -> FileEntry | None:
    """The file that already stands for these bytes: on its way, or recorded."""
    states = (FileState.CLAIMED, FileState.WORKING, FileState.WAITING, FileState.RECORDED, FileState.FILED)
    statement = select(FileRow).where(FileRow.sha256 == sha256, FileRow.id != but_not, col(FileRow.state).in_(states))
    row = session.exec(statement.order_by(col(FileRow.id)).limit(1)).first()
    return _entry(row) if row else None


def find_record(session: Session, sha256: str) -> int | None:
    """The record of these bytes, unless it says that they could not be read."""
    statement = select(InvoiceRow.id).where(InvoiceRow.sha256 == sha256, InvoiceRow.status != Status.FAILED)
    return session.exec(statement).first()


def move_record(session: Session, invoice_id: int, stored_path: bytes) -> None:
    """Say in the record where its original lies now."""
    row = session.get_one(InvoiceRow, invoice_id)
    row.stored_path = make_encodable(os.fsdecode(stored_path))
    session.flush()


def get_mount(session: Session, inbox: str) -> tuple[str, str, str] | None:
    """The mount point, file system and source that an inbox last lay on."""
    row = session.get(InboxRow, inbox)
    return (row.mount_point, row.file_system, row.source) if row else None


def set_mount(session: Session, inbox: str, mount_point: str, file_system: str, source: str) -> None:
    """Remember the mount that an inbox lies on."""
    session.merge(InboxRow(path=inbox, mount_point=mount_point, file_system=file_system, source=source))


def _entry(row: FileRow) -> FileEntry:
    values = {name: getattr(row, name) for name in _PLAIN}
    return FileEntry(state=FileState(row.state), stamp=Stamp(row.inode, row.size, row.mtime_ns), **values)
