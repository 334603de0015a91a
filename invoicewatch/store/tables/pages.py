"""The tables of what is seen on a record's pages: their words, and the changes of them that a person refused."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

from invoicewatch.store.tables.columns import UtcDateTime

_OWNER = "invoice.id"


class PageWordsRow(SQLModel, table=True):
    """The words of one page; replaced by every machine run. ``words`` is packed: nobody searches in it."""

    __tablename__ = "page_words"

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE", description="The record.")
    page: int = Field(sa_column=Column(Integer, primary_key=True), description="From 1, as the file counts.")
    turns: int = Field(description="Quarter turns clockwise that made the file's page upright.")
    words: bytes = Field(description="Packed: the words with their boxes, in reading order, and what stays in doubt.")


class RefusedEditRow(SQLModel, table=True):
    """A change of the text that a person refused. It stands until it is withdrawn; no row is ever removed.

    A change is refused again where page, words and place are the same.
    """

    __tablename__ = "refused_edit"

    id: int | None = Field(default=None, primary_key=True, description="In the order of entry.")
    invoice_id: int = Field(foreign_key=_OWNER, ondelete="CASCADE", index=True, description="The record.")
    page: int = Field(description="From 1, as the file counts.")
    before: str = Field(description="The words as read.")
    after: str = Field(description="The words that they must not become.")
    x0: float = Field(description="Left, as a fraction of the upright page.")
    y0: float = Field(description="Top.")
    x1: float = Field(description="Right.")
    y1: float = Field(description="Bottom.")
    who: str = Field(description="The user's name.")
    entered: datetime = Field(sa_column=Column(UtcDateTime, nullable=False), description="When, in UTC.")
    withdrawn_by: str | None = Field(default=None, description="Who allowed it again.")
    withdrawn: datetime | None = Field(
        default=None, sa_column=Column(UtcDateTime, nullable=True), description="When, in UTC."
    )
