"""Sums that close: what a document's own arithmetic says about its total.

A closing is a set of amounts on the page that add up to a sum. It is *trivial* where it holds for any sum (tax of
zero, change of zero), and then it proves nothing. Sources: EN 16931-1 BR-CO-10 to BR-CO-16 (lines, net, tax, total,
prepaid, rounding, due) and the till's cash - change = total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from invoicewatch.extract.amounts import currencies
from invoicewatch.extract.amounts.roles import SUM_ROLES, TAX_ROLES, AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.total.reading.arithmetic import TOTAL_ROUNDED, Addition, Arithmetic, ClosingKind
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.sheet import Sheet
from invoicewatch.extract.total.reading.tax import ZERO, TaxRow, find_tax_rows, is_plausible_tax

ADDED_ROLES = TAX_ROLES | {AmountRole.SERVICE, AmountRole.TIP, AmountRole.ROUNDING, AmountRole.DISCOUNT}
NET_ROLES = frozenset({AmountRole.NET, AmountRole.SUBTOTAL, AmountRole.NET_OR_TOTAL})
_PAID_ROLES = frozenset({AmountRole.CASH, AmountRole.CARD})
_WHOLES = frozenset({AmountRole.TOTAL, AmountRole.PAYABLE})
_BASES = NET_ROLES | _WHOLES
_SHOWN_SUMS = SUM_ROLES | _PAID_ROLES | {AmountRole.SUBTOTAL}
_FIRST_SUMS = SUM_ROLES | {AmountRole.SUBTOTAL, AmountRole.NET}
_PARTS = frozenset({AmountRole.TOTAL, AmountRole.NET, AmountRole.TAX_INCLUDED, AmountRole.SUBTOTAL})
_DUE = frozenset({AmountRole.AMOUNT_DUE, AmountRole.PAYABLE})
_NO_LINE = frozenset({AmountRole.NO_TOTAL, AmountRole.CASH, AmountRole.CHANGE, AmountRole.CARRIED})
_MAX_ADDENDS = 8
_MAX_TERMS = 4


@dataclass(frozen=True)
class Closing:
    """Amounts that add up to ``total``; ``kind`` says how. ``members`` are the amounts without the sum itself.

    ``strict`` says that it closes non-trivially and to the cent on labelled amounts. ``superseded`` is the sum on the
    way that ``total`` replaces (before rounding, before tax), if any.
    """

    kind: ClosingKind
    total: Decimal
    members: tuple[Amount, ...]
    strict: bool
    superseded: Decimal | None = None


def find_closings(sheets: Sequence[Sheet], claims: Sequence[Claim], currency: str = "") -> list[Closing]:
    """All closings whose sum stands somewhere on the document, or that two kinds of arithmetic agree on.

    ``currency`` is an ISO 4217 code, or empty: it says how much rounding to the smallest coin may change.
    """
    shown = {a.value for sheet in sheets for row in sheet.amounts for a in row if a.is_money}
    shown |= {claim.value for claim in claims}
    found = [
        *_close_change(claims),
        *_close_addends(claims),
        *_close_steps(sheets, claims, currencies.CASH_ROUNDING.get(currency, currencies.DEFAULT_ROUNDING)),
        *_close_tax_rows(find_tax_rows(sheets)),
        *_close_lines(sheets, claims),
        *_close_prepaid(claims),
        *_close_parts(claims),
    ]
    kinds: dict[Decimal, set[ClosingKind]] = {}
    for closing in found:
        if closing.strict:
            kinds.setdefault(closing.total, set()).add(closing.kind)
    return [closing for closing in found if closing.total in shown or len(kinds.get(closing.total, ())) > 1]


def _close_change(claims: Sequence[Claim]) -> Iterator[Closing]:
    """Cash - change = total."""
    for cash in (c for c in claims if c.role in _PAID_ROLES):
        for change in (c for c in claims if c.role is AmountRole.CHANGE):
            total = abs(cash.value) - abs(change.value)
            if total > 0:
                yield Closing(Arithmetic.CHANGE, total, (cash.amount, change.amount), strict=change.value != 0)


def _close_addends(claims: Sequence[Claim]) -> Iterator[Closing]:
    """Net (or a sum on the way) + tax + service + tip + rounding - discount = total."""
    bases = _distinct(c for c in claims if c.role in _BASES)
    addends = _distinct(c for c in claims if c.role in ADDED_ROLES and c.value != 0)[:_MAX_ADDENDS]
    sums = {c.value for c in claims if c.role in _SHOWN_SUMS}
    for base in bases:
        for count in range(1, min(_MAX_TERMS, len(addends)) + 1):
            for terms in combinations(addends, count):
                closing = _close_terms(base, terms)
                if closing and (closing.total in sums or _makes_total(base, terms)):
                    yield closing


def _makes_total(base: Claim, terms: Sequence[Claim]) -> bool:
    """Whether the sum is a total by its parts alone, though it may stand nowhere: net and tax, total and rounding."""
    roles = {term.role for term in terms}
    return roles == {AmountRole.ROUNDING} or (base.role in NET_ROLES and roles <= TAX_ROLES)


def _close_terms(base: Claim, terms: tuple[Claim, ...]) -> Closing | None:
    """``base`` and ``terms`` as a closing, if they can stand in one sum."""
    roles = [term.role for term in terms]
    if set(roles) >= TAX_ROLES or any(term.amount == base.amount for term in terms):
        return None
    if any(term.role in TAX_ROLES and not is_plausible_tax(term.value, base.value) for term in terms):
        return None
    if base.role in _WHOLES and any(term.place < base.place for term in terms):
        return None  # what is added to a total stands after it
    total = base.value + sum((_signed(term, base) for term in terms), ZERO)
    kind = Addition.of(base.role, roles)
    return Closing(kind, total, (base.amount, *(t.amount for t in terms)), strict=True, superseded=base.value)


def _close_steps(sheets: Sequence[Sheet], claims: Sequence[Claim], most: Decimal) -> Iterator[Closing]:
    """A total, a small amount that nothing names, another total: the till's rounding."""
    sums = sorted((c for c in claims if c.role in _WHOLES and not c.in_table), key=lambda claim: claim.place)
    for first, second in combinations(sums, 2):
        step = second.value - first.value
        if ZERO < abs(step) <= most:
            between = [a for a in _money_between(sheets, first, second) if abs(a.value) == abs(step)]
            members = (first.amount, *between[:1])
            yield Closing(TOTAL_ROUNDED, second.value, members, strict=bool(between), superseded=first.value)


