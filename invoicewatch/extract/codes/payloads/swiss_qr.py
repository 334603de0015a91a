"""The Swiss QR-bill.

Source: SIX Interbank Clearing, 'Swiss Implementation Guidelines for the QR-bill', versions 2.2 and 2.3, chapter 4: the
data elements of ``SPC`` 0200, one a line. The QR reference's check digit is modulo 10, recursive (annex B there);
QR-IBANs are those whose institution has a number from 30000 to 31999.
"""

from __future__ import annotations

from decimal import Decimal

from invoicewatch.extract.codes.payloads.checks import check_creditor_reference, parse_account, parse_amount, require
from invoicewatch.extract.codes.payloads.record import MalformedCodeError, Payload, Syntax
from invoicewatch.extract.codes.payloads.swico import parse_bill_information
from invoicewatch.records import FieldValue

_VERSION, _CODING, _ACCOUNT, _ADDRESS, _NAME = 1, 2, 3, 4, 5
_AMOUNT, _CURRENCY, _REFERENCE_TYPE, _REFERENCE, _MESSAGE, _TRAILER, _BILL = 18, 19, 27, 28, 29, 30, 31
_MOST_LINES = 34  # two alternative procedures after the bill information
_QR_INSTITUTIONS = range(30000, 32000)
_REFERENCE_DIGITS = 27
_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)


def parse_swiss_qr(text: str) -> Payload:
    """The account, the amount, its currency and the reference, and what Swico's bill information adds.

    Raises:
        MalformedCodeError: An element is not what the guidelines ask for, or check digits do not hold.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    require(_TRAILER < len(lines) <= _MOST_LINES + 1, "it has more or fewer lines than a QR-bill")
    require(
        lines[_VERSION][:2] == "02" and lines[_CODING] == "1", f"its version {lines[_VERSION]!r} is none that is known"
    )
    require(lines[_TRAILER] == "EPD", "its end is not where it should be")
    require(lines[_ADDRESS] in {"S", "K"} and bool(lines[_NAME]), "it does not name who is paid")
    account = parse_account(lines[_ACCOUNT], ("CH", "LI"))
    _check_reference(lines[_REFERENCE_TYPE], lines[_REFERENCE], is_qr_account=int(account[4:9]) in _QR_INSTITUTIONS)
    require(lines[_CURRENCY] in {"CHF", "EUR"}, f"its currency {lines[_CURRENCY]!r} is neither CHF nor EUR")
    values: dict[str, FieldValue] = {"iban": account, "currency": lines[_CURRENCY]}
    amount = parse_amount(lines[_AMOUNT]) if lines[_AMOUNT] else Decimal(0)
    if amount:  # 0.00 is printed where nothing is to be paid, none where the payer decides
        values["amount_due"] = amount
    if lines[_REFERENCE]:
        values["payment_reference"] = lines[_REFERENCE]
    bill = lines[_BILL] if len(lines) > _BILL else ""
    return Payload({**parse_bill_information(bill), **values})


def find_check_digit(digits: str) -> int:
    """The digit that modulo 10, recursive, puts behind ``digits``.

    >>> find_check_digit("21000000000313947143000901")
    7
    """
    carry = 0
    for digit in digits:
        carry = _CARRY[(carry + int(digit)) % 10]
    return (10 - carry) % 10


def _check_reference(kind: str, reference: str, *, is_qr_account: bool) -> None:
    require(is_qr_account == (kind == "QRR"), "its account and its kind of reference do not belong together")
    if kind == "QRR":
        whole = len(reference) == _REFERENCE_DIGITS and reference.isdecimal()
        require(
            whole and find_check_digit(reference[:-1]) == int(reference[-1]),
            "the check digit of its reference does not hold",
        )
    elif kind == "SCOR":
        check_creditor_reference(reference)
    elif kind != "NON" or reference:
        raise MalformedCodeError(
            f"its kind of reference {kind!r} is none that there is, or has one that it must not have"
        )


SWISS_QR = Syntax(
    name="Swiss QR-bill",
    begins=lambda text: text.startswith(("SPC\n", "SPC\r")),
    parse=parse_swiss_qr,
    asks_for_money=True,
    fields={
        "amount_due": "`Amt`, where it is not zero",
        "currency": "`Ccy`",
        "iban": "`IBAN` of the creditor",
        "payment_reference": "`Ref`, where `Tp` is QRR or SCOR",
        "invoice_number": "Swico's `/10/`",
        "issue_date": "Swico's `/11/`",
        "seller_vat_id": "Swico's `/30/`",
    },
)
