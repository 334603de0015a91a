"""The log's tables: what people changed, chained by hash and only ever added to; the values lie beside it.

Triggers refuse every change of an entry, so no code path can rewrite one, and a hand that does breaks the chain.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DDL, Column, ForeignKey, Index, Integer, event
from sqlmodel import Field, SQLModel

from invoicewatch.store.tables.columns import UtcDateTime


class LogEntryRow(SQLModel, table=True):
    """One thing that somebody did; ``store/database/chain.py`` says how the hashes are made."""

    __tablename__ = "log_entry"
    __table_args__ = (
        Index("ix_log_entry_sha256", "sha256", "part"),
        Index("ix_log_entry_invoice", "invoice_id"),
        Index("ix_log_entry_who", "who"),
        {"sqlite_autoincrement": True},
    )

    number: int | None = Field(default=None, primary_key=True, description="From 1, without gaps.")
    at: datetime = Field(sa_column=Column(UtcDateTime, nullable=False), description="When, in UTC.")
    who: str = Field(description="The person's name.")
    what: str = Field(description="What was done: `set`, `forget` …")
    invoice_id: int | None = Field(default=None, description="The record, which may be gone since.")
    sha256: str = Field(default="", description="Its file's; empty where it was no record.")
    part: int = Field(default=0, description="The part of its file; 0: the whole.")
    subject: str = Field(default="", description="What else it was done to: a person, a token, a head of this log.")
    field: str = Field(default="", description="Which field.")
    before: str | None = Field(default=None, description="Salted hash of what counted until then; null: nothing.")
    after: str | None = Field(default=None, description="Salted hash of what counts from then on.")
    previous: str = Field(description="The hash of the entry before; empty in the first.")
    hash: str = Field(description="Of all the columns above.")


class LogValueRow(SQLModel, table=True):
    """A value that an entry holds the hash of, with its salt; gone where its record was erased."""

    __tablename__ = "log_value"
    __table_args__ = {"sqlite_with_rowid": False}

    number: int = Field(
        sa_column=Column(Integer, ForeignKey("log_entry.number"), primary_key=True, autoincrement=False),
        description="The entry.",
    )
    side: str = Field(primary_key=True, description="`before` or `after`.")
    salt: bytes = Field(description="Random.")
    value: str = Field(description="The canonical text.")


_TRIGGERS = (
    """CREATE TRIGGER log_entry_stays BEFORE UPDATE ON log_entry
    BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
    """CREATE TRIGGER log_entry_is_kept BEFORE DELETE ON log_entry
    BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
)
for _trigger in _TRIGGERS:
    event.listen(LogEntryRow.__table__, "after_create", DDL(_trigger))  # type: ignore[attr-defined, no-untyped-call]
