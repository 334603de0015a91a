"""An invoice's number that the seller has used before, with another total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from invoicewatch.records import Alarm, AlarmCode, FieldValue, Invoice
from invoicewatch.store.memory.alarms.history import Earlier, find_text
from invoicewatch.store.memory.keys import fold_name

# A number that was read so unsurely is no ground for an alarm.
_LEAST_CONFIDENCE = 0.5
# Shorter numbers begin again every year.
_LONG = 6
# What stands on so many documents is no number of a document: the customer's, or the shop's.
_ON_ALL = 2


def find_number_twice(invoice: Invoice, history: Sequence[Earlier]) -> Iterator[Alarm]:
    """The number, where an earlier record of the seller has it too, but another total.

    Tills count from one again: a receipt's number is the same only on the same day, a short one only within the year.
    """
    field, total = invoice.fields.get("invoice_number"), _value_of(invoice, "total")
    number = fold_name(find_text(invoice, "invoice_number"))
    if field is None or not number or not isinstance(total, Decimal):
        return
    if field.confidence < _LEAST_CONFIDENCE and not field.verified:
        return
    issued, kind = _value_of(invoice, "issue_date"), find_text(invoice, "document_type")
    same = [
        each
        for each in history
        if fold_name(each.number) == number and each.kind == kind and _is_one_count(number, kind, issued, each.issued)
    ]
    if len({each.total for each in same}) >= _ON_ALL:
        return
    for each in same:
        if each.total is not None and each.total != total:
            words = (
                f"the number {field.value} is on #{each.id} too, with a total of {each.total:.2f} instead of {total}"
            )
            yield Alarm(AlarmCode.NUMBER_TWICE, words, "invoice_number", each.id)
            return


def _is_one_count(number: str, kind: str, issued: FieldValue | None, other: date | None) -> bool:
    """Whether a number cannot come twice between two days."""
    if kind != "receipt" and len(number) >= _LONG:
        return True
    if not isinstance(issued, date) or other is None:
        return False
    return issued == other if kind == "receipt" else issued.year == other.year


def _value_of(invoice: Invoice, name: str) -> FieldValue | None:
    field = invoice.fields.get(name)
    return field.value if field is not None else None
