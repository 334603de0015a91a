"""The tables of a record, as SQLModel classes.

``invoice`` holds what a document is and the values that count (a human's, else the machine's), slim enough to scan.
How the machine came to them lies beside it: ``run``, ``field``, ``edit`` and ``text`` are replaced by every machine
run, ``human_value`` only ever grows.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from invoicewatch.store.tables.columns import Money, UtcDateTime

_OWNER = "invoice.id"


class InvoiceRow(SQLModel, table=True):
    """One document and the values that count.

    ``part`` tells the documents of one file apart (0: the record stands for the whole file); ``part_pages`` is JSON,
    the file's numbers of its pages.

    ``path`` is printable; ``path_bytes`` is there only where the file system's name is not UTF-8. ``stored_path``
    is where the original lies now, empty if it was never moved. ``verified`` says that total and issue date are.
    """

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("sha256", "part"),
        Index("ix_invoice_status", "status"),
        Index("ix_invoice_verified", "verified"),
        Index("ix_invoice_arrived", "arrived"),
        Index("ix_invoice_issue_date", "issue_date"),
        Index("ix_invoice_due_date", "due_date"),
        Index("ix_invoice_total", "total"),
        Index("ix_invoice_seller_key", "seller_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    sha256: str
    part: int = 0
    part_count: int = 0
    part_pages: str = "[]"
    path: str
    path_bytes: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    file_name: str
    inbox: str = ""
    stored_path: str = ""
    media_type: str
    status: str
    arrived: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    run: int = 1
    page_count: int = 0
    seller_name: str | None = None
    seller_key: str | None = None
    invoice_number: str | None = None
    issue_date: str | None = None
    due_date: str | None = None
    currency: str | None = None
    total: Decimal | None = Field(default=None, sa_column=Column(Money, nullable=True))
    verified: bool = False


class RunRow(SQLModel, table=True):
    """How the latest machine run went; lists and maps are JSON."""

    __tablename__ = "run"

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE")
    recorded: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))
    status: str
    engine: str = ""
    model: str | None = None
    page_sizes: str = "[]"
    reasons: str = "[]"
    notes: str = "[]"
    versions: str = "{}"
    timings: str = "{}"
    error: str | None = None


class FieldRow(SQLModel, table=True):
    """What the machine claims one field to be, with its evidence; ``alternatives`` is JSON.

    ``kind`` is ``money``, ``date`` or ``text``; ``value`` is the exact canonical text and ``amount`` its sortable
    integer where it is money.
    """

    __tablename__ = "field"
    __table_args__ = {"sqlite_with_rowid": False}

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE")
    name: str = Field(primary_key=True)
    kind: str
    value: str
    amount: Decimal | None = Field(default=None, sa_column=Column(Money, nullable=True))
    confidence: float
    verified: bool
    page: int | None = None
    x0: float | None = None
    y0: float | None = None
    x1: float | None = None
    y1: float | None = None
    source: str
    method: str
    text: str
    alternatives: str = "[]"


class HumanValueRow(SQLModel, table=True):
    """One entry by a person. The latest of a field wins over every machine run; none is ever changed or removed.

    ``value`` None says that the document has no such field; ``withdrawn`` hands the field back to the machine.
    ``before`` is the value that counted until then.
    """

    __tablename__ = "human_value"

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key=_OWNER, ondelete="CASCADE", index=True)
    name: str
    kind: str
    value: str | None = None
    withdrawn: bool = False
    before: str | None = None
    who: str
    entered: datetime = Field(sa_column=Column(UtcDateTime, nullable=False))


class EditRow(SQLModel, table=True):
    """One accepted change of the text, in reading order."""

    __tablename__ = "edit"
    __table_args__ = {"sqlite_with_rowid": False}

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE")
    position: int = Field(sa_column=Column(Integer, primary_key=True))
    page: int
    line: int
    first: int
    last: int
    before: str
    after: str
    x0: float
    y0: float
    x1: float
    y1: float
    reason: str
    score_before: float
    score_after: float
    processor: str


class TextRow(SQLModel, table=True):
    """The texts; ``enhanced`` is None where nothing was corrected, or where correction found nothing to change.

    ``enhanced_is_raw`` tells the two apart.
    """

    __tablename__ = "text"

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE")
    raw: str = Field(sa_column=Column(String, nullable=False))
    enhanced: str | None = Field(default=None, sa_column=Column(String, nullable=True))
    enhanced_is_raw: bool = False


class WordRow(SQLModel, table=True):
    """The vocabulary of the word index: every word with a letter, and every part of a number or a file name."""

    __tablename__ = "word"

    id: int | None = Field(default=None, primary_key=True)
    term: str = Field(unique=True)
    sound: str = Field(index=True)
