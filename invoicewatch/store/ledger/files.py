"""The ledger: every file ever seen, where it is on its way, and what went wrong. Callers own the transaction."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from sqlalchemy import insert, or_, select, text, update
from sqlmodel import Session, SQLModel, col

from invoicewatch.records import Failure
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.ledger import TRANSITIONS, FileEntry, FileState, Stamp
from invoicewatch.store.database.session_rows import SessionRows
from invoicewatch.store.database.sql import sql
from invoicewatch.store.tables.inserting import update_row
from invoicewatch.store.tables.ledger import OWNS, SETTLED, UNFILED, FileRow, InboxRow
from invoicewatch.store.tables.record import InvoiceRow

Transaction = Session
"""What ``Database.begin`` yields, by a name that other layers may use without knowing SQLModel."""

_FILE = SQLModel.metadata.tables["file"]
_MOST_VARIABLES = 10_000
_MOST_RANGES = 200  # an expression may not be deeper than a thousand terms; beyond this the filter saves nothing
_PLAIN = tuple(each.name for each in fields(FileEntry) if each.name not in {"state", "stamp"})
_FLAGS = ("in_inbox", "without_model")


class IllegalChangeError(ValueError):
    """A file was to be brought into a state that does not follow from the one it is in."""


class NewFile(NamedTuple):
    """A file seen for the first time; ``version_of`` is the row that it is a new version of, if any."""

    path: bytes
    stamp: Stamp
    version_of: int | None
    changed_s: float


def add_seen(session: Session, inbox: str, files: Iterable[NewFile], *, now_s: float, settle_s: float) -> None:
    """Add files, each to be looked at once it has been quiet for ``settle_s``."""
    rows = [_make_row(inbox, file, now_s, settle_s) for file in files]
    if rows:
        session.execute(insert(_FILE), rows)


def _make_row(inbox: str, file: NewFile, now_s: float, settle_s: float) -> dict[str, Any]:
    row = FileRow(
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
    return row.model_dump(exclude={"id"})


def change_state(session: Session, file_id: int, to: FileState, now_s: float, **values: Any) -> None:
    """Bring a file into another state, with whatever else changes with it.

    Raises:
        IllegalChangeError: The state does not follow from the one it is in.
    """
    rows = SessionRows.open(session)
    before, name = rows.rows("SELECT state, name FROM file WHERE id = ?", (file_id,))[0]
    if to != before and to not in TRANSITIONS[FileState(before)]:
        raise IllegalChangeError(f"{name}: from {before} to {to}")
    update_row(rows, FileRow, file_id, _columns({"state": str(to), "since_s": now_s, **values}))


def change_many(session: Session, ids: Collection[int], to: FileState, now_s: float, **values: Any) -> None:
    """Bring many files into the same state; the database's trigger checks each."""
    for some in _batched(ids):
        changed = update(_FILE).where(_FILE.c.id.in_(some)).values(state=to, since_s=now_s, **_columns(values))
        session.execute(changed)


def _batched(ids: Collection[int]) -> Iterator[list[int]]:
    """The numbers in groups of as many as one statement of SQLite takes (32,766 variables, by default)."""
    numbers = list(ids)
    for start in range(0, len(numbers), _MOST_VARIABLES):
        yield numbers[start : start + _MOST_VARIABLES]


def note(session: Session, file_id: int, **values: Any) -> None:
    """Change what is remembered of a file. ``stamp`` and ``failure`` stand for the columns that hold them."""
    update_row(SessionRows.open(session), FileRow, file_id, _columns(values))


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    stamp: Stamp | None = columns.pop("stamp", None)
    failure: Failure | None = columns.pop("failure", None)
    if stamp is not None:
        columns |= stamp._asdict()
    if failure is not None:
        columns |= {"error_code": failure.code, "error_message": failure.message, "error_remedy": failure.remedy}
    if "path" in columns:
        columns["name"] = make_encodable(os.fsdecode(columns["path"]))
    return columns


def get_file(session: Session, file_id: int) -> FileEntry:
    """One file. Raises IndexError if there is none of this number."""
    return _entry(SessionRows.open(session).rows("SELECT * FROM file WHERE id = ?", (file_id,))[0])


