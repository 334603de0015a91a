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

    id: int | None = Field(default=None, primary_key=True, description="The record's number, which people see.")
    sha256: str = Field(description="Of the file.")
    part: int = Field(default=0, description="The part of its file; 0: the whole.")
    part_count: int = Field(default=0, description="How many parts the file has; 0: not split.")
    part_pages: str = Field(default="[]", description="JSON: the file's numbers of its pages.")
    path: str = Field(description="Where the file lay, printable.")
    path_bytes: bytes | None = Field(
        default=None,
        sa_column=Column(LargeBinary, nullable=True),
        description="The path's own bytes where they are no UTF-8.",
    )
    file_name: str = Field(description="The path's last name, printable.")
    inbox: str = Field(default="", description="The inbox it came through; empty if none.")
    stored_path: str = Field(default="", description="Where the original lies now; empty if it was never moved.")
    media_type: str = Field(description="Told from the bytes.")
    status: str = Field(description="`accepted`, `needs_review`, `duplicate` or `failed`.")
    arrived: datetime = Field(sa_column=Column(UtcDateTime, nullable=False), description="First seen, in UTC.")
    run: int = Field(default=1, description="How often a machine read it.")
    page_count: int = Field(default=0, description="Pages.")
    seller_name: str | None = Field(default=None, description="The value that counts.")
    seller_key: str | None = Field(default=None, description="The seller's folded name.")
    invoice_number: str | None = Field(default=None, description="The value that counts.")
    issue_date: str | None = Field(default=None, description="ISO 8601.")
    due_date: str | None = Field(default=None, description="ISO 8601.")
    currency: str | None = Field(default=None, description="ISO 4217.")
    total: Decimal | None = Field(
        default=None, sa_column=Column(Money, nullable=True), description="In ten-thousandths."
    )
    verified: bool = Field(default=False, description="Total and issue date are proved.")
    doubtful_fields: str = Field(
        default="",
        description="The fields that are a guess, with blanks between.",
        sa_column_kwargs={"server_default": ""},
    )


class RunRow(SQLModel, table=True):
    """How the latest machine run went; lists and maps are JSON."""

    __tablename__ = "run"

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE", description="The record.")
    recorded: datetime = Field(sa_column=Column(UtcDateTime, nullable=False), description="When, in UTC.")
    status: str = Field(description="What the machine made of it.")
    engine: str = Field(default="", description="The engines and their versions.")
    model: str | None = Field(default=None, description="The model's file name.")
    page_sizes: str = Field(default="[]", description="JSON: width, height and dpi of each page.")
    reasons: str = Field(default="[]", description="JSON: why a person should look.")
    notes: str = Field(default="[]", description="JSON: what else to know.")
    versions: str = Field(default="{}", description="JSON: what made it.")
    timings: str = Field(default="{}", description="JSON: seconds by stage.")
    error: str | None = Field(default=None, description="JSON: code, message and remedy of a failure.")
    attachments: str | None = Field(default=None, description="JSON: the files inside the file.")
    alarms: str | None = Field(default=None, description="JSON: what speaks against it.")
    asked: str | None = Field(default=None, description="JSON: the fields that would settle it, with the reasons.")
    codes: str | None = Field(default=None, description="JSON: the codes on its pages.")
    signature: str | None = Field(default=None, description="JSON: what became of a signed container's signature.")
    validation: str | None = Field(
        default=None, description="JSON: whether the e-invoice is valid, the rules it breaks."
    )


