"""Lines and tax by rate as rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from invoicewatch.records import InvoiceLine, TaxByRate, format_value
from invoicewatch.records.as_json import make_encodable
from invoicewatch.store.records.rows import write_box

if TYPE_CHECKING:
    from invoicewatch.store.tables.inserting import RowValues


def make_line_rows(invoice_id: int, lines: Iterable[InvoiceLine]) -> list[RowValues]:
    """One row for each line, in order."""
    return [
        {
            "invoice_id": invoice_id,
            "position": position,
            "description": make_encodable(line.description),
            "quantity": _write(line.quantity),
            "unit": make_encodable(line.unit),
            "unit_price": _write(line.unit_price),
            "net": _write(line.net),
            "gross": _write(line.gross),
            "rate": _write(line.rate),
            **_write_evidence(line),
        }
        for position, line in enumerate(lines)
    ]


def make_tax_rows(invoice_id: int, taxes: Iterable[TaxByRate]) -> list[RowValues]:
    """One row for each rate, in order."""
    return [
        {
            "invoice_id": invoice_id,
            "position": position,
            "category": make_encodable(tax.category),
            "rate": _write(tax.rate),
            "base": _write(tax.base),
            "tax": format_value(tax.tax),
            **_write_evidence(tax),
        }
        for position, tax in enumerate(taxes)
    ]


def _write(value: Decimal | None) -> str | None:
    return None if value is None else format_value(value)


def _write_evidence(item: InvoiceLine | TaxByRate) -> RowValues:
    return {
        "source": str(item.source),
        "verified": item.verified,
        "page": item.page,
        **write_box(item.box),
        "path": make_encodable(item.path),
    }
