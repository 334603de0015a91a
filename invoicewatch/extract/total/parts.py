"""Net and tax: what the total is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.amounts.rows import Amount
from invoicewatch.extract.page.found import FoundBy, Where
from invoicewatch.extract.proof.fields import find_source, with_cents
from invoicewatch.extract.proof.reading import prove_amount_reading
from invoicewatch.extract.total.arithmetic import is_rounding
from invoicewatch.extract.total.choice import TotalCandidate
from invoicewatch.extract.total.claims import Claim
from invoicewatch.extract.total.tax import RATES, ZERO, TaxRow, is_plausible_tax
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import PartWeights
from invoicewatch.records import Box, Field


@dataclass(frozen=True)
class Part:
    """A value that may be net or tax: the amounts it was read from, and how plainly they say so (0-1).

    ``headed``: it is the one amount under its heading.
    """

    value: Decimal
    amounts: tuple[Amount, ...]
    weight: float
    text: str
    how: str
    headed: bool = False


def find_net_and_tax(
    total: TotalCandidate | None, claims: Sequence[Claim], tax_rows: Sequence[TaxRow], *, total_proved: bool
) -> tuple[Field | None, Field | None]:
    """Net and tax that add up to the total (before rounding), else each by its label alone, with less confidence.

    Both are verified only with a total that is.
    """
    nets = list(_list_nets(claims, tax_rows))
    taxes = [tax for tax in _list_taxes(claims, tax_rows) if total is None or is_plausible_tax(tax.value, total.value)]
    sums = _sums_before_rounding(total) if total else ()
    pairs = [(n, t) for n in nets for t in taxes if n.value + t.value in sums and is_plausible_tax(t.value, n.value)]
    if pairs:
        net, tax = max(pairs, key=lambda pair: (pair[1].value != 0, pair[0].weight + pair[1].weight))
        proved = total_proved and tax.value != 0 and is_tax_sized(tax, net)
        paired = load_weights(PartWeights).paired
        return (
            _make_field("net_total", net, paired, proved=proved),
            _make_field("tax_total", tax, paired, proved=proved),
        )
    return _find_unpaired(nets, taxes, total)


def is_tax_sized(tax: Part, net: Part) -> bool:
    """Whether the tax is no smaller than the lowest rate in force makes it: a rounding is."""
    return abs(tax.value) * 100 >= abs(net.value) * min(RATES)


def _find_unpaired(
    nets: Sequence[Part], taxes: Sequence[Part], total: TotalCandidate | None
) -> tuple[Field | None, Field | None]:
    """Without a pair that closes: what a plain label names, and the net that the tax leaves of the total."""
    weights = load_weights(PartWeights)
    tax = max(taxes, key=lambda part: part.weight, default=None)
    plain = [net for net in nets if net.weight >= weights.net]
    net = plain[-1] if plain else None
    if net is None and tax is not None and total is not None and _leaves_net(tax, total):
        left = total.value - tax.value
        net = Part(left, (total.amount,), weights.derived, f"{total.text} less {tax.text}", FoundBy.TAX_LEFT)
    return (
        _make_field("net_total", net, weights.alone, proved=False) if net else None,
        _make_field("tax_total", tax, weights.alone, proved=False) if tax else None,
    )


def _leaves_net(tax: Part, total: TotalCandidate) -> bool:
    """Whether the total less the tax can be the net: of one sign, and the tax no higher than anyone levies."""
    return is_plausible_tax(tax.value, total.value) and tax.value * total.value >= 0


def _sums_before_rounding(total: TotalCandidate) -> tuple[Decimal, ...]:
    before = [c.superseded for c in total.closings if c.superseded is not None and is_rounding(c.kind)]
    return (total.value, *before)


def _list_nets(claims: Sequence[Claim], tax_rows: Sequence[TaxRow]) -> Iterator[Part]:
    weights = load_weights(PartWeights)
    by_role = {
        AmountRole.NET: weights.net,
        AmountRole.NET_OR_TOTAL: weights.net_or_total,
        AmountRole.SUBTOTAL: weights.net_subtotal,
        AmountRole.TOTAL: weights.net_total,
    }
    for claim in claims:
        if claim.role in by_role:
            yield _part_of(claim, by_role[claim.role])
    if tax_rows:
        bases = tuple(row.base for row in tax_rows)
        yield Part(_add(bases), bases, weights.net_bases, _join(bases), FoundBy.BASES)


def _list_taxes(claims: Sequence[Claim], tax_rows: Sequence[TaxRow]) -> Iterator[Part]:
    weights = load_weights(PartWeights)
    by_role = {
        AmountRole.TAX_TOTAL: weights.tax_total,
        AmountRole.TAX: weights.tax,
        AmountRole.TAX_INCLUDED: weights.tax_included,
    }
    for claim in claims:
        if claim.role in by_role:
            yield _part_of(claim, by_role[claim.role])
    by_rate = tuple(dict.fromkeys(claim.amount for claim in claims if claim.role is AmountRole.TAX))
    for amounts in (by_rate, tuple(row.tax for row in tax_rows)):
        if len(amounts) > 1:
            yield Part(_add(amounts), amounts, weights.tax_added_up, _join(amounts), FoundBy.TAXES)
        elif amounts:
            yield Part(amounts[0].value, amounts, weights.tax_included, amounts[0].row.text, FoundBy.TAX_TABLE)


def _part_of(claim: Claim, role_weight: float) -> Part:
    weight = role_weight * claim.weight * claim.label.score
    where = Where.UNDER if claim.headed else Where.BESIDE
    return Part(claim.value, (claim.amount,), weight, claim.text, f"{where} {claim.label.text}", claim.headed)


def _add(amounts: Sequence[Amount]) -> Decimal:
    return sum((amount.value for amount in amounts), ZERO)


def _join(amounts: Sequence[Amount]) -> str:
    return " + ".join(amount.text for amount in amounts)


def _make_field(name: str, part: Part, confidence: float, *, proved: bool) -> Field:
    """The field; verified where the pair closes non-trivially and every amount's reading is proved."""
    weights = load_weights(PartWeights)
    readings = [prove_amount_reading(amount) for amount in part.amounts]
    page = part.amounts[0].row.page
    return Field(
        name,
        with_cents(part.value),
        round(confidence * (weights.share_certain + weights.share_plain * part.weight), 3),
        verified=proved and all(readings) and (part.weight >= weights.derived or part.headed),
        page=page,
        box=Box.around(amount.box for amount in part.amounts if amount.row.page == page),
        source=find_source(part.amounts[0].row, part.amounts[0].words),
        method=str(part.how) + (", net and tax make the total" if proved else ""),
        text=part.text,
    )
