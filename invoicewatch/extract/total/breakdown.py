"""Net and tax: the pair that makes the total.

Each pair of what may be net and what may be tax collects what speaks for it: its labels, tables of tax by rate, and the
rate that the one is of the other. One of the two may stand nowhere and be what the other leaves of the total; then the
field says so, and is never verified. Never is anything reckoned from a sum that is not the total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from invoicewatch.extract.amounts.roles import AmountRole
from invoicewatch.extract.page.found import FoundBy
from invoicewatch.extract.proof.fields import find_source, with_cents
from invoicewatch.extract.proof.reading import prove_amount_reading
from invoicewatch.extract.total.parts import Part, Rates, list_nets, list_rates, list_tables, list_taxes, list_unnamed
from invoicewatch.extract.total.ranking.choice import TotalCandidate
from invoicewatch.extract.total.reading.arithmetic import is_rounding
from invoicewatch.extract.total.reading.claims import Claim
from invoicewatch.extract.total.reading.sums import Sums
from invoicewatch.extract.total.reading.tax import RATES, find_all_tax_rows, fits_rate, is_plausible_tax
from invoicewatch.extract.weights.load import load_weights
from invoicewatch.extract.weights.records import PartWeights
from invoicewatch.records import Box, Field


@dataclass(frozen=True)
class Pair:
    """Net and tax that make the total; ``reckoned`` says that one of them stands nowhere.

    ``stated``: the tax is of the net what a rate on the page says, ``beside`` that it stands on the row of one of them.
    ``usual``: it is so at some rate in force.
    """

    net: Part
    tax: Part
    stated: bool
    usual: bool
    reckoned: bool
    beside: bool

    @property
    def points(self) -> float:
        """What speaks for it, in units of one plain label."""
        weights = load_weights(PartWeights)
        rate = weights.rate_stated if self.stated else weights.rate_usual if self.usual else 0.0
        none = weights.no_tax if self.tax.value == 0 else 0.0
        nowhere = weights.reckoned if self.reckoned else 0.0
        return self.net.weight + self.tax.weight + rate + none + nowhere


def find_net_and_tax(
    total: TotalCandidate | None, sums: Sums, *, total_proved: bool
) -> tuple[Field | None, Field | None]:
    """Net and tax that add up to the total (before rounding), else each by its label alone, with less confidence.

    Both are verified only with a total that is.
    """
    tables = list_tables(find_all_tax_rows(sums.sheets))
    nets = list(list_nets(sums.claims, tables))
    taxes = [tax for tax in list_taxes(sums.claims, tables) if total is None or _may_be_tax(tax, total.value)]
    if total is not None:
        pairs = list(_list_pairs(total, nets, taxes, sums))
        if pairs:
            return _make_fields(max(pairs, key=lambda pair: pair.points), total_proved=total_proved)
    return _find_unpaired(nets, taxes, total)


def is_tax_sized(tax: Part, net: Part) -> bool:
    """Whether the tax is no smaller than the lowest rate in force makes it: a rounding is."""
    return abs(tax.value) * 100 >= abs(net.value) * min(RATES)


def _may_be_tax(tax: Part, total: Decimal) -> bool:
    return (
        is_plausible_tax(tax.value, total)
        and (total < 0 or tax.value >= 0)
        and (tax.closes is None or abs(tax.closes) <= abs(total))
    )


def _list_pairs(total: TotalCandidate, nets: Sequence[Part], taxes: Sequence[Part], sums: Sums) -> Iterator[Pair]:
    """All pairs that make the total or the sum before its rounding, and have enough for them to be given."""
    named = any(net.weight >= load_weights(PartWeights).plain for net in nets)
    taxed = any(tax.value != 0 for tax in taxes)
    unnamed, rates = list_unnamed(sums.sheets), list_rates(sums.sheets)
    best_nets, best_taxes = _keep_best(nets), _keep_best(taxes)
    rated = [value for value, part in unnamed.items() if rates.beside(part)]
    for whole in _sums_before_rounding(total, sums.claims):
        values = dict.fromkeys((*best_nets, *(whole - value for value in (*best_taxes, *rated)), *unnamed))
        for value in values:
            left = whole - value
            if value * whole <= 0 or left * whole < 0 or not is_plausible_tax(left, value):
                continue
            net = best_nets.get(value) or unnamed.get(value)
            tax = _find_tax(left, best_taxes, unnamed)
            pair = _make_pair(net, tax, value, left, total, rates)
            if pair is None:
                continue
            doubted = named and not _is_rest_free(pair, nets, unnamed)
            if _is_grounded(pair, named=doubted, taxed=taxed):
                yield pair


def _find_tax(left: Decimal, named: Mapping[Decimal, Part], unnamed: Mapping[Decimal, Part]) -> Part | None:
    """The tax of this value; nought needs a label, and of what is below nought an engine may lose the minus."""
    tax = named.get(left) or (unnamed.get(left) if left != 0 else None)
    if tax is None and left < 0 and -left in named:
        return replace(named[-left], value=left, weight=0.0)
    return tax


def _make_pair(
    net: Part | None, tax: Part | None, value: Decimal, left: Decimal, total: TotalCandidate, rates: Rates
) -> Pair | None:
    if net is None and tax is None:
        return None
    stated = left != 0 and (fits_rate(left, value, rates.every) or bool(net and tax and net.rated and tax.rated))
    near = (*rates.beside(net), *rates.beside(tax))
    usual = left != 0 and fits_rate(left, value)
    reckoned = net is None or tax is None
    if net is None and tax is not None:
        net = _reckon(value, total, tax, FoundBy.TAX_LEFT)
    elif tax is None and net is not None:
        tax = _reckon(left, total, net, FoundBy.NET_LEFT)
    assert net is not None, "one of the two was read"
    assert tax is not None, "one of the two was read"
    beside = fits_rate(left, value, near) or (usual and not reckoned and _stand_in_line(net, tax, total))
    return Pair(net, tax, stated, usual, reckoned, beside)


def _reckon(value: Decimal, total: TotalCandidate, other: Part, how: FoundBy) -> Part:
    return Part(value, (total.amount, *other.amounts), 0.0, f"{total.text} less {other.text}", how)


def _stand_in_line(net: Part, tax: Part, total: TotalCandidate) -> bool:
    """Whether net, tax and total follow one another on one row, as in the last row of a table."""
    places = {(amount.row.page, amount.row.number) for amount in (total.amount, *total.places)}
    return net.place == tax.place and net.place in places


def _is_grounded(pair: Pair, *, named: bool, taxed: bool) -> bool:
    """Whether enough speaks for a pair of which a part has no label, or stands nowhere.

    A sum on the way leaves discounts and charges as well as tax: only a rate makes what it leaves a tax. Where a net is
    ``named`` that does not fit, only a rate makes another one up. Two amounts that make the total without any label are
    net and tax only if a rate beside one of them says so, or all three stand in line. Where some tax is named, that a
    total less no tax is itself says nothing.
    """
    if pair.net.weight and pair.tax.weight:
        return pair.tax.value != 0 or pair.net.weight > load_weights(PartWeights).net_total or not taxed
    if pair.tax.weight:
        return pair.tax.value != 0 and (pair.stated or pair.usual or not (named and pair.reckoned))
    if pair.net.weight:
        return pair.stated or (pair.usual and not pair.reckoned) or (pair.net.value < 0 and not pair.reckoned)
    return pair.beside


def _is_rest_free(pair: Pair, nets: Sequence[Part], shown: Collection[Decimal]) -> bool:
    """Whether the named net is that of the named tax alone, and what is free of tax besides stands on the page too."""
    if not pair.reckoned or not pair.tax.weight:
        return False
    return any(fits_rate(pair.tax.value, net.value) and pair.net.value - net.value in shown for net in nets)


def _keep_best(parts: Iterable[Part]) -> Mapping[Decimal, Part]:
    """The plainest part of each value; of equals the first."""
    best: dict[Decimal, Part] = {}
    for part in parts:
        if part.value not in best or part.weight > best[part.value].weight:
            best[part.value] = part
    return best


def _sums_before_rounding(total: TotalCandidate, claims: Sequence[Claim]) -> tuple[Decimal, ...]:
    before = [c.superseded for c in total.closings if c.superseded is not None and is_rounding(c.kind)]
    stated = [total.value - claim.value for claim in claims if claim.role is AmountRole.ROUNDING]
    return tuple(dict.fromkeys((total.value, *before, *stated)))


def _find_unpaired(
    nets: Sequence[Part], taxes: Sequence[Part], total: TotalCandidate | None
) -> tuple[Field | None, Field | None]:
    """Without a pair that closes: what a plain label names."""
    weights = load_weights(PartWeights)
    tax = max(taxes, key=lambda part: part.weight, default=None)
    plain = [net for net in nets if net.weight >= weights.net]
    if total is not None:
        plain = [net for net in plain if abs(net.value) <= abs(total.value)]
    net = plain[-1] if plain else None
    return (
        _make_field("net_total", net, weights.alone, proved=False) if net else None,
        _make_field("tax_total", tax, weights.alone, proved=False) if tax else None,
    )


def _make_fields(pair: Pair, *, total_proved: bool) -> tuple[Field, Field]:
    weights = load_weights(PartWeights)
    proved = total_proved and not pair.reckoned and pair.tax.value != 0 and is_tax_sized(pair.tax, pair.net)
    if pair.net.weight and pair.tax.weight:
        confidence = weights.paired
    else:
        confidence = weights.rated if pair.stated else weights.alone
    return (
        _make_field("net_total", pair.net, confidence, proved=proved),
        _make_field("tax_total", pair.tax, confidence, proved=proved),
    )


def _make_field(name: str, part: Part, confidence: float, *, proved: bool) -> Field:
    """The field; verified where the pair closes non-trivially and every amount's reading is proved."""
    weights = load_weights(PartWeights)
    readings = [prove_amount_reading(amount) for amount in part.amounts]
    priors = dict.fromkeys(amount.prior for amount in part.amounts if amount.prior)
    page = part.amounts[0].row.page
    return Field(
        name,
        with_cents(part.value),
        round(confidence * (weights.share_certain + weights.share_plain * part.weight), 3),
        verified=proved and all(readings) and (part.weight >= weights.plain or part.headed),
        page=page,
        box=Box.around(amount.box for amount in part.amounts if amount.row.page == page),
        source=find_source(part.amounts[0].row, part.amounts[0].words),
        method="; ".join((str(part.how) + (", net and tax make the total" if proved else ""), *priors)),
        text=part.text,
    )
