"""What an amount may be, as the tables of ``labels/amounts.toml`` name it."""

from __future__ import annotations

from enum import StrEnum, auto


class AmountRole(StrEnum):
    """What a label says of the amount beside or below it."""

    PAYABLE = auto()
    TOTAL = auto()
    NET_OR_TOTAL = auto()
    AMOUNT_DUE = auto()
    NET = auto()
    SUBTOTAL = auto()
    TAX_TOTAL = auto()
    TAX = auto()
    TAX_INCLUDED = auto()
    TAX_SUMMARY = auto()
    SERVICE = auto()
    CARRIED = auto()
    TIP = auto()
    ROUNDING = auto()
    DISCOUNT = auto()
    CASH_DISCOUNT = auto()
    PREPAID = auto()
    CASH = auto()
    CARD = auto()
    CHANGE = auto()
    NO_TOTAL = auto()

    @property
    def words(self) -> str:
        """The role as it is spoken of: ``tax total``."""
        return self.replace("_", " ")


SUM_ROLES = frozenset({AmountRole.PAYABLE, AmountRole.TOTAL, AmountRole.NET_OR_TOTAL, AmountRole.AMOUNT_DUE})
TOTAL_ROLES = SUM_ROLES - {AmountRole.AMOUNT_DUE}
TAX_ROLES = frozenset({AmountRole.TAX, AmountRole.TAX_TOTAL})
