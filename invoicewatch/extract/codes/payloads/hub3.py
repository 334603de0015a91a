"""Croatia's payment code, a PDF417.

Source: Hrvatska udruga banaka, 'Uputa za korištenje 2D bar koda' (HUB3, 2013; euro since 2023): ``HRVHUB30`` and
thirteen lines more, the amount in cents. The check digits of the reference's many models are the banks' matter, and not
checked.
"""

from __future__ import annotations

import re
from decimal import Decimal

from invoicewatch.extract.codes.payloads.checks import parse_account, require
from invoicewatch.extract.codes.payloads.record import Payload, Syntax
from invoicewatch.records import FieldValue

_LINES = 14
_CURRENCY, _AMOUNT, _ACCOUNT, _MODEL, _REFERENCE = 1, 2, 9, 10, 11
_CENTS = re.compile(r"\d{15}")
_MODEL_SHAPE = re.compile(r"HR\d\d")
_REFERENCE_SHAPE = re.compile(r"\d{1,20}(?:-\d{1,20}){0,3}")
_WITHOUT_REFERENCE = "HR99"
_LONGEST_REFERENCE = 22


def parse_hub3(text: str) -> Payload:
    """The account, the amount, its currency and the reference with its model before it.

    Raises:
        MalformedCodeError: A line is not what the guide asks for, or check digits do not hold.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
    lines += [""] * (_LINES - len(lines))
    require(len(lines) == _LINES, "it has more lines than a transfer")
    require(lines[_CURRENCY] in {"EUR", "HRK"}, f"its currency {lines[_CURRENCY]!r} is neither EUR nor HRK")
    require(_CENTS.fullmatch(lines[_AMOUNT]) is not None, f"its amount {lines[_AMOUNT]!r} is no number of cents")
    values: dict[str, FieldValue] = {
        "iban": parse_account(lines[_ACCOUNT], ("HR",)),
        "currency": lines[_CURRENCY],
    }
    amount = Decimal(lines[_AMOUNT]).scaleb(-2)
    if amount:
        values["amount_due"] = amount
    if reference := _find_reference(lines[_MODEL], lines[_REFERENCE]):
        values["payment_reference"] = reference
    return Payload(values)


def _find_reference(model: str, reference: str) -> str:
    require(not model or _MODEL_SHAPE.fullmatch(model) is not None, f"its model {model!r} is none")
    if not reference or model == _WITHOUT_REFERENCE:
        return ""
    whole = len(reference) <= _LONGEST_REFERENCE and _REFERENCE_SHAPE.fullmatch(reference) is not None
    require(whole, f"its reference {reference!r} is none")
    return f"{model} {reference}".strip()


HUB3 = Syntax(
    name="HUB3",
    begins=lambda text: text.startswith("HRVHUB30"),
    parse=parse_hub3,
    asks_for_money=True,
    fields={
        "amount_due": "line 3, in cents",
        "currency": "line 2",
        "iban": "line 10",
        "payment_reference": "lines 11 and 12 (model and reference)",
    },
)
