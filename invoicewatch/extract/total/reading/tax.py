"""Tables of tax by rate, and what can be the tax on a sum at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.total.reading.sheet import Sheet

ZERO = Decimal(0)
# Rates of value added and sales taxes in force or recently so, in per cent.
_RATES = "2.1 2.5 2.6 3 3.7 3.8 4 5 5.5 6 7 7.7 8 8.1 9 9.5 10 12 13 13.5 14 15 16 17 18 19 20 21 22 23 24 25 27"
RATES = tuple(Decimal(rate) for rate in _RATES.split())
HIGHEST_RATE = Decimal(30)
CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_TO_FIVE = Decimal(10)  # below, three cents are too large a part of the tax to prove anything


@dataclass(frozen=True)
class TaxRow:
    """One line of a table of tax by rate: rate in per cent, base and tax.

    ``gross`` says that the base is with the tax in it, as tills print it. ``written`` says that the rate stands there.
    """

    rate: Decimal
    base: Amount
    tax: Amount
    gross: bool = False
    written: bool = True

    @property
    def place(self) -> tuple[int, int]:
        """Page and row: lines of one table follow one another."""
        return self.tax.row.page, self.tax.row.number


def find_tax_rows(sheets: Iterable[Sheet]) -> list[TaxRow]:
    """Rows on which rate x base = tax holds; a rate is written there, or one in use fits."""
    return _drop_sum_rows([row for row in find_all_tax_rows(sheets) if not row.gross])


def find_all_tax_rows(sheets: Iterable[Sheet]) -> list[TaxRow]:
    """The same with rows whose base holds the tax, and with rows of sums, which repeat what stands above them."""
    found: list[TaxRow] = []
    for sheet in sheets:
        above: list[Amount] = []
        for n in range(len(sheet.page.rows)):
            row = _read_tax_row(sheet, n) or _read_tax_of(sheet, n, above)
            found += [row] if row else []
            above += sheet.money(n)
    return found


def list_tax_tables(rows: Sequence[TaxRow]) -> Iterator[tuple[TaxRow, ...]]:
    """What may be one table of tax: all rows, and each run of rows that follow one another, without rows of sums."""
    runs: list[list[TaxRow]] = []
    for row in rows:
        last = runs[-1][-1] if runs else None
        near = last is not None and last.place[0] == row.place[0] and row.place[1] - last.place[1] <= 2  # noqa: PLR2004
        if near and last is not None and (last.gross == row.gross or not (last.tax.value and row.tax.value)):
            runs[-1].append(row)
        else:
            runs.append([row])
    tables = [tuple(_drop_sum_rows(run)) for run in runs]
    if len({row.gross for row in rows if row.tax.value}) == 1:
        tables.append(tuple(_drop_sum_rows(rows)))
    return iter(dict.fromkeys(tables))


def _drop_sum_rows(rows: Sequence[TaxRow]) -> list[TaxRow]:
    """The rows without those that add up the ones above them, or repeat the only one."""
    kept: list[TaxRow] = []
    for row in rows:
        tax = sum((each.tax.value for each in kept), ZERO)
        if not kept or row.written or tax != row.tax.value:  # a line without tax may be none of the rows
            kept.append(row)
    return kept


def _read_tax_row(sheet: Sheet, n: int) -> TaxRow | None:
    money = [a for a in sheet.money(n) if a.parsed.decimals == 2]  # noqa: PLR2004 - cents
    if not 2 <= len(money) <= 4:  # noqa: PLR2004 - base and tax, at most with rate and sum beside
        return None
    written = [a.value for a in sheet.amounts[n] if a.percent or not a.is_money]
    plain = [a.value for a in sheet.amounts[n] if a.percent]
    rates = [rate for rate in written if ZERO <= rate <= HIGHEST_RATE]
    bare = not rates
    for base, tax in combinations(money, 2):
        for first, second in ((base, tax), (tax, base)):
            for rate in rates or RATES:
                if abs(second.value) < abs(first.value) and abs(first.value * rate / 100 - second.value) <= CENT:
                    return TaxRow(rate, first, second, written=not bare)
    for first, second in combinations(money, 2):
        for rate in plain:
            within = first.value * rate / (_HUNDRED + rate)
            if abs(second.value) < abs(first.value) and abs(within - second.value) <= CENT:
                return TaxRow(rate, first, second, gross=True)
    return None


def _read_tax_of(sheet: Sheet, n: int, above: Sequence[Amount]) -> TaxRow | None:
    """``A 23% 2.11`` by itself: the tax within a sum that stands above (``taxed A 11.28``), the nearest that fits."""
    money = sheet.money(n)
    rates = [a.value for a in sheet.amounts[n] if a.percent and a.value in RATES]
    if len(money) != 1 or len(rates) != 1 or money[0].value <= 0:
        return None
    tax, rate = money[0], rates[0]
    for base in reversed(above):
        if base.value > tax.value and abs(base.value * rate / (_HUNDRED + rate) - tax.value) <= CENT / 2:
            return TaxRow(rate, base, tax, gross=True)
    return None


def is_plausible_tax(tax: Decimal, net: Decimal) -> bool:
    """Whether ``tax`` can be the tax on ``net``: nobody levies a higher rate."""
    return abs(tax) <= abs(net) * HIGHEST_RATE / _HUNDRED


def fits_rate(tax: Decimal, net: Decimal, rates: Iterable[Decimal] = RATES) -> bool:
    """Whether one of ``rates`` (in per cent) makes ``tax`` of ``net``, to the cent; larger sums round to five."""
    most = CENT if abs(tax) < _TO_FIVE else 3 * CENT
    return any(abs(net * rate / _HUNDRED - tax) <= most for rate in rates)
