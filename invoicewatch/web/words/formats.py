"""Dates, times, amounts and shares as the reader's country writes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, localcontext

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from babel.units import format_unit

from invoicewatch.records import FieldValue

# Babel leaves out the space between a code of letters and the amount (CLDR's currencySpacing).
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)")

_PRECISION = 28
_SLIP = 1e-6  # 0.29 times 100 is a little less than 29


class Formats:
    """Writes values for one reader."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale

    def write_value(self, value: FieldValue | None) -> str:
        """A field's value: a date, an amount without its currency, or text as it is."""
        if value is None:
            return ""
        if isinstance(value, date):
            return self.write_day(value)
        return self.write_amount(value) if isinstance(value, Decimal) else value

    def spell_value(self, value: FieldValue) -> str:
        """The same with the month in full: what was typed, read back."""
        return (
            str(format_date(value, "long", locale=self.locale)) if isinstance(value, date) else self.write_value(value)
        )

    def write_day(self, day: date) -> str:
        """A day, its month in letters so that no order can be mistaken."""
        return str(format_date(day, "medium", locale=self.locale))

    def write_month(self, day: date) -> str:
        """The month of a day, with its year."""
        return str(format_skeleton("yMMM", day, locale=self.locale))

    def write_time(self, moment: datetime) -> str:
        """A moment, where the machine is."""
        return str(format_datetime(moment.astimezone(), "medium", locale=self.locale))

    def write_amount(self, amount: Decimal, currency: str | None = None) -> str:
        """An amount with all its decimals, at least two; with its currency (ISO 4217) if that is known."""
        _, digits, exponent = amount.as_tuple()
        decimals = max(2, -exponent if isinstance(exponent, int) else 2)
        # Babel rounds by the precision of the moment, and fails at an amount that has more digits.
        with localcontext(prec=len(digits) + decimals + _PRECISION):
            if currency:
                pattern = self.locale.currency_formats["standard"].pattern.replace("0.00", f"0.{'0' * decimals}")
                text = str(format_currency(amount, currency, format=pattern, locale=self.locale, currency_digits=False))
                return _TOUCHING.sub("\N{NO-BREAK SPACE}", text)
            return str(format_decimal(amount, format=f"#,##0.{'0' * decimals}", locale=self.locale))

    def write_size(self, count: int) -> str:
        """A number of bytes, in millions."""
        return str(format_unit(round(count / 1e6, 1), "digital-megabyte", "short", locale=self.locale))

    def write_figure(self, figure: Decimal | int) -> str:
        """A quantity or a rate, with the decimals that it needs."""
        return str(format_decimal(figure, format="#,##0.######", locale=self.locale))

    def write_count(self, count: Decimal | int) -> str:
        """A whole number."""
        return str(format_decimal(count, format="#,##0", locale=self.locale))

    def write_rough(self, amount: Decimal) -> str:
        """An amount in few signs, for the ticks of a chart."""
        return str(format_compact_decimal(amount, locale=self.locale, fraction_digits=1))

    def write_share(self, share: float) -> str:
        """A confidence in percent, rounded down: what is all but certain is not shown as certain."""
        return str(format_percent(int(share * 100 + _SLIP) / 100, locale=self.locale))