class FieldRow(SQLModel, table=True):
    """What the machine claims one field to be, with its evidence; ``alternatives`` is JSON.

    ``kind`` is ``money``, ``date`` or ``text``; ``value`` is the exact canonical text and ``amount`` its sortable
    integer where it is money.
    """

    __tablename__ = "field"
    __table_args__ = {"sqlite_with_rowid": False}

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE", description="The record.")
    name: str = Field(primary_key=True, description="Which field.")
    kind: str = Field(description="`money`, `date` or `text`.")
    value: str = Field(description="The canonical text.")
    amount: Decimal | None = Field(
        default=None, sa_column=Column(Money, nullable=True), description="Money in ten-thousandths."
    )
    confidence: float = Field(description="From 0 to 1.")
    verified: bool = Field(description="Proved: read right, and what it is taken for.")
    page: int | None = Field(default=None, description="From 1, as the file counts.")
    x0: float | None = Field(default=None, description="Left, as a fraction of the upright page.")
    y0: float | None = Field(default=None, description="Top.")
    x1: float | None = Field(default=None, description="Right.")
    y1: float | None = Field(default=None, description="Bottom.")
    source: str = Field(description="Where it was read.")
    method: str = Field(description="How it was found, for people.")
    text: str = Field(description="The words it was read from.")
    alternatives: str = Field(default="[]", description="JSON: the other readings.")
    doubtful: bool = Field(
        default=False,
        description="A guess: neither proved nor certain enough.",
        sa_column_kwargs={"server_default": "0"},
    )
    xpath: str | None = Field(default=None, description="The element of an e-invoice that it was read from.")


class HumanValueRow(SQLModel, table=True):
    """One entry by a person. The latest of a field wins over every machine run; none is ever changed or removed.

    ``value`` None says that the document has no such field; ``withdrawn`` hands the field back to the machine.
    ``before`` is the value that counted until then.
    """

    __tablename__ = "human_value"

    id: int | None = Field(default=None, primary_key=True, description="In the order of entry.")
    invoice_id: int = Field(foreign_key=_OWNER, ondelete="CASCADE", index=True, description="The record.")
    name: str = Field(description="Which field, or `status`.")
    kind: str = Field(description="`money`, `date` or `text`.")
    value: str | None = Field(default=None, description="What was entered; null: no such field.")
    withdrawn: bool = Field(default=False, description="The field is the machine's again.")
    before: str | None = Field(default=None, description="What counted until then.")
    who: str = Field(description="The user's name.")
    entered: datetime = Field(sa_column=Column(UtcDateTime, nullable=False), description="When, in UTC.")


class EditRow(SQLModel, table=True):
    """One accepted change of the text, in reading order."""

    __tablename__ = "edit"
    __table_args__ = {"sqlite_with_rowid": False}

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE", description="The record.")
    position: int = Field(sa_column=Column(Integer, primary_key=True), description="In reading order, from 0.")
    page: int = Field(description="From 1, as the file counts.")
    line: int = Field(description="The page's line, from 0.")
    first: int = Field(description="Its first word that is replaced, from 0.")
    last: int = Field(description="The first word that is not.")
    before: str = Field(description="The words as read.")
    after: str = Field(description="The words as corrected.")
    x0: float = Field(description="Left, as a fraction of the upright page.")
    y0: float = Field(description="Top.")
    x1: float = Field(description="Right.")
    y1: float = Field(description="Bottom.")
    reason: str = Field(description="Why, for people.")
    score_before: float = Field(description="Natural log.")
    score_after: float = Field(description="Natural log; higher is likelier.")
    processor: str = Field(description="Which made it.")


class TextRow(SQLModel, table=True):
    """The texts; ``enhanced`` is None where nothing was corrected, or where correction found nothing to change.

    ``enhanced_is_raw`` tells the two apart.
    """

    __tablename__ = "text"

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE", description="The record.")
    raw: str = Field(sa_column=Column(String, nullable=False), description="As read.")
    enhanced: str | None = Field(
        default=None,
        sa_column=Column(String, nullable=True),
        description="As corrected; null where that is nothing new.",
    )
    enhanced_is_raw: bool = Field(default=False, description="Corrected, and nothing changed.")


class WordRow(SQLModel, table=True):
    """The vocabulary of the word index: every word with a letter, and every part of a number or a file name."""

    __tablename__ = "word"

    id: int | None = Field(default=None, primary_key=True, description="Words met first have small ones.")
    term: str = Field(unique=True, description="The word as it is indexed.")
    sound: str = Field(index=True, description="Its umlauts spelt one way.")
