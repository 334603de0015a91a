"""Saudi Arabia's code on tax invoices.

Source: Zakat, Tax and Customs Authority, 'E-invoicing: Detailed Technical Guidelines' (2021, phase one; 2022, phase
two), section 'QR code': Base64 of tag, length and value, one byte each for tag and length, values in UTF-8.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from invoicewatch.extract.codes.payloads.checks import parse_amount, require
from invoicewatch.extract.codes.payloads.record import MalformedCodeError, Payload, Syntax
from invoicewatch.records import FieldValue

_BASE64 = re.compile(r"A[Q-Za-f][A-Za-z0-9+/]{40,}={0,2}")  # the first byte is tag 1
_SELLER, _VAT_NUMBER, _TIME, _TOTAL, _TAX = 1, 2, 3, 4, 5
_VAT_NUMBER_SHAPE = re.compile(r"3\d{13}3")
_LOCAL = timedelta(hours=3)


def parse_zatca(text: str) -> Payload:
    """The seller's VAT number, the day, the total with tax and the tax, in riyal.

    Raises:
        MalformedCodeError: A value is missing or is not what the guidelines ask for.
    """
    found = _read_values(text)
    require(found.keys() >= {_SELLER, _VAT_NUMBER, _TIME, _TOTAL, _TAX}, "one of its five values is missing")
    require(_VAT_NUMBER_SHAPE.fullmatch(found[_VAT_NUMBER]) is not None, "its VAT number is none of 15 digits")
    total, tax = parse_amount(found[_TOTAL], "total"), parse_amount(found[_TAX], "tax")
    require(tax < total or total == tax == 0, f"its tax {tax} is not less than its total {total}")
    values: dict[str, FieldValue] = {
        "currency": "SAR",
        "seller_vat_id": found[_VAT_NUMBER],
        "tax_total": tax,
        "total": total,
    }
    if (day := _find_day(found[_TIME])) is not None:
        values["issue_date"] = day
    return Payload(values)


def _read_values(text: str) -> Mapping[int, str]:
    """The texts by tag; those from the sixth on are hashes and signatures."""
    try:
        content = base64.b64decode(text.strip(), validate=True)
        return _split_values(content)
    except (binascii.Error, UnicodeDecodeError, IndexError) as exc:
        raise MalformedCodeError("it is not made of tags, lengths and values") from exc


def _split_values(content: bytes) -> Mapping[int, str]:
    found: dict[int, str] = {}
    at = 0
    while at < len(content):
        tag, length = content[at], content[at + 1]
        value = content[at + 2 : at + 2 + length]
        require(len(value) == length and tag not in found, "it is not made of tags, lengths and values")
        found[tag] = value.decode() if tag <= _TAX else value.hex()
        at += 2 + length
    return found


def _find_day(text: str) -> date | None:
    """The day in Riyadh; None where a time in UTC and one that only says so would be on different days."""
    try:
        stated = datetime.fromisoformat(text)
    except ValueError as exc:
        raise MalformedCodeError(f"its time {text!r} is none") from exc
    shifted = stated + _LOCAL if stated.tzinfo is not None else stated
    return stated.date() if stated.date() == shifted.date() else None


def _begins(text: str) -> bool:
    """Whether it is Base64 that begins with tag 1 and a length after which tag 2 follows."""
    if not _BASE64.fullmatch(text.strip()):
        return False
    try:
        content = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        return False
    follows = 2 + content[1]
    return content[0] == _SELLER and follows < len(content) and content[follows] == _VAT_NUMBER


ZATCA = Syntax(
    name="ZATCA",
    begins=_begins,
    parse=parse_zatca,
    asks_for_money=False,
    fields={
        "issue_date": "tag 3, the day in Riyadh",
        "currency": "always SAR",
        "seller_vat_id": "tag 2",
        "tax_total": "tag 5",
        "total": "tag 4",
    },
)