def bring_forward(session: Session, state: FileState, *, later_than_s: float, to_s: float) -> None:
    """Have the files in a state that are due later than a moment be due at another."""
    late = update(_FILE).where(_FILE.c.state == state, _FILE.c.next_s > later_than_s)
    session.execute(late.values(next_s=to_s))


def find_state(session: Session, file_id: int) -> FileState | None:
    """The state of a file; None if there is none of this number (any more)."""
    state = session.scalar(select(_FILE.c.state).where(_FILE.c.id == file_id))
    return None if state is None else FileState(state)


def list_owners(session: Session, inbox: str, folders: Collection[bytes] = ()) -> list[FileEntry]:
    """The files of an inbox that should still lie where they were seen; if given, only those below ``folders``."""
    owners = select(_FILE).where(_FILE.c.inbox == inbox, text(OWNS.text))
    if folders and len(folders) <= _MOST_RANGES:
        # The next byte after a slash is a zero: all paths that begin with the folder and a slash lie in between.
        owners = owners.where(or_(*(_FILE.c.path.between(folder + b"/", folder + b"0") for folder in folders)))
    return _read(session, owners)


def list_due(
    session: Session, state: FileState, now_s: float, *, limit: int, inboxes: Collection[str] | None = None
) -> list[FileEntry]:
    """Files in a state whose time has come, longest due first. ``inboxes``: only files from these."""
    due = select(_FILE).where(_FILE.c.state == state, _FILE.c.next_s <= now_s)
    if inboxes is not None:
        due = due.where(_FILE.c.inbox.in_(inboxes))
    return _read(session, due.order_by(_FILE.c.next_s).limit(limit))


# Without the names of their indexes SQLite prefers the one by state, and then sorts the whole backlog, or reads every
# duplicate that there ever was.
_OLDEST_SETTLED, _NEWEST_SETTLED = (
    sql(
        "SELECT * FROM file INDEXED BY ix_file_settled WHERE {settled}"
        " AND inbox IN (SELECT value FROM json_each(?)) ORDER BY seen_s {order}, id {order} LIMIT ?",
        None,
        None,
        settled=SETTLED,
        order=order,
    )
    for order in (sql("ASC"), sql("DESC"))
)
_DUE_UNFILED = sql(
    "SELECT * FROM file INDEXED BY ix_file_unfiled WHERE {unfiled} AND next_s <= ? ORDER BY next_s, id LIMIT ?",
    None,
    None,
    unfiled=UNFILED,
)


def list_settled(session: Session, *, limit: int, inboxes: Collection[str], newest: bool = False) -> list[FileEntry]:
    """Files to be claimed next: those that were seen first, or last."""
    query = _NEWEST_SETTLED if newest else _OLDEST_SETTLED
    found = SessionRows.open(session).rows(query.text, (json.dumps(list(inboxes)), limit))
    return [_entry(row) for row in found]


def list_unfiled(session: Session, now_s: float, limit: int) -> list[FileEntry]:
    """Files whose outcome is committed and whose original is not yet where it belongs; a limit of -1 is none."""
    return [_entry(row) for row in SessionRows.open(session).rows(_DUE_UNFILED.text, (now_s, limit))]


def list_in(session: Session, state: FileState) -> list[FileEntry]:
    """All files in a state, in the order in which they were seen."""
    found = SessionRows.open(session).rows("SELECT * FROM file WHERE state = ? ORDER BY seen_s, id", (str(state),))
    return [_entry(row) for row in found]


def count_in(session: Session, state: FileState) -> int:
    """How many files are in a state."""
    return int(SessionRows.open(session).rows("SELECT count(*) FROM file WHERE state = ?", (str(state),))[0][0])


def list_of_record(session: Session, invoice_id: int) -> list[FileEntry]:
    """The files that a record was made from, or would have been, newest first; parts of one file share theirs."""
    found = _read(session, select(_FILE).where(_FILE.c.invoice_id.in_(_same_file(invoice_id))))
    return sorted(found, key=lambda entry: entry.id, reverse=True)


