"""The sums under the items, as rows of label and amount, in the order that they are printed."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from invoicewatch.samples.invent.invoice import InvoiceSpec, TaxLine


class TotalsRow(NamedTuple):
    """One sum; ``strong`` ones are printed bold, with their currency."""

    label: str
    amount: Decimal
    strong: bool = False


def list_totals(spec: InvoiceSpec) -> tuple[TotalsRow, ...]:
    """The sums of an invoice whose prices are net."""
    labels = spec.labels
    rows = []
    if spec.discount:
        rows.append(TotalsRow(labels["subtotal"], spec.items_total))
        rows.append(TotalsRow(write_discount(spec), -spec.discount))
    rows.append(TotalsRow(labels["net"], spec.net_total))
    rows += [TotalsRow(write_tax_label(spec, line), line.tax) for line in spec.tax_lines]
    rows += list_ending(spec)
    return tuple(rows)


def list_ending(spec: InvoiceSpec) -> list[TotalsRow]:
    """What closes every list of sums: rounding, total, and what is left to pay after a deposit."""
    labels = spec.labels
    rows = []
    if spec.rounding:
        rows += [TotalsRow(labels["gross"], spec.gross_total), TotalsRow(labels["rounding"], spec.rounding)]
    # With a deposit the words for 'to pay' belong to what is left of the total.
    rows.append(TotalsRow(labels["gross"] if spec.prepaid else labels["total"], spec.total, strong=True))
    if spec.prepaid:
        rows.append(TotalsRow(labels["prepaid"], -spec.prepaid))
        rows.append(TotalsRow(labels["amount_due"], spec.amount_due, strong=True))
    return rows


def write_discount(spec: InvoiceSpec) -> str:
    """The discount's label with its percentage."""
    return f"{spec.labels['discount']} {spec.discount_percent} %"


def write_rate(spec: InvoiceSpec, rate: Decimal) -> str:
    """A tax rate in the document's number style, without needless zeros."""
    return f"{rate.normalize():f}".replace(".", spec.money.numbers.decimal)


def write_tax_label(spec: InvoiceSpec, line: TaxLine) -> str:
    """The label of one rate's tax."""
    return spec.labels["tax"].format(rate=write_rate(spec, line.rate))
