"""What one document teaches about its seller: only what is proved, so that one misreading cannot teach the next."""

from __future__ import annotations

import re
from datetime import date

from invoicewatch.records import Field, Invoice, SellerMemory, Source, Status
from invoicewatch.records.as_json import make_encodable
from invoicewatch.records.memory import shape_of
from invoicewatch.store.memory.keys import fold_name
from invoicewatch.store.memory.teaching import may_teach

_DATE = re.compile(r"(?<!\d)(\d{1,4})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{2,4})(?!\d)")
_CENTS = re.compile(r"\d([.,])\d{2}(?!\d)")
_HOST = re.compile(r"(?:@|https?://|www\.)(?:www\.)?([a-z0-9][a-z0-9.-]*\.[a-z]{2,})", re.IGNORECASE)
# A host must share this many letters with the name before it counts as the seller's own.
_MIN_STEM = 4


def find_lesson(invoice: Invoice) -> SellerMemory | None:
    """What ``invoice`` proves of its seller; None where not even the seller is proved, or the document failed."""
    if invoice.status in {Status.FAILED, Status.DUPLICATE}:
        return None
    name = _proved_text(invoice, "seller_name")
    if not fold_name(name):
        return None
    return SellerMemory(
        name=name,
        proofs=1,
        vat_id=_proved_text(invoice, "seller_vat_id"),
        iban=_proved_text(invoice, "iban"),
        domain=_find_own_domain(name, invoice.raw_text),
        currency=_proved_text(invoice, "currency"),
        date_order=_find_date_order(_proved(invoice, "issue_date")),
        decimal_sign=_find_decimal_sign(_proved(invoice, "total")),
        number_pattern=shape_of(_proved_text(invoice, "invoice_number")),
    )


def _proved(invoice: Invoice, name: str) -> Field | None:
    field = invoice.fields.get(name)
    return field if field is not None and may_teach(field) else None


def _proved_text(invoice: Invoice, name: str) -> str:
    field = _proved(invoice, name)
    return make_encodable(field.value) if field is not None and isinstance(field.value, str) else ""


def _find_own_domain(name: str, text: str) -> str:
    """The web or e-mail host that bears the seller's name; a buyer's or a bank's host does not."""
    folded = fold_name(name)
    for match in _HOST.finditer(text):
        host = match.group(1).lower()
        stem = fold_name(host.rsplit(".", 1)[0].split(".")[-1])
        if len(stem) >= _MIN_STEM and (stem in folded or folded in stem):
            return host
    return ""


def _find_date_order(field: Field | None) -> str:
    """The order in which a proved date is written in figures; empty where day and month do not tell."""
    if field is None or not isinstance(field.value, date) or field.source is Source.CODE:
        return ""
    value = field.value
    for match in _DATE.finditer(field.text):
        parts = tuple(int(part) for part in match.groups())
        years = (value.year, value.year % 100)
        if value.day != value.month and parts[2] in years and parts[:2] == (value.day, value.month):
            return "dmy"
        if value.day != value.month and parts[2] in years and parts[:2] == (value.month, value.day):
            return "mdy"
        if parts == (value.year, value.month, value.day):
            return "ymd"
    return ""


def _find_decimal_sign(field: Field | None) -> str:
    """The sign before the cents of a proved amount; empty for e-invoices and codes, which always have a point."""
    if field is None or field.source in {Source.E_INVOICE, Source.CODE}:
        return ""
    signs = _CENTS.findall(field.text)
    return signs[-1] if signs else ""