def _same_file(invoice_id: int) -> Any:
    """The numbers of all records of that record's file."""
    mine = select(col(InvoiceRow.sha256)).where(col(InvoiceRow.id) == invoice_id).scalar_subquery()
    return select(col(InvoiceRow.id)).where(col(InvoiceRow.sha256) == mine)


class NextTimes(NamedTuple):
    """When (Unix seconds) the next file is due to be looked at, to be tried again, to be filed; None: there is none."""

    look_s: float | None
    retry_s: float | None
    file_s: float | None
    settled: bool

    @property
    def first_s(self) -> float | None:
        """The first of them."""
        return min((each for each in self[:3] if each is not None), default=None)


_NEXT_TIMES = sql(
    """WITH here AS (SELECT value FROM json_each(?)) SELECT
    (SELECT next_s FROM file WHERE state = 'seen' AND inbox IN here ORDER BY next_s LIMIT 1),
    (SELECT next_s FROM file WHERE state = 'waiting' ORDER BY next_s LIMIT 1),
    (SELECT next_s FROM file INDEXED BY ix_file_unfiled WHERE {unfiled} ORDER BY next_s LIMIT 1),
    EXISTS (SELECT 1 FROM file WHERE {settled} AND inbox IN here)""",
    None,
    unfiled=UNFILED,
    settled=SETTLED,
)


def find_next_times(session: Session, inboxes: Collection[str]) -> NextTimes:
    """What is due next, and whether files wait to be claimed; all of it in the reachable ``inboxes``.

    One statement, as it is asked at every turn of the daemon's loop.
    """
    row = SessionRows.open(session).rows(_NEXT_TIMES.text, (json.dumps(list(inboxes)),))[0]
    return NextTimes(row[0], row[1], row[2], bool(row[3]))


def find_first(session: Session, sha256: str, but_not: int) -> FileEntry | None:
    """The file that already stands for these bytes: on its way, or recorded."""
    found = SessionRows.open(session).rows(
        "SELECT * FROM file WHERE sha256 = ? AND id <> ?"
        " AND state IN ('claimed', 'working', 'waiting', 'recorded', 'filed') ORDER BY id LIMIT 1",
        (sha256, but_not),
    )
    return _entry(found[0]) if found else None


def find_record(session: Session, sha256: str) -> int | None:
    """The first record of these bytes, unless it says that they could not be read."""
    found = SessionRows.open(session).rows(
        "SELECT id FROM invoice WHERE sha256 = ? AND status <> 'failed' ORDER BY part LIMIT 1", (sha256,)
    )
    return found[0][0] if found else None


def move_record(session: Session, invoice_id: int, stored_path: bytes) -> None:
    """Say in a record, and in the others of its file, where their original lies now."""
    path = make_encodable(os.fsdecode(stored_path))
    SessionRows.open(session).execute(
        "UPDATE invoice SET stored_path = ? WHERE sha256 = (SELECT sha256 FROM invoice WHERE id = ?)",
        (path, invoice_id),
    )


def get_mount(session: Session, inbox: str) -> tuple[str, str, str] | None:
    """The mount point, file system and source that an inbox last lay on."""
    row = session.get(InboxRow, inbox)
    return (row.mount_point, row.file_system, row.source) if row else None


def set_mount(session: Session, inbox: str, mount_point: str, file_system: str, source: str) -> None:
    """Remember the mount that an inbox lies on."""
    session.merge(InboxRow(path=inbox, mount_point=mount_point, file_system=file_system, source=source))


def _read(session: Session, statement: Any) -> list[FileEntry]:
    """Rows as entries, past the ORM: a scan compares tens of thousands."""
    return [_entry(row) for row in session.execute(statement).mappings()]


def _entry(row: Any) -> FileEntry:
    values = {name: row[name] for name in _PLAIN} | {name: bool(row[name]) for name in _FLAGS}
    return FileEntry(state=FileState(row["state"]), stamp=Stamp(row["inode"], row["size"], row["mtime_ns"]), **values)
