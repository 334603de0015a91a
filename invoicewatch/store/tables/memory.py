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

    sha256: str = Field(primary_key=True)
    part: int = Field(default=0, sa_column=Column(Integer, primary_key=True, autoincrement=False))
    seller_key: str = Field(index=True)
    version: int
    name: str
    vat_id: str = ""
    iban: str = ""
    domain: str = ""
    currency: str = ""
    date_order: str = ""
    decimal_sign: str = ""
    number_pattern: str = ""


class SellerMemoryRow(SQLModel, table=True):
    """The sum of a seller's lessons, kept so that loading the memory need not read every lesson."""

    __tablename__ = "seller_memory"

    seller_key: str = Field(primary_key=True)
    proofs: int
    name: str
    vat_id: str = ""
    iban: str = ""
    domain: str = ""
    currency: str = ""
    date_order: str = ""
    decimal_sign: str = ""
    number_pattern: str = ""


class MemoryVersionRow(SQLModel, table=True):
    """The one row that holds the memory's version."""

    __tablename__ = "memory_version"

    id: int = Field(default=1, primary_key=True)
    version: int = 0


class NearDuplicateRow(SQLModel, table=True):
    """A link between two records that look like scans of one invoice; ``sha256`` and ``part`` are the later one's."""

    __tablename__ = "near_duplicate"

    sha256: str = Field(primary_key=True)
    part: int = Field(default=0, sa_column=Column(Integer, primary_key=True, autoincrement=False))
    other_sha256: str = Field(primary_key=True, index=True)
    other_part: int = Field(default=0, sa_column=Column(Integer, primary_key=True, autoincrement=False))
