"""A value as a person typed it, or as it stands on the page that they pointed at."""

from __future__ import annotations

from datetime import date, datetime

from invoicewatch.records import FieldValue
from invoicewatch.records.field import DATE_NAMES
from invoicewatch.records.typed import TypedValueError, parse_typed


def understand(name: str, text: str) -> FieldValue:
    """The value of a field: what :func:`parse_typed` takes, and dates as documents write them where they mean one day.

    >>> understand("issue_date", "Date: 15 April 2025")
    datetime.date(2025, 4, 15)

    Raises:
        TypedValueError: There is no such field, or the text is no value of it, or could be read in two ways.
    """
    try:
        return parse_typed(name, text)
    except TypedValueError:
        if name not in DATE_NAMES:
            raise
        return _find_day(text)


def _find_day(text: str) -> date:
    # The words of all languages are loaded for it.
    from invoicewatch.extract.dates.written.parse import find_dates

    remedy = "Write it like 2024-03-05."
    found = [written for written in find_dates(text, datetime.now().astimezone().date()) if not written.repaired]
    days = {day for written in found for day in written.days}
    if not days:
        raise TypedValueError(f"{text!r} is no date", remedy=remedy)
    if len(days) > 1:
        raise TypedValueError(f"{text!r} could be read in two ways", remedy=remedy)
    return days.pop()
