"""What records say of one another, as SQLModel classes: the memory of sellers, and links between likely twins."""

from __future__ import annotations

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel


class LessonRow(SQLModel, table=True):
    """What one document proved of its seller; empty where it proved nothing.

    ``seller_key`` is the folded name. ``version`` is the memory's version that this lesson made, which orders lessons
    in time. A document has one lesson: what a person corrects later replaces what was learned before.
    """

    __tablename__ = "lesson"

    sha256: str = Field(primary_key=True, description="The document's.")
    part: int = Field(
        default=0,
        sa_column=Column(Integer, primary_key=True, autoincrement=False),
        description="The part of its file; 0: the whole.",
    )
    seller_key: str = Field(index=True, description="The seller's folded name.")
    version: int = Field(description="The memory's version that it made.")
    name: str = Field(description="The seller's name.")
    vat_id: str = Field(default="", description="Its VAT id.")
    iban: str = Field(default="", description="Its account.")
    domain: str = Field(default="", description="Of its addresses.")
    currency: str = Field(default="", description="ISO 4217.")
    date_order: str = Field(default="", description="`dmy`, `mdy` or `ymd`.")
    decimal_sign: str = Field(default="", description="`.` or `,`.")
    number_pattern: str = Field(default="", description="Its numbers: digits as `9`, letters as `A`.")


class SellerMemoryRow(SQLModel, table=True):
    """The sum of a seller's lessons, kept so that loading the memory need not read every lesson."""

    __tablename__ = "seller_memory"

    seller_key: str = Field(primary_key=True, description="The seller's folded name.")
    proofs: int = Field(description="How many documents taught it.")
    name: str = Field(description="The seller's name.")
    vat_id: str = Field(default="", description="Its VAT id.")
    iban: str = Field(default="", description="Its account.")
    domain: str = Field(default="", description="Of its addresses.")
    currency: str = Field(default="", description="ISO 4217.")
    date_order: str = Field(default="", description="`dmy`, `mdy` or `ymd`.")
    decimal_sign: str = Field(default="", description="`.` or `,`.")
    number_pattern: str = Field(default="", description="Its numbers: digits as `9`, letters as `A`.")


class MemoryVersionRow(SQLModel, table=True):
    """The one row that holds the memory's version."""

    __tablename__ = "memory_version"

    id: int = Field(default=1, primary_key=True, description="Always 1.")
    version: int = Field(default=0, description="Grows with every change of the memory.")
    forgotten: int = Field(default=0, description="The version that forgot a look last.")


class NearDuplicateRow(SQLModel, table=True):
    """A link between two records that look like scans of one invoice; ``sha256`` and ``part`` are the later one's."""

    __tablename__ = "near_duplicate"

    sha256: str = Field(primary_key=True, description="The later record's file.")
    part: int = Field(
        default=0,
        sa_column=Column(Integer, primary_key=True, autoincrement=False),
        description="The later record's part.",
    )
    other_sha256: str = Field(primary_key=True, index=True, description="The earlier record's file.")
    other_part: int = Field(
        default=0,
        sa_column=Column(Integer, primary_key=True, autoincrement=False),
        description="The earlier record's part.",
    )
