"""How sellers' papers look, as SQLModel classes: the sketch of each document, lessons, and what they have in common.

Sketches, readings and looks are packed (``store/memory/packing.py``): nobody searches in them.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field, SQLModel

from invoicewatch.store.tables.columns import UtcDateTime


def _owner() -> Column[int]:
    return Column(Integer, ForeignKey("invoice.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)


class SketchRow(SQLModel, table=True):
    """What a document may teach of its seller's paper; ``readings`` only while it waits for a review."""

    __tablename__ = "sketch"

    invoice_id: int = Field(sa_column=_owner(), description="The record.")
    marks: str = Field(description="JSON: what names its seller.")
    sketch: bytes = Field(description="Packed: its values with the words around them.")
    readings: bytes | None = Field(
        default=None, description="Packed: its words with boxes and lattices, to judge it again."
    )


class LookLessonRow(SQLModel, table=True):
    """What one document taught of a look; the latest twenty of each are kept."""

    __tablename__ = "look_lesson"

    sha256: str = Field(primary_key=True, description="The document's.")
    part: int = Field(
        default=0,
        sa_column=Column(Integer, primary_key=True, autoincrement=False),
        description="The part of its file; 0: the whole.",
    )
    look: int = Field(index=True, description="Which look.")
    version: int = Field(description="The memory's version that it made.")
    known: str = Field(description="JSON: the values that a person or a proof gave, by field.")
    sketch: bytes = Field(description="Packed: the document's sketch.")


class LookRow(SQLModel, table=True):
    """What the lessons of one look have in common, kept so that loading the memory need not read every lesson."""

    __tablename__ = "look"

    id: int | None = Field(default=None, primary_key=True, description="Its number.")
    version: int = Field(index=True, description="The memory's version that changed it last.")
    body: bytes = Field(description="Packed: places, labels, rates, range, marks.")


class LookMarkRow(SQLModel, table=True):
    """What names the seller of a look, to find it by."""

    __tablename__ = "look_mark"
    __table_args__ = {"sqlite_with_rowid": False}

    mark: str = Field(primary_key=True, description="`vat:`, `iban:`, `tax:`, `phone:`, `host:` or `name:` and it.")
    look: int = Field(
        sa_column=Column(Integer, primary_key=True, autoincrement=False, index=True), description="Which look."
    )


class JudgeAgainRow(SQLModel, table=True):
    """A record that waits to be judged again, because an answer taught something about its seller."""

    __tablename__ = "judge_again"

    invoice_id: int = Field(sa_column=_owner(), description="The record.")
    since: datetime = Field(sa_column=Column(UtcDateTime, nullable=False), description="When it was asked for, in UTC.")
