"""The code that Portugal's tax authority (AT) asks for on every invoice.

Source: Portaria n.º 195/2020, and AT, 'Especificações Técnicas: Código QR', version 1.0: fields of a letter (and a
number) and a value between asterisks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from invoicewatch.extract.codes.payloads.checks import parse_amount, parse_day, require
from invoicewatch.extract.codes.payloads.record import MalformedCodeError, Payload, Syntax
from invoicewatch.records import FieldValue

_HEAD = re.compile(r"A:\d{9}\*B:")
_FIELD = re.compile(r"([A-S]|[IJK][1-8]):(.*)")
_NEEDED = ("A", "D", "E", "F", "G", "H", "I1", "N", "O")
_BASES = re.compile(r"[IJK][2357]|L")  # exempt, reduced, intermediate and normal rate, by fiscal space; not taxable
_TAXES = re.compile(r"[IJK][468]|M")  # by fiscal space, and stamp duty
_INVOICES = frozenset({"FT", "FS", "FR", "ND"})
_CREDIT = "NC"
_VOID = "A"
_ROUNDING = Decimal("0.05")  # of sums that were rounded line by line
_COUNTRY = "PT"


def parse_portugal(text: str) -> Payload:
    """The total, the tax, the day, the number and the seller's tax number of an invoice or a credit note.

    Raises:
        MalformedCodeError: A field is missing or is not what it should be, the seller's check digit does not hold, the
            sums do not close, or the document was annulled or is neither an invoice nor a credit note.
    """
    found = _read_fields(text)
    missing = [name for name in _NEEDED if not found.get(name)]
    require(not missing, f"its field {', '.join(missing)} is missing")
    require(found["E"] != _VOID, "it says that the document was annulled")
    require(found["D"] in _INVOICES | {_CREDIT}, f"it is of a document of type {found['D']}, no invoice")
    require(re.fullmatch(r"\S+ \S+/\d+", found["G"]) is not None, f"its number {found['G']!r} is none")
    seller = _parse_tax_number(found["A"])
    total, tax = parse_amount(found["O"], "total"), parse_amount(found["N"], "tax")
    _check_sums(found, total, tax)
    values: dict[str, FieldValue] = {
        "invoice_number": found["G"],
        "issue_date": parse_day(found["F"]),
        "currency": "EUR",
        "seller_vat_id": seller,
        "tax_total": tax,
        "total": total,
    }
    if found["D"] == _CREDIT:
        values["document_type"] = "credit_note"
    return Payload(values)


def _read_fields(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in text.strip().split("*"):
        match = _FIELD.fullmatch(part)
        if match is None or match[1] in found:
            raise MalformedCodeError(f"{part!r} is no field of it")
        found[match[1]] = match[2].strip()
    return found


def _parse_tax_number(text: str) -> str:
    from stdnum.pt import nif

    require(nif.is_valid(text), "the check digit of the seller's tax number does not hold")
    return _COUNTRY + text


def _check_sums(found: Mapping[str, str], total: Decimal, tax: Decimal) -> None:
    """The taxes make the tax, and with the bases the total."""
    taxes = sum((parse_amount(value) for name, value in found.items() if _TAXES.fullmatch(name)), Decimal(0))
    bases = sum((parse_amount(value) for name, value in found.items() if _BASES.fullmatch(name)), Decimal(0))
    require(abs(taxes - tax) <= _ROUNDING, f"its taxes make {taxes}, not {tax}")
    if bases:  # a document that only says that it has no rates has none (I1 is 0)
        require(abs(bases + tax - total) <= _ROUNDING, f"its sums make {bases + tax}, not {total}")


PORTUGAL = Syntax(
    name="AT (Portugal)",
    begins=lambda text: _HEAD.match(text) is not None,
    parse=parse_portugal,
    asks_for_money=False,
    fields={
        "document_type": "`D`, where it is NC (credit note); FT, FS, FR and ND are on invoices and receipts alike",
        "invoice_number": "`G`",
        "issue_date": "`F`",
        "currency": "always EUR",
        "seller_vat_id": "`A`, with PT before it",
        "tax_total": "`N`",
        "total": "`O`",
    },
)
