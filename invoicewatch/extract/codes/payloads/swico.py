"""The bill information of a Swiss QR-bill.

Source: Swico, 'Syntaxdefinition der Rechnungsinformationen (S1)', version 1.2: ``//S1`` and tags of two digits between
slashes, a backslash before a slash that belongs to a value. What breaks these rules is left out, as the guidelines of
the QR-bill ask: banks do not check it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from invoicewatch.records import FieldValue

_TAG = re.compile(r"/(\d{2})/((?:[^/\\]|\\.)*)")
_PREFIX = "//S1"
_DAY = re.compile(r"\d{6}")


def parse_bill_information(text: str) -> Mapping[str, FieldValue]:
    """Number and day of the invoice and the seller's VAT id; nothing where there is none in Swico's syntax."""
    if not text.startswith(_PREFIX):
        return {}
    tags = {tag: re.sub(r"\\(.)", r"\1", value) for tag, value in _TAG.findall(text.removeprefix(_PREFIX))}
    values: dict[str, FieldValue] = {}
    if tags.get("10"):
        values["invoice_number"] = tags["10"]
    if (day := _find_day(tags.get("11", ""))) is not None:
        values["issue_date"] = day
    if vat_id := _find_vat_id(tags.get("30", "")):
        values["seller_vat_id"] = vat_id
    return values


def _find_day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def _find_vat_id(text: str) -> str:
    """``106017086`` as the identifier that it is, with its check digit (``CHE106017086``)."""
    from stdnum.ch import uid

    number = f"CHE{text}"
    return number if uid.is_valid(number) else ""
