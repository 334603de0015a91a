"""Column types that keep a value exact on its way into SQLite and back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Dialect, Integer, String, TypeDecorator

from invoicewatch.store.database.schema import money_from_integer, money_to_integer
from invoicewatch.store.database.times import format_utc, parse_utc


class UtcDateTime(TypeDecorator[datetime]):
    """A timezone-aware moment, stored as sortable UTC text with microseconds."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Python to SQL."""
        del dialect
        return None if value is None else format_utc(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """SQL to Python."""
        del dialect
        return None if value is None else parse_utc(value)


class Money(TypeDecorator[Decimal]):
    """An amount, stored as an integer of ten-thousandths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Python to SQL."""
        del dialect
        return None if value is None else money_to_integer(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """SQL to Python."""
        del dialect
        return None if value is None else money_from_integer(value)
