"""The code that German tills print (the data that the tax office checks a receipt with).

Source: Bundeszentralamt für Steuern, 'Digitale Schnittstelle der Finanzverwaltung für Kassensysteme (DSFinV-K)',
version 2.3, annex I, 'QR-Code', version V0: twelve fields between semicolons; ``processData`` by the same paper's
annex on ``Kassenbeleg-V1``: type, gross amounts of five rates, payments.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from invoicewatch.extract.codes.payloads.checks import require
from invoicewatch.extract.codes.payloads.record import MalformedCodeError, Payload, Syntax
from invoicewatch.records import FieldValue

_FIELDS = 12
_KIND, _DATA, _BEGUN, _ENDED = 2, 3, 6, 7
_RATES = 5
_AMOUNT = re.compile(r"-?\d{1,9}\.\d{2}")
_PAYMENT = re.compile(r"(-?\d{1,9}\.\d{2}):(Bar|Unbar)(?::([A-Z]{3}))?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)


def parse_dsfinvk(text: str) -> Payload:
    """The total in euro and the day of a receipt.

    Raises:
        MalformedCodeError: A field is not what it should be, the payments do not make the total, or it is no receipt
            (a transfer, an order, a training).
    """
    fields = text.strip().split(";")
    require(len(fields) == _FIELDS, "it has more or fewer fields than a till's code")
    require(fields[_KIND] == "Kassenbeleg-V1", f"it is no receipt: {fields[_KIND]!r}")
    parts = fields[_DATA].split("^")
    require(len(parts) == 3, "its receipt has no type, amounts and payments")  # noqa: PLR2004
    kind, rates, payments = parts
    require(kind == "Beleg", f"it is no receipt: {kind!r}")
    values: dict[str, FieldValue] = {"currency": "EUR", "total": _add_rates(rates)}
    _check_payments(payments, _add_rates(rates))
    days = {_find_day(fields[_BEGUN]), _find_day(fields[_ENDED])}
    if len(days) == 1 and (day := days.pop()) is not None:
        values["issue_date"] = day
    return Payload(values)


def _add_rates(text: str) -> Decimal:
    amounts = text.split("_")
    if len(amounts) != _RATES or not all(map(_AMOUNT.fullmatch, amounts)):
        raise MalformedCodeError(f"its amounts by rate {text!r} are not five")
    return sum(map(Decimal, amounts), Decimal(0))


def _check_payments(text: str, total: Decimal) -> None:
    """The payments make the total, unless one is in another currency, whose rate nobody states."""
    payments = [_PAYMENT.fullmatch(each) for each in text.split("_")] if text else []
    if not all(payments):
        raise MalformedCodeError(f"its payments {text!r} are none")
    found = [match for match in payments if match is not None]
    if found and all(match[3] in {None, "EUR"} for match in found):
        paid = sum((Decimal(match[1]) for match in found), Decimal(0))
        require(paid == total, f"its payments make {paid}, not {total}")


def _find_day(text: str) -> date | None:
    """The day in Germany of a time in UTC; None in the one hour of which only the season tells the day."""
    if not _TIME.fullmatch(text):
        raise MalformedCodeError(f"its time {text!r} is none")
    try:
        time = datetime.fromisoformat(text)
    except ValueError as exc:
        raise MalformedCodeError(f"its time {text!r} is none") from exc
    days = {(time + _WINTER).date(), (time + _SUMMER).date()}
    return days.pop() if len(days) == 1 else None


DSFINVK = Syntax(
    name="DSFinV-K",
    begins=lambda text: text.startswith("V0;"),
    parse=parse_dsfinvk,
    asks_for_money=False,
    fields={
        "issue_date": "fields 7 and 8 (begun and ended), the day in Germany where both have the same",
        "currency": "always EUR",
        "total": "field 4, the sum of the amounts by rate",
    },
)
