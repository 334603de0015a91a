"""Moments as text of fixed width, so that text sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime

_UTC_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def format_utc(moment: datetime) -> str:
    """A timezone-aware moment as UTC text with microseconds."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment!r}")
    return moment.astimezone(UTC).strftime(_UTC_FORMAT)


def parse_utc(text: str) -> datetime:
    """The moment that :func:`format_utc` wrote. Raises ValueError."""
    return datetime.strptime(text, _UTC_FORMAT).replace(tzinfo=UTC)
