"""What a sample says, in the form of a benchmark's ``truth.jsonl``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from invoicewatch.records import FIELD_NAMES, Reading, format_value
from invoicewatch.samples.invent.invoice import InvoiceSpec, Kind

_BILLS = {Kind.INVOICE, Kind.CREDIT_NOTE, Kind.RECEIPT}
# What tills print over a receipt in some countries; whether that is a receipt or an invoice is nobody's mistake.
_INVOICE_TITLES = {"TAX INVOICE", "CASH BILL", "RECHNUNG", "FACTURE"}


def list_fields(spec: InvoiceSpec, readings: Sequence[Reading]) -> dict[str, str | None]:
    """The true value of every field, or None where the pages do not show it."""
    spec = spec.stated
    text = "".join("".join(reading.text.split()) for reading in readings)
    fields: dict[str, str | None] = dict.fromkeys(FIELD_NAMES)
    fields |= {
        "document_type": None if _is_ambiguous(spec) else spec.kind.value,
        "issue_date": format_value(spec.issue_date),
        "seller_name": spec.seller.name,
        "buyer_name": spec.buyer.name if spec.buyer else None,
        "seller_vat_id": spell_vat_id(spec) if _is_shown(spec.seller.vat_id, text) else None,
        "iban": spec.seller.iban if _is_shown(spec.seller.iban, text) else None,
    }
    if spec.kind is not Kind.OTHER:
        fields["currency"] = spec.currency
        fields["due_date"] = format_value(spec.due_date) if spec.due_date else None
    if spec.kind is Kind.REMINDER:
        fields["amount_due"] = format_value(spec.amount_due)
    if spec.kind in _BILLS:
        fields["invoice_number"] = spec.number
        fields["total"] = format_value(spec.total)
        fields["net_total"] = _amount_if_shown(spec, spec.net_total, text)
        fields["tax_total"] = _amount_if_shown(spec, spec.tax_total, text)
        fields["amount_due"] = format_value(spec.amount_due) if spec.prepaid else None
    return fields


def list_words(readings: Sequence[Reading]) -> list[str]:
    """Every word on the pages, in reading order."""
    return [word.text for reading in readings for word in reading.words]


def spell_vat_id(spec: InvoiceSpec) -> str | None:
    """The VAT id as registers spell it: no blanks or points, and without the tax's name after a Swiss one."""
    if spec.seller.vat_id.startswith("CHE"):
        return "CHE" + "".join(sign for sign in spec.seller.vat_id if sign.isdigit())
    return "".join(spec.seller.vat_id.split()) or None


def _is_ambiguous(spec: InvoiceSpec) -> bool:
    return spec.kind is Kind.RECEIPT and spec.labels["title"] in _INVOICE_TITLES


def _is_shown(identifier: str, text: str) -> bool:
    """Whether it stands on the pages, with whatever blanks."""
    compact = "".join(identifier.split())
    return bool(compact) and compact in text


def _amount_if_shown(spec: InvoiceSpec, amount: Decimal, text: str) -> str | None:
    """With several tax rates, no single place on the page may show the sum of the taxes."""
    written = "".join(spec.money.write_bare(abs(amount)).split())
    return format_value(amount) if written in text else None
