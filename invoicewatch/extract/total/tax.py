"""Tables of tax by rate, and what can be the tax on a sum at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.total.sheet import Sheet

ZERO = Decimal(0)
# Rates of value added and sales taxes in force or recently so, in per cent.
_RATES = "2.1 2.5 2.6 3 3.7 3.8 4 5 5.5 6 7 7.7 8 8.1 9 9.5 10 12 13 13.5 14 15 16 17 18 19 20 21 22 23 24 25 27"
RATES = tuple(Decimal(rate) for rate in _RATES.split())
_HIGHEST_TAX = Decimal("0.3")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class TaxRow:
    """One line of a table of tax by rate: rate in per cent, base and tax."""

    rate: Decimal
    base: Amount
    tax: Amount


def find_tax_rows(sheets: Iterable[Sheet]) -> list[TaxRow]:
    """Rows on which rate x base = tax holds; a rate is written there, or one in use fits."""
    rows = []
    for sheet in sheets:
        for n in range(len(sheet.page.rows)):
            row = _read_tax_row(sheet, n)
            if row:
                rows.append(row)
    return rows


def _read_tax_row(sheet: Sheet, n: int) -> TaxRow | None:
    money = [a for a in sheet.money(n) if a.parsed.decimals == 2]  # noqa: PLR2004 - cents
    if not 2 <= len(money) <= 4:  # noqa: PLR2004 - base and tax, at most with rate and sum beside
        return None
    written = [a.value for a in sheet.amounts[n] if a.percent or not a.is_money]
    rates = [rate for rate in written if ZERO <= rate <= 100 * _HIGHEST_TAX] or list(RATES)
    for base, tax in combinations(money, 2):
        for first, second in ((base, tax), (tax, base)):
            for rate in rates:
                due = first.value * rate / 100
                if abs(due - second.value) <= CENT and abs(second.value) < abs(first.value):
                    return TaxRow(rate, first, second)
    return None


def is_plausible_tax(tax: Decimal, net: Decimal) -> bool:
    """Whether ``tax`` can be the tax on ``net``: nobody levies a higher rate."""
    return abs(tax) <= abs(net) * _HIGHEST_TAX
