"""Labels that arithmetic corrects: what a label says is one thing, what the document's own sums show is another.

Each rule here needs a sum that closes to the cent, and says only what that sum leaves no doubt of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from invoicewatch.extract.amounts.roles import SUM_ROLES, TAX_ROLES, AmountRole
from invoicewatch.extract.page.labels import load_labels, skeleton_of
from invoicewatch.extract.page.layout import Row
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.tax import CENT, RATES, ZERO, fits_rate, is_plausible_tax

_NETS = frozenset({AmountRole.NET, AmountRole.SUBTOTAL, AmountRole.NET_OR_TOTAL})
_WHOLES = frozenset({AmountRole.TOTAL, AmountRole.PAYABLE})
_COUNT = re.compile(r"\d{1,3}")
_PAID = frozenset({AmountRole.CASH, AmountRole.CARD})


def settle_claims(claims: Sequence[Claim], shown: Collection[Decimal] = ()) -> list[Claim]:
    """The claims with roles and signs as the document's sums show them, in the same order.

    ``shown`` are the values of all amounts of money, also of those that no label names.
    """
    settled = _take_taxes_for_taxes(list(claims))
    settled = _take_gross_for_net(settled, shown)
    settled = _take_counts_for_counts(settled)
    settled = _take_payments_for_payments(settled)
    return _drop_false_minus(settled)


def _take_taxes_for_taxes(claims: list[Claim]) -> list[Claim]:
    """``Total includes GST 3.98``: a sum whose row names the tax, and that is the tax within another sum."""
    wholes = {claim.value for claim in claims if claim.role in _WHOLES and claim.value > 0}

    def settle(claim: Claim) -> Claim:
        if claim.role not in SUM_ROLES or not _names_tax(claim.label.row):
            return claim
        within = any(_is_tax_within(claim.value, whole) for whole in wholes)
        return replace(claim, role=AmountRole.TAX_INCLUDED) if within else claim

    return [settle(claim) for claim in claims]


def _names_tax(row: Row) -> bool:
    """Whether a word of the row is by itself a label of tax."""
    phrases = (load_labels("amounts").whole.get(skeleton_of(word.text)) for word in row.words)
    return any(phrase is not None and phrase.role in TAX_ROLES for phrase in phrases)


def _is_tax_within(value: Decimal, whole: Decimal) -> bool:
    if not 0 < value < whole or not is_plausible_tax(value, whole - value):
        return False
    return any(abs(whole * rate / (100 + rate) - value) <= CENT for rate in RATES)


def _take_gross_for_net(claims: list[Claim], shown: Collection[Decimal]) -> list[Claim]:
    """``Brutto 100, tax 8.10, Netto 108.10``: what the tax is added to is the net, and what it makes the total.

    Where the sum of both stands without a label, the base is no total all the same.
    """
    swapped: dict[int, AmountRole] = {}
    named = {claim.value for claim in claims}
    within = {claim.value for claim in claims if claim.role is AmountRole.TAX_INCLUDED or claim.in_table}
    taxes = [c for c in claims if c.role in TAX_ROLES and c.value > 0 and c.value not in within]
    steps = [ZERO, *(claim.value for claim in claims if claim.role is AmountRole.ROUNDING)]
    for base in (claim for claim in claims if claim.role is AmountRole.TOTAL and not claim.in_table):
        after = [tax for tax in taxes if base.place < tax.place and fits_rate(tax.value, base.value)]
        sums = {base.value + tax.value + coins for tax in after for coins in steps}
        if not sums.isdisjoint(shown) and sums.isdisjoint(named):
            swapped[id(base)] = AmountRole.NET
    for base, _, whole in _list_taxed(claims, _WHOLES):
        if whole.role not in SUM_ROLES:
            swapped[id(base)], swapped[id(whole)] = AmountRole.NET, AmountRole.TOTAL
    return [replace(claim, role=swapped[id(claim)]) if id(claim) in swapped else claim for claim in claims]


def _take_counts_for_counts(claims: list[Claim]) -> list[Claim]:
    """``3 Total 365.00`` over ``Net Amount 393.00``: the sum of so many goods, and what is to be paid after charges.

    A net sum is never more than the total. So a later and larger one is the total by another name, if no tax is
    reckoned of it.
    """
    taxes = [claim.value for claim in claims if claim.role in TAX_ROLES and claim.value != 0]
    named = (claim for claim in claims if claim.role is AmountRole.NET and not claim.in_table)
    nets = [claim for claim in named if not any(fits_rate(tax, claim.value) for tax in taxes)]
    counted = [claim for claim in claims if claim.role is AmountRole.TOTAL and _follows_count(claim)]
    lower = {id(c) for c in counted if any(0 < c.value < net.value and c.place < net.place for net in nets)}
    if not lower:
        return claims
    least = min(claim.value for claim in counted if id(claim) in lower)

    def settle(claim: Claim) -> Claim:
        if id(claim) in lower:
            return replace(claim, role=AmountRole.SUBTOTAL)
        larger = any(claim is net for net in nets) and claim.value > least
        return replace(claim, role=AmountRole.NET_OR_TOTAL) if larger else claim

    return [settle(claim) for claim in claims]


def _follows_count(claim: Claim) -> bool:
    """Whether a count of goods, and nothing else, stands before the label on its row."""
    before = [word.text for word in claim.label.row.words[: claim.label.first]]
    return len(before) == 1 and _COUNT.fullmatch(before[0]) is not None


def _take_payments_for_payments(claims: list[Claim]) -> list[Claim]:
    """What is taken off after the tax was added is no discount: it was paid before, as instalments are."""
    places = [whole.place for _, _, whole in _list_taxed(claims, _NETS) if whole.role in SUM_ROLES]
    if not places:
        return claims
    first = min(places)
    return [
        replace(claim, role=AmountRole.PREPAID)
        if claim.role is AmountRole.DISCOUNT and claim.place > first and not claim.in_table
        else claim
        for claim in claims
    ]


def _list_taxed(claims: Sequence[Claim], bases: frozenset[AmountRole]) -> Iterator[tuple[Claim, Claim, Claim]]:
    """A base, the tax that follows it at a rate in force, and the sum of both that follows the two."""
    taxes = [claim for claim in claims if claim.role in TAX_ROLES and claim.value != 0]
    # "Netto inkl. MWST": what is both net and with the tax in it is neither.
    wholes = [c for c in claims if c.role in SUM_ROLES | {AmountRole.NET, AmountRole.TAX_INCLUDED}]
    for base in (claim for claim in claims if claim.role in bases):
        for tax in taxes:
            if base.place < tax.place and fits_rate(tax.value, base.value):
                total = base.value + tax.value
                yield from ((base, tax, w) for w in wholes if w.value == total and w.place > tax.place)


def _drop_false_minus(claims: list[Claim]) -> list[Claim]:
    """``TOTAL -17.40``, of which cash less change makes 17.40: the dash is no minus."""
    cash = {abs(claim.value) for claim in claims if claim.role in _PAID}
    change = {abs(claim.value) for claim in claims if claim.role is AmountRole.CHANGE}
    paid = {given - back for given in cash for back in change}

    def settle(claim: Claim) -> Claim:
        if claim.role not in SUM_ROLES or claim.value >= 0 or -claim.value not in paid:
            return claim
        parsed = claim.amount.parsed._replace(value=-claim.value, repaired=True)
        return replace(claim, amount=replace(claim.amount, parsed=parsed, others=(claim.value,)))

    return [settle(claim) for claim in claims]
