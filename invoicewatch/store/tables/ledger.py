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

    id: int | None = Field(default=None, primary_key=True)
    inbox: str
    path: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    name: str
    state: str
    in_inbox: bool = True
    inode: int
    size: int
    mtime_ns: int
    seen_s: float
    changed_s: float
    since_s: float
    next_s: float = 0.0
    checks: int = 0
    attempts: int = 0
    crashes: int = 0
    without_model: bool = False
    sha256: str = ""
    media_type: str = ""
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id")
    duplicate_of: int | None = Field(default=None, foreign_key="file.id")
    version_of: int | None = Field(default=None, foreign_key="file.id")
    target: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    filed_s: float | None = None
    error_code: str = ""
    error_message: str = ""
    error_remedy: str = ""


class InboxRow(SQLModel, table=True):
    """An inbox and the mount it lay on when it was last reached, so that a share that is not mounted is noticed."""

    __tablename__ = "inbox"

    path: str = Field(primary_key=True)
    mount_point: str
    file_system: str
    source: str


_TRIGGERS = (
    f"""CREATE TRIGGER file_state_legal BEFORE UPDATE OF state ON file
    WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_LEGAL})
    BEGIN SELECT RAISE(ABORT, 'illegal change of state'); END""",
    """CREATE TRIGGER file_begins_seen BEFORE INSERT ON file WHEN NEW.state <> 'seen'
    BEGIN SELECT RAISE(ABORT, 'a file begins as seen'); END""",
)
for _trigger in _TRIGGERS:
    event.listen(FileRow.__table__, "after_create", DDL(_trigger))  # type: ignore[attr-defined, no-untyped-call]
