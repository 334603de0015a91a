"""The lines and the tax by rate of a record, read back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from invoicewatch.records import Box, InvoiceLine, Source, TaxByRate
from invoicewatch.store.database.reader import Rows


def read_lines(reader: Rows, invoice_id: int) -> tuple[InvoiceLine, ...]:
    """The lines of a record, in order."""
    rows = reader.rows("SELECT * FROM invoice_line WHERE invoice_id = ? ORDER BY position", (invoice_id,))
    return tuple(
        InvoiceLine(
            description=row["description"],
            quantity=_read(row["quantity"]),
            unit=row["unit"],
            unit_price=_read(row["unit_price"]),
            net=_read(row["net"]),
            gross=_read(row["gross"]),
            rate=_read(row["rate"]),
            **_read_evidence(row),
        )
        for row in rows
    )


def read_taxes(reader: Rows, invoice_id: int) -> tuple[TaxByRate, ...]:
    """The tax by rate of a record, in order."""
    rows = reader.rows("SELECT * FROM tax_by_rate WHERE invoice_id = ? ORDER BY position", (invoice_id,))
    return tuple(
        TaxByRate(
            category=row["category"],
            rate=_read(row["rate"]),
            base=_read(row["base"]),
            tax=Decimal(row["tax"]),
            **_read_evidence(row),
        )
        for row in rows
    )


def _read(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _read_evidence(row: Any) -> dict[str, Any]:
    sides = (row["x0"], row["y0"], row["x1"], row["y1"])
    return {
        "source": Source(row["source"]),
        "verified": bool(row["verified"]),
        "page": row["page"],
        "box": None if sides[0] is None else Box(*sides),
        "path": row["path"],
    }
