"""What the pages show of a value that a code states."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rapidfuzz import fuzz

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.total.reading.sums import Sums, read_sums
from invoicewatch.records import ExtractContext, join_text

_PAID = frozenset({AmountRole.PREPAID, AmountRole.CASH_DISCOUNT, AmountRole.CASH, AmountRole.CARD})
_MISREAD = 90.0  # of 100: two letters of an account in ten may be an engine's
_ROUNDED = Decimal("0.05")  # what is paid in francs is rounded to five of their cents


@dataclass(frozen=True)
class Shown:
    """The pages of a document, read for sums only if a code's amount differs."""

    context: ExtractContext

    def shows_amount(self, value: Decimal) -> bool:
        """Whether ``value`` is printed as money."""
        return any(abs(amount) == abs(value) for amount in self._sums.shown)

    def shows_account(self, account: str, *, misread: bool) -> bool:
        """Whether ``account`` is printed; ``misread`` lets an engine have mistaken a letter or two."""
        text = self._account_text
        return account in text or (misread and fuzz.partial_ratio(account, text) >= _MISREAD)

    def explains(self, total: Decimal, asked: Decimal) -> bool:
        """Whether what was paid before, or a discount, lies between the total and what is asked for; or a rounding."""
        apart = abs(total) - abs(asked)
        if abs(apart) < _ROUNDED:
            return True
        return any(claim.role in _PAID and abs(claim.value) == apart for claim in self._sums.claims)

    @property
    def speaks_of_payments(self) -> bool:
        """Whether something was paid before: then what is asked for is not the total."""
        return any(claim.role is AmountRole.PREPAID for claim in self._sums.claims)

    @cached_property
    def _sums(self) -> Sums:
        return read_sums(self.context)

    @cached_property
    def _account_text(self) -> str:
        return "".join(filter(str.isalnum, join_text(self.context.readings).upper()))
