"""Names and numbers that writers and readers of the database must agree on; imports nothing heavy."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

DATABASE_NAME = "invoicewatch.db"

# Every schema that was ever released, oldest first, as Alembic's revisions name them. A database whose revision is
# not listed was written by a newer program.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
HEAD = REVISIONS[-1]

# Money in SQL is an integer of ten-thousandths: ISO 4217's currencies have at most four decimals (CLF, UYW).
MONEY_SCALE = 4
_MONEY_LIMIT = 2**63 - 1


def database_path(state_dir: Path) -> Path:
    """Where the database of a state directory lies."""
    return state_dir / DATABASE_NAME


def money_to_integer(amount: Decimal) -> int:
    """The sortable integer of an amount, in ten-thousandths.

    Exact up to four decimals and 922 million million; beyond that rounded, or held at the limit, so that it still
    sorts. (The exact text is always kept beside it.)
    """
    if amount.adjusted() > 18 - MONEY_SCALE:
        return _MONEY_LIMIT if amount > 0 else -_MONEY_LIMIT
    scaled = int(amount.scaleb(MONEY_SCALE).to_integral_value(ROUND_HALF_EVEN))
    return max(-_MONEY_LIMIT, min(_MONEY_LIMIT, scaled))


def money_from_integer(stored: int) -> Decimal:
    """The amount of a stored integer, with two decimals unless it has more."""
    amount = Decimal(stored).scaleb(-MONEY_SCALE)
    cents = amount.quantize(Decimal("0.01"))
    return cents if cents == amount else amount.normalize()
