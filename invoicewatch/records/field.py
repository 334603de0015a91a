"""A field is a claim with evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from invoicewatch.pickling import pickle_by_values
from invoicewatch.records.geometry import Box

FieldValue = str | Decimal | date

# EN 16931-1 business terms: BT-3, BT-1, BT-2, BT-9, BT-5, BT-27, BT-31, BT-32, BT-44, BT-84, BT-83, BT-109, BT-110,
# BT-112 + BT-114 (what the receipt asks for), BT-115, BT-112, BT-114, BT-113. The last three come from XML alone.
FIELD_NAMES = (
    "document_type",
    "invoice_number",
    "issue_date",
    "due_date",
    "currency",
    "seller_name",
    "seller_vat_id",
    "seller_tax_number",
    "buyer_name",
    "iban",
    "payment_reference",
    "net_total",
    "tax_total",
    "total",
    "amount_due",
    "tax_inclusive_total",
    "rounding",
    "prepaid",
)
MONEY_NAMES = frozenset({"net_total", "tax_total", "total", "amount_due", "tax_inclusive_total", "rounding", "prepaid"})
DATE_NAMES = frozenset({"issue_date", "due_date"})


class Source(StrEnum):
    """Where a value was read."""

    E_INVOICE = "e-invoice"
    CODE = "code"
    TEXT_LAYER = "text-layer"
    OCR = "ocr"
    CORRECTED = "corrected"
    HUMAN = "human"


@pickle_by_values
@dataclass(frozen=True, slots=True)
class Alternative:
    """Another value the field might have, with where it stands."""

    value: FieldValue
    confidence: float
    page: int | None
    box: Box | None
    text: str


@pickle_by_values
@dataclass(frozen=True, slots=True)
class Field:
    """A value with its evidence.

    ``value`` is a Decimal for money, a date for dates, else text (currency as ISO 4217). ``confidence`` is 0-1.
    ``verified`` says that both the reading and the role are proved. ``page`` (from 1) and ``box`` are None where
    the value has no place on the page (e-invoice XML); then ``xpath`` is its element, else empty. ``method`` is a
    phrase naming how it was found, ``text`` the words it was read from. ``doubtful`` says that it is neither proved nor
    certain enough to rely on.
    """

    name: str
    value: FieldValue
    confidence: float
    verified: bool
    page: int | None
    box: Box | None
    source: Source
    method: str
    text: str
    alternatives: tuple[Alternative, ...] = ()
    xpath: str = ""
    doubtful: bool = False


def format_value(value: FieldValue) -> str:
    """The canonical text of a value: plain decimal, ISO 8601 date, or the text itself.

    >>> format_value(Decimal("1250.00")), format_value(date(2024, 3, 5)), format_value("EUR")
    ('1250.00', '2024-03-05', 'EUR')
    """
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value
