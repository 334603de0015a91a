"""Dates that can hardly be: in the future, or older than anyone keeps invoices."""

from __future__ import annotations

from datetime import date, timedelta

from invoicewatch.config import ExtractSettings

_DAYS_A_YEAR = 365.25


def find_range_problem(day: date, today: date, settings: ExtractSettings) -> str:
    """What is odd about ``day`` in words, empty if nothing is; the date is kept all the same."""
    if day > today + timedelta(days=settings.future_days):
        return f"{day.isoformat()} lies in the future"
    if (today - day).days > settings.max_age_years * _DAYS_A_YEAR:
        return f"{day.isoformat()} is older than {settings.max_age_years} years"
    return ""
