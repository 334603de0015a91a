"""What may be the net sum and what the tax: by their labels, in tables of tax, or by the rate that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from invoicewatch.extract.amounts.roles import SUM_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.page.found import FoundBy, Where
from invoicewatch.extract.page.labels import Label
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.extract.total.reading.tax import (
    HIGHEST_RATE,
    ZERO,
    TaxRow,
    fits_rate,
    is_plausible_tax,
    list_tax_tables,
)
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import PartWeights

_WORDS_OF_RATE = 3  # of a rate before a label: plus 20 %


@dataclass(frozen=True)
class Part:
    """A value that may be net or tax: the amounts it was read from, and how plainly they say so (0-1).

    ``headed``: it is the one amount under its heading. ``rated``: it is made of lines that each fit the rate they
    state. ``closes`` is the sum with tax that a table of tax states for it, the rest being free of tax; else None.
    """

    value: Decimal
    amounts: tuple[Amount, ...]
    weight: float
    text: str
    how: str
    headed: bool = False
    rated: bool = False
    closes: Decimal | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Page and row of its last amount."""
        return self.amounts[-1].row.page, self.amounts[-1].row.number


@dataclass(frozen=True)
class Rates:
    """The rates in per cent on each row, by page and row, and all of them."""

    by_row: Mapping[tuple[int, int], tuple[Decimal, ...]]
    every: frozenset[Decimal]

    def beside(self, part: Part | None) -> tuple[Decimal, ...]:
        """Those on the row of the last amount of ``part``."""
        return self.by_row.get(part.place, ()) if part is not None else ()


def list_nets(claims: Sequence[Claim], tables: Sequence[tuple[TaxRow, ...]]) -> Iterator[Part]:
    """What a label or the bases of a table of tax say is the net sum."""
    weights = load_weights(PartWeights)
    by_role = {
        AmountRole.NET: weights.net,
        AmountRole.NET_OR_TOTAL: weights.net_or_total,
        AmountRole.SUBTOTAL: weights.net_subtotal,
        AmountRole.TOTAL: weights.net_total,
    }
    yield from _list_labelled(claims, by_role)
    by_rate = _list_bases_by_rate(claims)
    if len(by_rate) > 1:
        yield Part(_add(by_rate), by_rate, weights.net_bases, _join(by_rate), FoundBy.BASES, rated=True)
    for table in tables:
        bases = tuple(row.base for row in table)
        if not any(row.gross for row in table):
            yield Part(_add(bases), bases, weights.net_bases, _join(bases), FoundBy.BASES, rated=True)


def list_taxes(claims: Sequence[Claim], tables: Sequence[tuple[TaxRow, ...]]) -> Iterator[Part]:
    """What a label or a table of tax says is the tax, also where several rates must be added up."""
    weights = load_weights(PartWeights)
    by_role = {
        AmountRole.TAX_TOTAL: weights.tax_total,
        AmountRole.TAX: weights.tax,
        AmountRole.TAX_INCLUDED: weights.tax_included,
    }
    yield from _list_labelled(claims, by_role)
    by_rate = _list_by_rate(claims)
    if len(by_rate) > 1:
        yield Part(_add(by_rate), by_rate, weights.tax_added_up, _join(by_rate), FoundBy.TAXES)
    for table in tables:
        taxes, bases = tuple(row.tax for row in table), [row.base for row in table]
        closes = _add(bases) if any(row.gross for row in table) else None
        if len(taxes) > 1:
            yield Part(_add(taxes), taxes, weights.tax_added_up, _join(taxes), FoundBy.TAXES, rated=True, closes=closes)
        else:
            text = taxes[0].row.text
            yield Part(taxes[0].value, taxes, weights.tax_included, text, FoundBy.TAX_TABLE, rated=True, closes=closes)


def list_tables(rows: Sequence[TaxRow]) -> list[tuple[TaxRow, ...]]:
    """The tables of tax; one line of it states its rate, or several lines make one."""
    return [table for table in list_tax_tables(rows) if len(table) > 1 or table[0].written or len(rows) == 1]


def list_unnamed(sheets: Sequence[Sheet]) -> Mapping[Decimal, Part]:
    """Every amount of money, by its value, as a part that nothing names; of equals the last, beside a rate if any."""
    found: dict[Decimal, Part] = {}
    for rated in (False, True):
        for sheet in sheets:
            for n in range(len(sheet.page.rows)):
                if rated == any(amount.percent for amount in sheet.amounts[n]):
                    found |= {a.value: Part(a.value, (a,), 0.0, a.row.text, FoundBy.RATE) for a in sheet.money(n)}
    return found


def list_rates(sheets: Sequence[Sheet]) -> Rates:
    """The rates in per cent that stand on the document, nought left out."""
    rates: dict[tuple[int, int], tuple[Decimal, ...]] = {}
    for sheet in sheets:
        for n, row in enumerate(sheet.amounts):
            found = (abs(amount.value) for amount in row if amount.percent)
            rates[sheet.page.page, n] = tuple(rate for rate in found if 0 < rate <= HIGHEST_RATE)
    return Rates(rates, frozenset(rate for row in rates.values() for rate in row))


def _list_by_rate(claims: Sequence[Claim]) -> tuple[Amount, ...]:
    """The taxes that stand each on a line of its own with its label first; lines of goods mention tax at their end."""
    taxes = (c for c in claims if c.role is AmountRole.TAX and _heads_line(c.label) and c.label.row == c.amount.row)
    most = max((abs(claim.value) for claim in claims if claim.role in SUM_ROLES), default=None)
    amounts = dict.fromkeys(claim.amount for claim in taxes if claim.amount.is_money)
    return tuple(each for each in amounts if most is None or is_plausible_tax(each.value, most))


def _list_bases_by_rate(claims: Sequence[Claim]) -> tuple[Amount, ...]:
    """The nets that stand each on a line with its rate, and of which each makes a tax that is named."""
    taxes = [claim.value for claim in claims if claim.role is AmountRole.TAX]
    nets = dict.fromkeys(claim.amount for claim in claims if claim.role is AmountRole.NET and claim.amount.is_money)
    rated = (amount for amount in nets if any("%" in word.text for word in amount.row.words))
    return tuple(each for each in rated if any(fits_rate(tax, each.value) for tax in taxes))


def _list_labelled(claims: Sequence[Claim], weights: Mapping[AmountRole, float]) -> Iterator[Part]:
    for claim in claims:
        if claim.role in weights:
            weight = weights[claim.role] * claim.weight * claim.label.score
            where = Where.UNDER if claim.headed else Where.BESIDE
            yield Part(claim.value, (claim.amount,), weight, claim.text, f"{where} {claim.label.text}", claim.headed)


def _add(amounts: Sequence[Amount]) -> Decimal:
    return sum((amount.value for amount in amounts), ZERO)


def _join(amounts: Sequence[Amount]) -> str:
    return " + ".join(amount.text for amount in amounts)


def _heads_line(label: Label) -> bool:
    """Whether a label leads, or nothing but a rate and a word such as ``plus`` stands before it: ``plus 20 % VAT``."""
    if label.text.startswith("%") and label.first < _WORDS_OF_RATE:
        return True
    first, _ = label.row.cell_at(label.first)
    before = [word.text for word in label.row.words[first : label.first]]
    return label.leads or (len(before) <= _WORDS_OF_RATE and any("%" in text for text in before))
