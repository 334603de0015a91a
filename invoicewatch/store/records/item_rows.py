"""Lines and tax by rate as rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from invoicewatch.records import InvoiceLine, TaxByRate, format_value
from invoicewatch.records.as_json import make_encodable
from invoicewatch.store.tables.items import InvoiceLineRow, TaxByRateRow


def make_line_rows(invoice_id: int, lines: Iterable[InvoiceLine]) -> list[InvoiceLineRow]:
    """One row for each line, in order."""
    return [
        InvoiceLineRow(
            invoice_id=invoice_id,
            position=position,
            description=make_encodable(line.description),
            quantity=_write(line.quantity),
            unit=make_encodable(line.unit),
            unit_price=_write(line.unit_price),
            net=_write(line.net),
            gross=_write(line.gross),
            rate=_write(line.rate),
            **_write_evidence(line),
        )
        for position, line in enumerate(lines)
    ]


def make_tax_rows(invoice_id: int, taxes: Iterable[TaxByRate]) -> list[TaxByRateRow]:
    """One row for each rate, in order."""
    return [
        TaxByRateRow(
            invoice_id=invoice_id,
            position=position,
            category=make_encodable(tax.category),
            rate=_write(tax.rate),
            base=_write(tax.base),
            tax=format_value(tax.tax),
            **_write_evidence(tax),
        )
        for position, tax in enumerate(taxes)
    ]


def _write(value: Decimal | None) -> str | None:
    return None if value is None else format_value(value)


def _write_evidence(item: InvoiceLine | TaxByRate) -> dict[str, Any]:
    x0, y0, x1, y1 = item.box or (None, None, None, None)
    return {
        "source": str(item.source),
        "verified": item.verified,
        "page": item.page,
        "x0": x0,
        "y0": y0,
        "x1": x1,
        "y1": y1,
        "path": make_encodable(item.path),
    }
