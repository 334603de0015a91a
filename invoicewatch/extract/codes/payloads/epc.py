"""The European transfer's code (GiroCode in Germany, 'Stuzza' code in Austria).

Source: European Payments Council, EPC069-12, 'Quick Response Code: Guidelines to Enable Data Capture for the Initiation
of a SEPA Credit Transfer', version 2.1 (2012) and 3.0: twelve lines, the last of which may be left out.
"""

from __future__ import annotations

import re
from decimal import Decimal

from invoicewatch.extract.codes.payloads.checks import check_creditor_reference, parse_account, parse_amount, require
from invoicewatch.extract.codes.payloads.record import Payload, Syntax
from invoicewatch.records import FieldValue

_LINES = 12
_LEAST_LINES = 7
_ALWAYS_BIC = "001"
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_CHARSETS = frozenset("12345678")
_LEAST, _MOST = Decimal("0.01"), Decimal("999999999.99")
_LONGEST_NAME = 70


def parse_epc(text: str) -> Payload:
    """The account, the amount in euro and the reference.

    Raises:
        MalformedCodeError: A line is not what the guidelines ask for, or check digits do not hold.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    require(_LEAST_LINES <= len(lines) <= _LINES, "it has more or fewer lines than a transfer")
    lines += [""] * (_LINES - len(lines))
    _, version, charset, kind, bic, name, account, amount, _, reference, message, _ = map(str.strip, lines)
    require(version in {"001", "002"}, f"its version {version!r} is none that there is")
    require(charset in _CHARSETS, f"its character set {charset!r} is none that there is")
    require(kind in {"SCT", "INST"}, f"it is no transfer: {kind!r}")
    require(_BIC.fullmatch(bic) is not None if bic or version == _ALWAYS_BIC else True, "its BIC is none")
    require(0 < len(name) <= _LONGEST_NAME, "it does not name who is paid")
    require(not (reference and message), "it has a reference and a message where only one may be")
    values: dict[str, FieldValue] = {"iban": parse_account(account), "currency": "EUR"}
    if amount:
        values["amount_due"] = _parse_euro(amount)
    if reference.startswith("RF"):
        check_creditor_reference(reference)
    if reference or message:
        values["payment_reference"] = reference or " ".join(message.split())
    return Payload(values)


def _parse_euro(text: str) -> Decimal:
    require(text.startswith("EUR"), f"its amount {text!r} is not in euro")
    amount = parse_amount(text.removeprefix("EUR"))
    require(_LEAST <= amount <= _MOST, f"its amount {text!r} is out of bounds")
    return amount


EPC = Syntax(
    name="EPC069-12",
    begins=lambda text: text.startswith(("BCD\n", "BCD\r")),
    parse=parse_epc,
    asks_for_money=True,
    fields={
        "amount_due": "line 8, without its `EUR`",
        "currency": "always EUR",
        "iban": "line 7",
        "payment_reference": "line 10 (reference), else line 11 (message)",
    },
)
