"""The tables of what a bill is made of; every machine run replaces their rows.

Figures are exact texts: quantities and prices may have more places than money.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer
from sqlmodel import Field, SQLModel

_OWNER = "invoice.id"


class InvoiceLineRow(SQLModel, table=True):
    """One line (EN 16931's BG-25)."""

    __tablename__ = "invoice_line"
    __table_args__ = {"sqlite_with_rowid": False}

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE", description="The record.")
    position: int = Field(sa_column=Column(Integer, primary_key=True), description="In the document's order, from 0.")
    description: str = Field(description="What was sold.")
    quantity: str | None = Field(default=None, description="Plain decimal, as all figures here.")
    unit: str = Field(default="", description="A code in XML, the word on paper.")
    unit_price: str | None = Field(default=None, description="With tax where only `gross` is there.")
    net: str | None = Field(default=None, description="Without tax.")
    gross: str | None = Field(default=None, description="With tax.")
    rate: str | None = Field(default=None, description="In per cent.")
    source: str = Field(description="Where it was read.")
    verified: bool = Field(description="Proved: read right, and the lines lead to a proved sum.")
    page: int | None = Field(default=None, description="From 1, as the file counts.")
    x0: float | None = Field(default=None, description="Left, as a fraction of the upright page.")
    y0: float | None = Field(default=None, description="Top.")
    x1: float | None = Field(default=None, description="Right.")
    y1: float | None = Field(default=None, description="Bottom.")
    path: str = Field(default="", description="The element of the XML.")


class TaxByRateRow(SQLModel, table=True):
    """The tax at one rate (EN 16931's BG-23)."""

    __tablename__ = "tax_by_rate"
    __table_args__ = {"sqlite_with_rowid": False}

    invoice_id: int = Field(primary_key=True, foreign_key=_OWNER, ondelete="CASCADE", description="The record.")
    position: int = Field(sa_column=Column(Integer, primary_key=True), description="In the document's order, from 0.")
    category: str = Field(default="", description="As the file codes it, or the till's letter.")
    rate: str | None = Field(default=None, description="In per cent; plain decimal, as all figures here.")
    base: str | None = Field(default=None, description="What is taxed, without tax.")
    tax: str = Field(description="The tax.")
    source: str = Field(description="Where it was read.")
    verified: bool = Field(description="Proved: it adds up to the proved tax and net sum.")
    page: int | None = Field(default=None, description="From 1, as the file counts.")
    x0: float | None = Field(default=None, description="Left, as a fraction of the upright page.")
    y0: float | None = Field(default=None, description="Top.")
    x1: float | None = Field(default=None, description="Right.")
    y1: float | None = Field(default=None, description="Bottom.")
    path: str = Field(default="", description="The element of the XML.")