def _money_between(sheets: Sequence[Sheet], first: Claim, second: Claim) -> Iterator[Amount]:
    for sheet in sheets:
        for n in range(len(sheet.page.rows)):
            if first.place < (sheet.page.page, n) < second.place:
                yield from sheet.money(n)


def _signed(claim: Claim, base: Claim) -> Decimal:
    """A discount lowers the sum whatever sign is printed; of a credit note, whose sums are negative, it raises it."""
    if claim.role is not AmountRole.DISCOUNT:
        return claim.value
    return abs(claim.value) if base.value < 0 else -abs(claim.value)


def _close_tax_rows(rows: Sequence[TaxRow]) -> Iterator[Closing]:
    """The bases and taxes by rate add up to the total."""
    if rows:
        total = sum((row.base.value + row.tax.value for row in rows), ZERO)
        members = tuple(amount for row in rows for amount in (row.base, row.tax))
        strict = any(row.tax.value != 0 for row in rows)
        yield Closing(Arithmetic.TAX_TABLE, total, members, strict=strict)


def _close_lines(sheets: Sequence[Sheet], claims: Sequence[Claim]) -> Iterator[Closing]:
    """The lines add up: the last amount of each row above the first sum."""
    lines = find_line_amounts(sheets, claims)
    total = sum((line.value for line in lines), ZERO)
    if len(lines) > 1:
        yield Closing(Arithmetic.LINES, total, tuple(lines), strict=sum(line.value != 0 for line in lines) > 1)


def find_line_amounts(sheets: Sequence[Sheet], claims: Sequence[Claim]) -> list[Amount]:
    """The rightmost amount of each row before the first that states a sum."""
    stops = {(c.amount.row.page, c.amount.row.number) for c in claims if c.role in _FIRST_SUMS}
    lines: list[Amount] = []
    for sheet in sheets:
        for n, row in enumerate(sheet.page.rows):
            if (row.page, n) in stops:
                return lines
            money = sheet.money(n)
            if money and not any(label.role in _NO_LINE for label in sheet.labels[n]):
                lines.append(money[-1])
    return lines


def _close_parts(claims: Sequence[Claim]) -> Iterator[Closing]:
    """Totals of kinds of supply (``Total 0% supplies``) add up to the total that follows them."""
    sums = [c for c in claims if c.role in _PARTS and c.value != 0]
    for whole in (c for c in claims if c.role in _WHOLES and not c.qualified):
        parts = _distinct(c for c in sums if c.place < whole.place and c.qualified)
        for first, second in combinations(parts, 2):
            if first.value + second.value == whole.value:
                yield Closing(Arithmetic.PARTS, whole.value, (first.amount, second.amount), strict=True)


def _close_prepaid(claims: Sequence[Claim]) -> Iterator[Closing]:
    """Total - prepaid = amount due, read from the end."""
    for due in (c for c in claims if c.role in _DUE):
        for paid in (c for c in claims if c.role is AmountRole.PREPAID and c.value != 0):
            total = due.value + abs(paid.value)
            yield Closing(Arithmetic.PREPAID, total, (due.amount, paid.amount), strict=True, superseded=due.value)


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """One claim for each role and value, the first."""
    seen: dict[tuple[AmountRole, Decimal], Claim] = {}
    for claim in claims:
        seen.setdefault((claim.role, claim.value), claim)
    return list(seen.values())
