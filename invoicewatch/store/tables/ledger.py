"""The ledger's tables: every file ever seen, and every inbox with the mount it was last seen on.

A trigger refuses every change of state that ``records.ledger.TRANSITIONS`` does not name, so no code path and no
hand-typed UPDATE can bring a file into a state that it has no business in.
"""

from __future__ import annotations

from sqlalchemy import DDL, CheckConstraint, Column, Index, LargeBinary, event, text
from sqlmodel import Field, SQLModel

from invoicewatch.records.ledger import TRANSITIONS, FileState
from invoicewatch.store.database.sql import sql

_STATES = ", ".join(f"'{state}'" for state in FileState)

# SQLite takes a partial index only for a query that repeats its condition word for word: these are the words.
OWNS = sql("in_inbox = 1")
SETTLED = sql("state = 'settled'")
UNFILED = sql("filed_s IS NULL AND state IN ('duplicate', 'recorded', 'set_aside')")

_LEGAL = ", ".join(f"'{before}>{after}'" for before, afters in TRANSITIONS.items() for after in sorted(afters))


class FileRow(SQLModel, table=True):
    """One file; ``records.ledger.FileEntry`` says what the columns mean. ``name`` is the printable path."""

    __tablename__ = "file"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="file_state_known"),
        CheckConstraint("state NOT IN ('recorded', 'filed') OR invoice_id IS NOT NULL", name="file_has_its_record"),
        CheckConstraint("state NOT IN ('claimed', 'working', 'recorded') OR sha256 <> ''", name="file_was_hashed"),
        CheckConstraint("state <> 'duplicate' OR duplicate_of IS NOT NULL", name="file_has_its_first"),
        Index("ix_file_owner", "path", unique=True, sqlite_where=text(OWNS.text)),
        Index("ix_file_inbox", "inbox", sqlite_where=text(OWNS.text)),
        Index("ix_file_state", "state", "next_s"),
        Index("ix_file_settled", "seen_s", "id", sqlite_where=text(SETTLED.text)),
        Index("ix_file_unfiled", "next_s", "id", sqlite_where=text(UNFILED.text)),
        Index("ix_file_sha256", "sha256"),
        Index("ix_file_invoice", "invoice_id"),
    )

    id: int | None = Field(
        default=None, primary_key=True, description="The file's number, which names its copy in the spool."
    )
    inbox: str = Field(description="The inbox's folder.")
    path: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False), description="The file system's own bytes of its path."
    )
    name: str = Field(description="The path, printable.")
    state: str = Field(description="Where the file is on its way.")
    in_inbox: bool = Field(default=True, description="What lies at the path is this file.")
    inode: int = Field(description="Folded into 64 bits with a sign.")
    size: int = Field(description="Bytes.")
    mtime_ns: int = Field(description="Last change, Unix nanoseconds.")
    seen_s: float = Field(description="First seen, Unix seconds.")
    changed_s: float = Field(description="Last seen to change, Unix seconds.")
    since_s: float = Field(description="In this state since, Unix seconds.")
    next_s: float = Field(default=0.0, description="Looked at or tried next, Unix seconds.")
    checks: int = Field(default=0, description="Vain looks since it last changed.")
    attempts: int = Field(default=0, description="Failed tries.")
    crashes: int = Field(default=0, description="Tries that took the worker along.")
    without_model: bool = Field(default=False, description="To be read without the model, which did not survive it.")
    sha256: str = Field(default="", description="Of the copy; empty until it is claimed.")
    media_type: str = Field(default="", description="Told from the bytes.")
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id", description="Its first record.")
    duplicate_of: int | None = Field(default=None, foreign_key="file.id", description="The file with the same bytes.")
    version_of: int | None = Field(
        default=None, foreign_key="file.id", description="The file that lay at this path before."
    )
    target: bytes = Field(
        default=b"",
        sa_column=Column(LargeBinary, nullable=False),
        description="Where the original was or will be moved.",
    )
    filed_s: float | None = Field(default=None, description="When that was done, Unix seconds.")
    error_code: str = Field(default="", description="The failure that stands (docs/errors.md); empty if none.")
    error_message: str = Field(default="", description="What happened, for people.")
    error_remedy: str = Field(default="", description="What to do, for people.")


class InboxRow(SQLModel, table=True):
    """An inbox and the mount it lay on when it was last reached, so that a share that is not mounted is noticed."""

    __tablename__ = "inbox"

    path: str = Field(primary_key=True, description="The inbox's folder.")
    mount_point: str = Field(description="Where its file system is mounted.")
    file_system: str = Field(description="Its kind, such as `ext4` or `cifs`.")
    source: str = Field(description="The device or share.")


_TRIGGERS = (
    f"""CREATE TRIGGER file_state_legal BEFORE UPDATE OF state ON file
    WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_LEGAL})
    BEGIN SELECT RAISE(ABORT, 'illegal change of state'); END""",
    """CREATE TRIGGER file_begins_seen BEFORE INSERT ON file WHEN NEW.state <> 'seen'
    BEGIN SELECT RAISE(ABORT, 'a file begins as seen'); END""",
)
for _trigger in _TRIGGERS:
    event.listen(FileRow.__table__, "after_create", DDL(_trigger))  # type: ignore[attr-defined, no-untyped-call]
